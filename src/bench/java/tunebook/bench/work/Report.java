package tunebook.bench.work;

import java.util.Arrays;

/**
 * What one unit of work came to.
 *
 * @param value in the case's unit
 * @param losses that must be the other side's; none where there is nothing to hold them against
 */
public record Report(double value, double... losses) {
    /** The mean of the losses; NaN where there are none. */
    public double loss() {
        return Arrays.stream(losses).average().orElse(Double.NaN);
    }
}
