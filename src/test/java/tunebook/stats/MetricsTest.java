package tunebook.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tunebook.core.TunebookException;

class MetricsTest {
    private final int[] labels = {0, 0, 0, 1, 1, 2};

    @Test
    void accuracyIsTheShareOfRightPredictions() {
        assertEquals(4 / 6.0, Metrics.accuracy(labels, new int[] {0, 0, 1, 1, 0, 2}), 1e-15);
    }

    /** By hand: class 0 TP 2 FP 1 FN 1 → 4/6; class 1 TP 1 FP 1 FN 1 → 2/4; class 2 → 1. */
    @Test
    void macroF1IsTheMeanOfTheClassesF1() {
        double byHand = (4 / 6.0 + 2 / 4.0 + 1) / 3;
        assertEquals(byHand, Metrics.macroF1(labels, new int[] {0, 0, 1, 1, 0, 2}), 1e-15);
    }

    /** By hand: class 0 TP 3 → 1; class 1 TP 1 FN 1 → 2/3; class 2 TP 0 FN 1 → 0; 7 is none. */
    @Test
    void aClassThatIsOnlyPredictedIsNotAveraged() {
        double byHand = (1 + 2 / 3.0 + 0) / 3;
        assertEquals(byHand, Metrics.macroF1(labels, new int[] {0, 0, 0, 1, 7, 7}), 1e-15);
    }

    @Test
    void noExamplesGiveNaN() {
        assertTrue(Double.isNaN(Metrics.accuracy(new int[0], new int[0])));
        assertTrue(Double.isNaN(Metrics.macroF1(new int[0], new int[0])));
    }

    @Test
    void differentLengthsAreRefusedWithBoth() {
        var error =
                assertThrows(
                        TunebookException.class, () -> Metrics.accuracy(labels, new int[] {1}));
        assertEquals("6 labels but 1 predictions", error.what());
    }
}
