package tunebook.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.statistics.distribution.NormalDistribution;
import tunebook.core.TunebookException;

/**
 * The paired bootstrap: the test examples drawn anew with repetition, {@value #DRAWN} times, each
 * with both recipes' scores. Bias-corrected and accelerated, which a skewed difference needs.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1987.10478410">Efron 1987, Better bootstrap
 *     confidence intervals</a>
 */
public final class Bootstrap {
    private static final int DRAWN = 9_999;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private Bootstrap() {}

    /**
     * The interval of the mean of paired differences; unbounded for fewer than two.
     *
     * @param differences one an example, the mean over the seeds
     * @param level for example 0.95
     */
    public static Interval interval(double[] differences, double level) {
        if (!(level > 0 && level < 1)) {
            throw new TunebookException(
                    "bootstrap", "level " + level, "give a level between 0 and 1, such as 0.95");
        }
        int n = differences.length;
        double mean = Arrays.stream(differences).average().orElse(Double.NaN);
        if (n < 2) {
            return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, n);
        }
        double[] means = means(differences);
        double below = Arrays.stream(means).filter(m -> m < mean).count();
        double equal = Arrays.stream(means).filter(m -> m == mean).count();
        double share = (below + equal / 2) / DRAWN;
        if (share <= 0 || share >= 1) return new Interval(mean, means[0], means[DRAWN - 1], n);
        double bias = NORMAL.inverseCumulativeProbability(share);
        double acceleration = acceleration(differences, mean);
        return new Interval(
                mean,
                at(means, corrected((1 - level) / 2, bias, acceleration)),
                at(means, corrected((1 + level) / 2, bias, acceleration)),
                n);
    }

    private static double[] means(double[] differences) {
        SplittableRandom random = new SplittableRandom(1);
        double[] means = new double[DRAWN];
        for (int drawn = 0; drawn < DRAWN; drawn++) {
            double sum = 0;
            for (int i = 0; i < differences.length; i++)
                sum += differences[random.nextInt(differences.length)];
            means[drawn] = sum / differences.length;
        }
        Arrays.sort(means);
        return means;
    }

    private static double corrected(double share, double bias, double acceleration) {
        double z = bias + NORMAL.inverseCumulativeProbability(share);
        return NORMAL.cumulativeProbability(bias + z / (1 - acceleration * z));
    }

    private static double at(double[] sorted, double share) {
        int place = (int) Math.floor(share * (sorted.length + 1)) - 1;
        return sorted[Math.min(sorted.length - 1, Math.max(0, place))];
    }

    /** A sixth of the skewness of the mean: what the jackknife gives for it. */
    private static double acceleration(double[] values, double mean) {
        double squares = 0;
        double cubes = 0;
        for (double v : values) {
            squares += (v - mean) * (v - mean);
            cubes += (v - mean) * (v - mean) * (v - mean);
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }
}
