package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tunebook.core.TunebookException;

class SamplingTest {
    private static final double[] LOGITS = {Math.log(1), Math.log(6), Math.log(3)};

    private static double[] shares(Sampling sampling) {
        SplittableRandom random = new SplittableRandom(3);
        double[] shares = new double[LOGITS.length];
        for (int i = 0; i < 20_000; i++) shares[sampling.next(LOGITS, random)] += 1 / 20_000.0;
        return shares;
    }

    @Test
    void drawsFollowTheSoftmax() {
        double[] shares = shares(Sampling.temperature(1));
        assertEquals(0.1, shares[0], 0.01);
        assertEquals(0.6, shares[1], 0.01);
        assertEquals(0.3, shares[2], 0.01);
        double[] sharp = shares(Sampling.temperature(0.5));
        assertEquals(36 / 46.0, sharp[1], 0.01);
        assertEquals(1, shares(Sampling.GREEDY)[1], 1e-9);
    }

    @Test
    void topKAndTopPLeaveTheRestOut() {
        double[] two = shares(Sampling.temperature(1).topK(2));
        assertEquals(0, two[0]);
        assertEquals(2 / 3.0, two[1], 0.01);
        assertEquals(0, shares(Sampling.temperature(1).topP(0.85))[0]);
        assertEquals(1, shares(Sampling.temperature(1).topP(0.5))[1], 1e-9);
    }

    @Test
    void whatIsOutOfRangeIsRefused() {
        for (Runnable call :
                new Runnable[] {
                    () -> Sampling.temperature(-1),
                    () -> Sampling.GREEDY.topK(-1),
                    () -> Sampling.GREEDY.topP(0),
                    () -> Sampling.GREEDY.topP(1.1)
                }) {
            TunebookException error = assertThrows(TunebookException.class, call::run);
            assertEquals("is out of range", error.what());
        }
    }
}
