package tunebook.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tunebook.core.TunebookException;

class IntervalsTest {
    /** Student 1908 (Biometrika 6, p. 20): the extra sleep of ten patients; R's t.test(sleep). */
    private final double[] sleep = {1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4};

    @Test
    void studentsSleepDataGiveThePublishedInterval() {
        Interval interval = Intervals.student(sleep, 0.95);
        assertEquals(1.58, interval.mean(), 1e-12);
        assertEquals(0.7001142, interval.low(), 5e-8);
        assertEquals(2.4598858, interval.high(), 5e-8);
        assertEquals(10, interval.n());
    }

    @Test
    void oneValueHasNoBoundsAndNoneHasNothing() {
        Interval one = Intervals.student(new double[] {0.8}, 0.95);
        assertEquals(new Interval(0.8, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1), one);
        assertFalse(one.bounded());
        assertEquals(
                new Interval(Double.NaN, Double.NaN, Double.NaN, 0),
                Intervals.student(new double[0], 0.95));
    }

    @Test
    void equalValuesGiveAnIntervalOfNoWidth() {
        assertEquals(
                new Interval(0.5, 0.5, 0.5, 3),
                Intervals.student(new double[] {0.5, 0.5, 0.5}, 0.95));
    }

    @Test
    void seedsThatNeverDifferBoundNothing() {
        assertEquals(
                new Interval(0.5, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 3),
                Intervals.overSeeds(new double[] {0.5, 0.5, 0.5}, 0.95));
        assertEquals(Intervals.student(sleep, 0.95), Intervals.overSeeds(sleep, 0.95));
        assertEquals(
                Intervals.student(new double[0], 0.95), Intervals.overSeeds(new double[0], 0.95));
    }

    /** Three values: the smallest is judged at 0.05 / 3, the largest at 0.05. */
    @Test
    void holmLeavesEachRankItsLevel() {
        assertArrayEquals(
                new double[] {0.025, 0.05, 0.05 / 3},
                Holm.levels(new double[] {0.04, 0.9, 0.01}, 0.05),
                1e-15);
        assertEquals(0, Holm.levels(new double[0], 0.05).length);
    }

    @Test
    void aLevelThatIsNoneIsRefused() {
        var error = assertThrows(TunebookException.class, () -> Intervals.student(sleep, 95));
        assertEquals("level 95.0", error.what());
    }

    @Test
    void nineteenOfTwentyIntervalsCoverTheTrueMean() {
        Random random = new Random(7);
        int covered = 0;
        for (int i = 0; i < 2000; i++) {
            double[] five = random.doubles(5).map(u -> 3 + random.nextGaussian()).toArray();
            if (Intervals.student(five, 0.95).contains(3)) covered++;
        }
        System.out.println("Student interval, 5 values: covers " + covered + " of 2000");
        assertTrue(covered > 1870 && covered < 1930, "covered " + covered);
    }

    /** Sorted p 0.005, 0.01, 0.03, 0.04: ×4, ×3, ×2, ×1, made monotone (R's p.adjust agrees). */
    @Test
    void holmMultipliesStepByStepAndStaysMonotone() {
        assertArrayEquals(
                new double[] {0.03, 0.06, 0.06, 0.02},
                Holm.adjust(new double[] {0.01, 0.04, 0.03, 0.005}),
                1e-15);
    }

    @Test
    void holmNeverExceedsOneAndLeavesASingleQuestionAlone() {
        assertArrayEquals(new double[] {1, 1}, Holm.adjust(new double[] {0.7, 0.6}), 0);
        assertArrayEquals(new double[] {0.03}, Holm.adjust(new double[] {0.03}), 0);
        assertEquals(0, Holm.adjust(new double[0]).length);
    }

    @Test
    void holmKeepsTiesEqual() {
        double[] adjusted = Holm.adjust(new double[] {0.02, 0.5, 0.02});
        assertTrue(Arrays.equals(new double[] {0.06, 0.5, 0.06}, adjusted));
    }
}
