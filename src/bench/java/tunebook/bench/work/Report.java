package tunebook.bench.work;

import java.util.Arrays;
import java.util.Map;

/**
 * What one unit of work came to.
 *
 * @param value in the case's unit
 * @param beside what else was measured, by name and unit, for example {@code MiB}
 * @param losses that must be the other side's; none where there is nothing to hold them against
 */
public record Report(double value, Map<String, Double> beside, double... losses) {
    /** Nothing beside where nothing is said. */
    public Report {
        beside = beside == null ? Map.of() : Map.copyOf(beside);
    }

    /** With nothing beside. */
    public Report(double value, double... losses) {
        this(value, Map.of(), losses);
    }

    /** The mean of the losses; NaN where there are none. */
    public double loss() {
        return Arrays.stream(losses).average().orElse(Double.NaN);
    }
}
