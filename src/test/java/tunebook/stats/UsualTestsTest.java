package tunebook.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tunebook.core.TunebookException;

/** The usual tests against published worked examples. */
class UsualTestsTest {
    /**
     * Darwin's maize, crossed minus self-fertilized, in eighths of an inch. Fisher 1935, §17 and
     * §21: t = 2.148; 863 of 32,768 choices of signs give as much or more in one direction.
     */
    private static final double[] MAIZE = {
        49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48
    };

    @Test
    void fishersPermutationOfDarwinsMaize() {
        assertEquals(2 * 863 / 32768.0, Permutation.p(MAIZE), 1e-15);
    }

    @Test
    void studentsTestOfDarwinsMaize() {
        assertEquals(0.0497, PairedT.p(MAIZE), 5e-5);
        assertTrue(Double.isNaN(PairedT.p(new double[] {2, 2, 2})));
        assertTrue(Double.isNaN(PairedT.p(new double[] {2})));
    }

    @Test
    void drawnSignsComeCloseToAllOfThem() {
        double[] many = new double[21];
        System.arraycopy(MAIZE, 0, many, 0, 15); // zeros change no sum
        assertEquals(2 * 863 / 32768.0, Permutation.p(many), 0.007);
        assertEquals(1, Permutation.p(new double[] {0, 0, 0}));
        assertEquals(1, Permutation.p(new double[] {3}));
        assertTrue(Double.isNaN(Permutation.p(new double[0])));
    }

    /** The example of a drug's effect: 6 and 16 discordant pairs; exact p = 0.053. */
    @Test
    void mcNemarsExactTest() {
        assertEquals(0.0525, McNemar.of(6, 16).p(), 5e-5);
        assertEquals(McNemar.of(6, 16).p(), McNemar.of(16, 6).p());
        assertEquals(1, McNemar.of(0, 0).p());
        assertEquals(1, McNemar.of(4, 4).p());
        assertEquals(Math.pow(2, -9), McNemar.of(10, 0).p(), 1e-15);
        McNemar counted = McNemar.of(new double[] {1, 1, 0, 1, 0}, new double[] {1, 0, 1, 0, 0});
        assertEquals(2, counted.onlyFirst());
        assertEquals(1, counted.onlySecond());
        TunebookException error =
                assertThrows(
                        TunebookException.class,
                        () -> McNemar.of(new double[] {0.5}, new double[] {1}));
        assertTrue(error.getMessage().contains("right or wrong answers"), error::toString);
    }

    @Test
    void theBootstrapOfSymmetricValuesIsCloseToStudents() {
        Random random = new Random(4);
        double[] values = random.doubles(400, -1, 1.2).toArray();
        Interval student = Intervals.student(values, 0.95);
        Interval bootstrap = Bootstrap.interval(values, 0.95);
        assertEquals(student.mean(), bootstrap.mean(), 1e-15);
        assertEquals(student.low(), bootstrap.low(), 0.004);
        assertEquals(student.high(), bootstrap.high(), 0.004);
        assertTrue(!Bootstrap.interval(new double[] {1}, 0.95).bounded());
        assertEquals(new Interval(2, 2, 2, 3), Bootstrap.interval(new double[] {2, 2, 2}, 0.95));
    }

    /** Of a skewed distribution with known mean. */
    @Test
    void bootstrapIntervalsCoverTheTruth() {
        Random random = new Random(8);
        int covered = 0;
        int times = 400;
        for (int i = 0; i < times; i++) {
            double[] values = new double[80];
            for (int j = 0; j < values.length; j++) values[j] = -Math.log(random.nextDouble());
            if (Bootstrap.interval(values, 0.95).contains(1)) covered++;
        }
        double share = covered / (double) times;
        System.out.printf(Locale.ROOT, "bootstrap of 80 skewed values covers %.3f%n", share);
        assertTrue(share >= 0.91 && share <= 0.98, "covered " + share);
    }
}
