package tunebook.bench;

import java.util.List;
import org.apache.commons.math3.distribution.BinomialDistribution;
import tunebook.core.TunebookException;

/**
 * The median of the pairs' ratios, and the interval between two of the sorted ratios that has the
 * true median within in at least 95 of 100 cases, whatever the distribution: of 7 pairs the least
 * and the greatest ratio (98.4%), of 15 the 4th from either end. Below 6 pairs no such interval
 * exists; then it is the least and the greatest too, and says less.
 *
 * @param median of the ratios
 * @param low end
 * @param high end
 */
record Ratio(double median, double low, double high) {
    private static final double CONFIDENCE = 0.95;

    /** Of these ratios, in any order. */
    static Ratio of(List<Double> ratios) {
        if (ratios.isEmpty())
            throw new TunebookException("ratio", "of no pairs", "measure at least one");
        double[] sorted = ratios.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int n = sorted.length;
        double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
        int from = outside(n);
        return new Ratio(median, sorted[from], sorted[n - 1 - from]);
    }

    /** How many ratios on either side may stay outside. */
    static int outside(int n) {
        BinomialDistribution below = new BinomialDistribution(null, n, 0.5);
        int out = 0;
        // the interval misses the median where at most `out` ratios lie on one side of it
        while (1 - 2 * below.cumulativeProbability(out + 1) >= CONFIDENCE) out++;
        return out;
    }
}
