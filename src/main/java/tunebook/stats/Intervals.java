package tunebook.stats;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;
import tunebook.core.TunebookException;

/** Intervals around a mean. */
public final class Intervals {
    private Intervals() {}

    /**
     * Student's interval: mean ± t(n−1)·s/√n. One value gives infinite bounds, none gives NaN.
     *
     * @param values independent values, for example one accuracy a seed
     * @param level how often the interval shall cover the true mean, for example 0.95
     */
    public static Interval student(double[] values, double level) {
        int n = values.length;
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return around(mean, Math.sqrt(squares / (n - 1.0) / n), n - 1.0, level, n);
    }

    /**
     * Student's interval where values that are all alike bound nothing: their spread of zero would
     * vouch for what nobody has seen vary.
     */
    public static Interval overSeeds(double[] values, double level) {
        Interval student = student(values, level);
        return student.low() < student.high()
                ? student
                : around(student.mean(), 0, 0, level, student.n());
    }

    /** mean ± t·standardError, where fewer than a positive number of degrees bounds nothing. */
    static Interval around(double mean, double standardError, double degrees, double level, int n) {
        if (!(level > 0 && level < 1)) {
            throw new TunebookException(
                    "interval", "level " + level, "give a level between 0 and 1, such as 0.95");
        }
        if (n == 0) return new Interval(Double.NaN, Double.NaN, Double.NaN, 0);
        if (!(degrees > 0)) {
            return new Interval(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, n);
        }
        double t = TDistribution.of(degrees).inverseSurvivalProbability((1 - level) / 2);
        return new Interval(mean, mean - t * standardError, mean + t * standardError, n);
    }
}
