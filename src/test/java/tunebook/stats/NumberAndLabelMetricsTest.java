package tunebook.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import tunebook.core.TunebookException;

class NumberAndLabelMetricsTest {
    private static final boolean T = true;
    private static final boolean F = false;

    @Test
    void errorsAreWhatAPersonCalculates() {
        double[] truths = {1, 2, 3, 4};
        double[] predictions = {2, 2, 1, 4};
        assertEquals(0.75, Errors.meanAbsolute(truths, predictions), 1e-15);
        assertEquals(Math.sqrt(5 / 4.0), Errors.rootMeanSquared(truths, predictions), 1e-15);
        // deviations −1.5 −0.5 0.5 1.5 and −0.25 −0.25 −1.25 1.75: 2.5 / √(5 · 4.75)
        assertEquals(2.5 / Math.sqrt(5 * 4.75), Errors.correlation(truths, predictions), 1e-15);
        assertEquals(1, Errors.correlation(truths, new double[] {10, 20, 30, 40}), 1e-15);
        assertEquals(-1, Errors.correlation(truths, new double[] {4, 3, 2, 1}), 1e-15);
    }

    @Test
    void whatIsNotDefinedIsNaN() {
        assertTrue(Double.isNaN(Errors.meanAbsolute(new double[0], new double[0])));
        assertTrue(
                Double.isNaN(Errors.correlation(new double[] {1, 2}, new double[] {3, 3})),
                "predictions all equal");
        assertTrue(Double.isNaN(LabelMetrics.microF1(new boolean[2][3], new boolean[2][3])));
        assertTrue(Double.isNaN(LabelMetrics.macroF1(new boolean[2][3], new boolean[2][3])));
        assertTrue(Double.isNaN(Metrics.rocAuc(new boolean[] {T, T}, new double[] {1, 2})));
        assertTrue(
                Double.isNaN(Metrics.rocAuc(new boolean[] {T, F}, new double[] {1, Double.NaN})));
    }

    @Test
    void theAreaUnderTheCurveCountsPairsAndEqualsByHalf() {
        boolean[] positive = {T, T, F, F, F};
        assertEquals(1, Metrics.rocAuc(positive, new double[] {5, 4, 3, 2, 1}));
        assertEquals(0, Metrics.rocAuc(positive, new double[] {1, 2, 3, 4, 5}));
        assertEquals(0.5, Metrics.rocAuc(positive, new double[] {7, 7, 7, 7, 7}));
        // of six pairs 3 + 1 are in order and one is equal
        assertEquals(4.5 / 6, Metrics.rocAuc(positive, new double[] {9, 3, 5, 3, 1}), 1e-15);
    }

    @Test
    void theAreaUnderTheCurveIsTheShareOfOrderedPairsHoweverManyAreEqual() {
        for (int levels : new int[] {2, 5, 50, 5000}) {
            Random random = new Random(levels);
            boolean[] positive = new boolean[200];
            double[] scores = new double[200];
            for (int i = 0; i < scores.length; i++) {
                positive[i] = random.nextInt(3) == 0;
                scores[i] = random.nextInt(levels) + (positive[i] ? levels / 3 : 0);
            }
            double ordered = 0;
            int pairs = 0;
            for (int i = 0; i < scores.length; i++) {
                for (int j = 0; j < scores.length; j++) {
                    if (!positive[i] || positive[j]) continue;
                    pairs++;
                    ordered += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
            assertEquals(ordered / pairs, Metrics.rocAuc(positive, scores), 1e-12);
        }
    }

    @Test
    void labelSetsAreCountedLabelByLabel() {
        boolean[][] truths = {{T, F, F}, {T, T, F}, {F, F, F}};
        boolean[][] predictions = {{T, F, F}, {F, T, F}, {F, T, T}};
        assertArrayEquals(new double[] {2, 2, 0}, LabelMetrics.hits(truths, predictions));
        assertArrayEquals(new double[] {2, 3, 2}, LabelMetrics.mentions(truths, predictions));
        assertEquals(4 / 7.0, LabelMetrics.microF1(truths, predictions), 1e-15);
        // 2/3 and 2/3; the third label is never true
        assertEquals(2 / 3.0, LabelMetrics.macroF1(truths, predictions), 1e-15);
        assertEquals(1 / 3.0, LabelMetrics.exactMatch(truths, predictions), 1e-15);
    }

    @Test
    void differentLengthsAreRefused() {
        String[] words = {"2 truths but 1 predictions", "2 true sets but 1", "2 labels but 1"};
        TunebookException[] refused = {
            assertThrows(
                    TunebookException.class,
                    () -> Errors.meanAbsolute(new double[2], new double[1])),
            assertThrows(
                    TunebookException.class,
                    () -> LabelMetrics.hits(new boolean[2][1], new boolean[1][1])),
            assertThrows(
                    TunebookException.class, () -> Metrics.rocAuc(new boolean[2], new double[1]))
        };
        for (int i = 0; i < words.length; i++)
            assertTrue(refused[i].getMessage().contains(words[i]), refused[i].getMessage());
    }
}
