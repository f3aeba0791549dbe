package tunebook.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RatioTest {
    @Test
    void theMeanOfTheScoresIsTheRatio() {
        double[] above = {2, 0, 4, 1};
        double[] below = {3, 2, 4, 3};
        assertEquals(7 / 12.0, Ratio.of(above, below), 1e-15);
        assertEquals(
                7 / 12.0, Arrays.stream(Ratio.scores(above, below)).average().orElseThrow(), 1e-15);
    }

    @Test
    void nothingBelowIsNoRatio() {
        assertTrue(Double.isNaN(Ratio.of(new double[3], new double[3])));
    }

    /** The spread of the mean of the scores against the spread of the ratio over many samples. */
    @Test
    void theScoresSpreadAsTheRatioDoes() {
        Random random = new Random(4);
        int samples = 4_000;
        double[] ratios = new double[samples];
        double foreseen = 0;
        for (int s = 0; s < samples; s++) {
            double[] above = new double[80];
            double[] below = new double[80];
            for (int i = 0; i < 80; i++) {
                below[i] = 1 + random.nextInt(6);
                for (int k = 0; k < below[i]; k++) if (random.nextDouble() < 0.6) above[i]++;
            }
            ratios[s] = Ratio.of(above, below);
            foreseen += variance(Ratio.scores(above, below)) / 80 / samples;
        }
        assertEquals(1, foreseen / variance(ratios), 0.08);
    }

    private static double variance(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
    }
}
