package tunebook.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Random;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.TTest;
import org.junit.jupiter.api.Test;
import tunebook.core.TunebookException;

class PairedTest {
    private static final double T = 1;
    private static final double F = 0;

    /**
     * By hand: d = {{1, 0, 1, 0}, {1, 1, 0, 0}}, mean 1/2; SS seeds 0, examples 1, residual 1; MS
     * 0, 1/3, 1/3; D = 1/3 + 0, variance 1/24, 1 degree of freedom: t = 2.4495, t(0.975) = 12.7062.
     */
    @Test
    void theAnalysisOfVarianceAgreesWithTheOneByHand() {
        Paired paired =
                Paired.compare(
                        new double[][] {{T, T, T, F}, {T, T, F, F}},
                        new double[][] {{F, T, F, F}, {F, F, F, F}},
                        0.95);
        double halfWidth = 12.706204736 * Math.sqrt(1 / 24.0);
        assertEquals(0.5, paired.difference().mean(), 1e-15);
        assertEquals(0.5 - halfWidth, paired.difference().low(), 1e-8);
        assertEquals(0.5 + halfWidth, paired.difference().high(), 1e-8);
        assertEquals(1 - 2 / Math.PI * Math.atan(Math.sqrt(6)), paired.p(), 1e-12);
    }

    /** With one seed the layout is one column, and its analysis is the paired t test. */
    @Test
    void oneSeedGivesThePairedTTestOverExamples() {
        Random random = new Random(3);
        double[][] first = new double[1][60];
        double[][] second = new double[1][60];
        double[] difference = new double[60];
        for (int e = 0; e < 60; e++) {
            first[0][e] = random.nextDouble() < 0.8 ? 1 : 0;
            second[0][e] = random.nextDouble() < 0.6 ? 1 : 0;
            difference[e] = first[0][e] - second[0][e];
        }
        Paired paired = Paired.compare(first, second, 0.95);
        assertEquals(TTest.withDefaults().test(difference).getPValue(), paired.p(), 1e-12);
        Interval student = Intervals.student(difference, 0.95);
        assertEquals(student.low(), paired.difference().low(), 1e-12);
        assertEquals(student.high(), paired.difference().high(), 1e-12);
    }

    @Test
    void turnedRoundItSaysTheOpposite() {
        double[][][] two = new Simulation(5, 60, 0.2, 0.4, new Random(1)).pair(0.5);
        Paired there = Paired.compare(two[0], two[1], 0.95);
        Paired back = Paired.compare(two[1], two[0], 0.95);
        assertEquals(there.p(), back.p(), 1e-15);
        assertEquals(there.difference().low(), back.difference().negated().low(), 1e-12);
    }

    @Test
    void theSameAnswersAreNotSeparable() {
        double[][] answers = {{T, F, T}, {T, T, F}};
        Paired paired = Paired.compare(answers, answers, 0.95);
        assertEquals(new Interval(0, 0, 0, 2), paired.difference());
        assertEquals(1, paired.p());
    }

    @Test
    void alwaysRightAgainstAlwaysWrongIsAsSureAsTheExamplesAreMany() {
        double[][] right = {{T, T, T, T, T, T}, {T, T, T, T, T, T}};
        Paired paired = Paired.compare(right, new double[2][6], 0.95);
        assertEquals(new Interval(1, 1, 1, 2), paired.difference());
        assertEquals(Math.pow(2, -5), paired.p());
    }

    @Test
    void oneSeedAndOneExampleSayNothing() {
        Paired paired = Paired.compare(new double[][] {{T}}, new double[][] {{F}}, 0.95);
        assertEquals(1, paired.p());
        assertTrue(Double.isInfinite(paired.difference().high()));
    }

    @Test
    void differentExamplesAreRefused() {
        var error =
                assertThrows(
                        TunebookException.class,
                        () -> Paired.compare(new double[2][5], new double[2][4], 0.95));
        assertEquals("the two recipes do not have the same seeds and examples", error.what());
    }

    @Test
    void nineteenOfTwentyIntervalsCoverTheTrueDifference() {
        for (double ofSeed : new double[] {0, 0.1, 0.3}) {
            for (int seeds : new int[] {3, 5}) {
                Random random = new Random(11);
                Simulation simulation = new Simulation(seeds, 120, ofSeed, 0.3, random);
                double truth = simulation.accuracy(0) - simulation.accuracy(0.3);
                int covered = 0;
                for (int i = 0; i < 2000; i++) {
                    double[][][] two = simulation.pair(0.3);
                    Interval interval = Paired.compare(two[0], two[1], 0.95).difference();
                    if (interval.contains(truth)) covered++;
                }
                double share = covered / 2000.0;
                System.out.printf(
                        Locale.ROOT,
                        "paired interval, %d seeds of spread %.1f: covers %.3f%n",
                        seeds,
                        ofSeed,
                        share);
                assertTrue(share >= 0.92 && share <= 1, "covered " + share);
            }
        }
    }

    /** Each study compares three copies of one recipe: three pairs, Holm over the three. */
    @Test
    void equalRecipesAreSeldomCalledDifferent() {
        for (double ofSeed : new double[] {0, 0.1, 0.3}) {
            Simulation simulation = new Simulation(5, 120, ofSeed, 0.3, new Random(5));
            int studies = 200;
            int alarms = 0;
            for (int i = 0; i < studies; i++) {
                double[][][] copies = simulation.recipes(0, 0, 0);
                double[] p = {
                    Paired.compare(copies[0], copies[1], 0.95).p(),
                    Paired.compare(copies[0], copies[2], 0.95).p(),
                    Paired.compare(copies[1], copies[2], 0.95).p()
                };
                double[] adjusted = Holm.adjust(p);
                if (adjusted[0] < 0.05 || adjusted[1] < 0.05 || adjusted[2] < 0.05) alarms++;
            }
            double share = alarms / (double) studies;
            System.out.printf(
                    Locale.ROOT,
                    "equal recipes, 5 seeds of spread %.1f: any false alarm in %.3f of studies%n",
                    ofSeed,
                    share);
            assertTrue(share <= 0.09, "false alarms " + share);
        }
    }

    @Test
    void aDifferenceOfTenPointsIsFoundWithFiveSeeds() {
        Simulation simulation = new Simulation(5, 120, 0.1, 0.3, new Random(9));
        int found = 0;
        for (int i = 0; i < 200; i++) {
            double[][][] two = simulation.pair(-0.3);
            if (Paired.compare(two[0], two[1], 0.95).p() < 0.05) found++;
        }
        double points = 100 * (simulation.accuracy(0) - simulation.accuracy(-0.3));
        System.out.printf(
                Locale.ROOT, "a difference of %.1f points is found in %d of 200%n", points, found);
        assertTrue(found > 140, "found " + found);
    }

    /** The number of seeds that it names gives the power that it promises. */
    @Test
    void theOutlookSaysHowManySeedsItTakes() {
        Random random = new Random(21);
        Simulation known = new Simulation(12, 400, 0.15, 0.3, random);
        double difference = 0;
        double ofSeed = 0;
        double ofExamples = 0;
        for (int i = 0; i < 200; i++) {
            double[][][] some = known.pair(-0.12);
            Outlook one = Paired.compare(some[0], some[1], 0.95).outlook();
            difference += one.difference() / 200;
            ofSeed += one.ofSeed() / 200;
            ofExamples += one.ofExamples() / 200;
        }
        int seeds = new Outlook(difference, ofSeed, ofExamples).seedsToSeparate(0.05);
        Simulation anew = new Simulation(seeds, 400, 0.15, 0.3, random);
        int found = 0;
        for (int i = 0; i < 300; i++) {
            double[][][] two = anew.pair(-0.12);
            if (Paired.compare(two[0], two[1], 0.95).p() < 0.05) found++;
        }
        System.out.printf(
                Locale.ROOT, "%d seeds: told apart in %.2f of studies%n", seeds, found / 300.0);
        assertTrue(found >= 0.72 * 300 && found <= 0.88 * 300, "found " + found);
        Outlook hopeless = new Outlook(0.001, 0.01, 0.01);
        assertEquals(0, hopeless.seedsToSeparate(0.05), "the examples alone blur it");
        assertEquals(0, Outlook.NONE.seedsToSeparate(0.05));
        assertEquals(2, new Outlook(1, 1e-9, 0).seedsToSeparate(0.05));
    }

    /**
     * By hand: differences of three seeds 0.1, 0.2, 0.3: mean 0.2, deviation 0.1, g = 2·(1 − 3/7).
     */
    @Test
    void theEffectIsHedgesG() {
        double[][] first = new double[3][10];
        for (int s = 0; s < 3; s++) for (int e = 0; e <= s; e++) first[s][e] = 1;
        Paired paired = Paired.compare(first, new double[3][10], 0.95);
        assertEquals(2 * (1 - 3 / 7.0), paired.effect(), 1e-12);
        assertEquals(-paired.effect(), paired.turned().effect());
    }

    /** For two seeds the correction is 1 − 3/3, which would make any effect nothing. */
    @Test
    void twoSeedsHaveNoEffect() {
        double[][] first = {{T, T, T, F}, {T, T, F, F}};
        assertEquals(Double.NaN, Paired.compare(first, new double[2][4], 0.95).effect());
    }

    @Test
    void oneSeedIsNeverJudged() {
        assertFalse(Paired.compare(new double[1][9], new double[1][9], 0.95).judged());
        assertTrue(Paired.compare(new double[2][9], new double[2][9], 0.95).judged());
        assertFalse(Paired.compare(new double[0][0], new double[0][0], 0.95).judged());
    }

    /** Examples of varying ease; each recipe's seeds are better or worse as a whole. */
    private record Simulation(
            int seeds, int examples, double ofSeed, double ofAnswer, Random random) {

        double[][][] pair(double worse) {
            return recipes(0, worse);
        }

        double[][][] recipes(double... worse) {
            double[] ease = new double[examples];
            for (int e = 0; e < examples; e++) ease[e] = 0.8 + random.nextGaussian();
            double[][][] right = new double[worse.length][seeds][examples];
            for (int r = 0; r < worse.length; r++) {
                for (int s = 0; s < seeds; s++) {
                    double seed = worse[r] + ofSeed * random.nextGaussian();
                    for (int e = 0; e < examples; e++) {
                        right[r][s][e] =
                                ease[e] + seed + ofAnswer * random.nextGaussian() > 0 ? 1 : 0;
                    }
                }
            }
            return right;
        }

        double accuracy(double worse) {
            double spread = Math.sqrt(1 + ofSeed * ofSeed + ofAnswer * ofAnswer);
            return NormalDistribution.of(0, 1).cumulativeProbability((0.8 + worse) / spread);
        }
    }
}
