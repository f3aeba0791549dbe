package tunebook.core;

import java.util.Arrays;

/**
 * Numbers in a unit of their own and as a model learns them: value = mean + deviation ·
 * standardized.
 *
 * @param mean in the numbers' unit
 * @param deviation standard deviation in the numbers' unit, above 0
 */
public record Scale(double mean, double deviation) {
    /** Values as they are. */
    public static final Scale NONE = new Scale(0, 1);

    /** Checks that both are finite and the deviation is above 0. */
    public Scale {
        if (!Double.isFinite(mean) || !Double.isFinite(deviation) || !(deviation > 0)) {
            throw new TunebookException(
                    "scale",
                    "mean " + mean + " and standard deviation " + deviation,
                    "give finite numbers that are not all equal");
        }
    }

    /**
     * The scale on which these values have mean 0 and variance 1 (over n, not n − 1).
     *
     * @throws TunebookException if they are all equal
     */
    public static Scale of(double... values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = 0;
        for (double value : values) squares += (value - mean) * (value - mean);
        return new Scale(mean, Math.sqrt(squares / values.length));
    }

    /** What a model learns. */
    public double standardized(double value) {
        return (value - mean) / deviation;
    }

    /** What a model's answer means. */
    public double value(double standardized) {
        return mean + deviation * standardized;
    }
}
