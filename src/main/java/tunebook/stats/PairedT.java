package tunebook.stats;

import org.apache.commons.statistics.inference.TTest;

/** Student's t test of paired differences. */
public final class PairedT {
    private PairedT() {}

    /**
     * How probable a mean this far from zero is where the true one is zero.
     *
     * @param differences at least two, not all alike
     * @return two-sided p; NaN for fewer, or where all are alike
     */
    public static double p(double[] differences) {
        double first = differences.length == 0 ? Double.NaN : differences[0];
        for (double d : differences)
            if (d != first) return TTest.withDefaults().test(differences).getPValue();
        return Double.NaN;
    }
}
