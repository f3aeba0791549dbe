package tunebook.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InfluenceTest {
    private static final int N = 400;
    private static final int[] ALL = IntStream.range(0, N).toArray();
    private static final int[] LABELS = new Random(1).ints(N, 0, 3).toArray();
    private static final int[] PREDICTIONS = wrong(LABELS);
    private static final double[] TRUTHS = new Random(3).doubles(N, -2, 2).toArray();
    private static final double[] GUESSES = near(TRUTHS);

    private static int[] wrong(int... labels) {
        Random random = new Random(2);
        return Arrays.stream(labels)
                .map(label -> random.nextInt(4) > 0 ? label : random.nextInt(3))
                .toArray();
    }

    private static double[] near(double... truths) {
        Random random = new Random(4);
        return Arrays.stream(truths).map(truth -> truth + 0.5 * random.nextGaussian()).toArray();
    }

    private static int[] at(int[] values, int... places) {
        return Arrays.stream(places).map(place -> values[place]).toArray();
    }

    private static double[] at(double[] values, int... places) {
        return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
    }

    /** The mean is the figure, and each score what leaving its example out says. */
    private static void holds(ToDoubleFunction<int[]> figure, double... scores) {
        double whole = figure.applyAsDouble(ALL);
        assertEquals(whole, Arrays.stream(scores).average().orElseThrow(), 1e-12);
        double spread = 0;
        double left = 0;
        for (int out = 0; out < N; out++) {
            int without = out;
            int[] others = Arrays.stream(ALL).filter(i -> i != without).toArray();
            double pseudo = N * whole - (N - 1) * figure.applyAsDouble(others);
            spread += (scores[out] - whole) * (scores[out] - whole);
            left += (pseudo - whole) * (pseudo - whole);
        }
        assertEquals(1, spread / left, 0.03, "variance by the delta method and by the jackknife");
    }

    @Test
    void theMeanIsTheFigureAndTheSpreadTheJackknifes() {
        holds(
                in -> Metrics.macroF1(at(LABELS, in), at(PREDICTIONS, in)),
                Influence.macroF1(LABELS, PREDICTIONS));
        holds(
                in -> Errors.rootMeanSquared(at(TRUTHS, in), at(GUESSES, in)),
                Influence.rootMeanSquared(TRUTHS, GUESSES));
        holds(
                in -> Errors.correlation(at(TRUTHS, in), at(GUESSES, in)),
                Influence.correlation(TRUTHS, GUESSES));
        holds(
                in -> Math.exp(Arrays.stream(at(GUESSES, in)).average().orElseThrow()),
                Influence.exponential(GUESSES));
    }

    @Test
    void macroF1OfFourIsAsWorkedOutByHand() {
        // class 0: F1 2/3, example 0 hit (2 of 2 mentions), example 1 missed (1), example 2
        // nothing,
        // example 3 nothing; class 1: F1 4/5, examples 2 and 3 hit, example 1 mentioned
        double[] scores = Influence.macroF1(new int[] {0, 0, 1, 1}, new int[] {0, 1, 1, 1});
        double a = 2 / 3.0;
        double b = 4 / 5.0;
        double[] zero = {
            a + (2 - 2 * a) * 4 / 3, a - a * 4 / 3, a, a,
        };
        double[] one = {b, b - b * 4 / 5, b + (2 - 2 * b) * 4 / 5, b + (2 - 2 * b) * 4 / 5};
        for (int i = 0; i < 4; i++) zero[i] = (zero[i] + one[i]) / 2;
        assertArrayEquals(zero, scores, 1e-12);
    }

    @Test
    void aPerfectPredictionHasNoSpread() {
        assertArrayEquals(new double[N], Influence.rootMeanSquared(TRUTHS, TRUTHS));
        assertEquals(1, Arrays.stream(Influence.macroF1(LABELS, LABELS)).distinct().sum(), 1e-12);
    }
}
