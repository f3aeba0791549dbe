package tunebook.stats;

import java.util.SplittableRandom;

/**
 * The paired permutation test: where two recipes do not differ, each difference might as well have
 * had the other sign. All 2ⁿ choices of signs are counted up to n = 20, else {@value #DRAWN} drawn
 * ones and the observed one.
 *
 * @see <a href="https://doi.org/10.1111/j.1469-1809.1936.tb02137.x">Fisher 1935, The design of
 *     experiments, §21</a>
 */
public final class Permutation {
    private static final int EXACT = 20;
    private static final int DRAWN = 9_999;

    private Permutation() {}

    /**
     * How many choices of signs give a sum at least as far from zero, as a share.
     *
     * @param differences of paired scores: one a seed, or one an example
     * @return two-sided p; NaN without differences
     */
    public static double p(double[] differences) {
        int n = differences.length;
        if (n == 0) return Double.NaN;
        double observed = 0;
        double size = 0;
        for (double d : differences) {
            observed += d;
            size += Math.abs(d);
        }
        // sums in another order round otherwise
        double least = Math.abs(observed) - 1e-12 * size;
        return n <= EXACT ? exact(differences, least) : drawn(differences, least);
    }

    private static double exact(double[] differences, double least) {
        int choices = 1 << differences.length;
        int far = 0;
        for (int signs = 0; signs < choices; signs++) {
            double sum = 0;
            for (int i = 0; i < differences.length; i++)
                sum += (signs >> i & 1) == 0 ? differences[i] : -differences[i];
            if (Math.abs(sum) >= least) far++;
        }
        return far / (double) choices;
    }

    private static double drawn(double[] differences, double least) {
        SplittableRandom random = new SplittableRandom(1);
        int far = 1;
        for (int drawn = 0; drawn < DRAWN; drawn++) {
            double sum = 0;
            for (double d : differences) sum += random.nextBoolean() ? d : -d;
            if (Math.abs(sum) >= least) far++;
        }
        return far / (DRAWN + 1.0);
    }
}
