package tunebook.stats;

/**
 * A mean and the interval around it.
 *
 * @param mean the estimate; NaN where there is no value
 * @param low the lower bound; −∞ where nothing bounds it: one value says nothing about spread
 * @param high the upper bound; +∞ where nothing bounds it
 * @param n how many values it rests on
 */
public record Interval(double mean, double low, double high, int n) {
    /** Whether both bounds are finite numbers. */
    public boolean bounded() {
        return Double.isFinite(low) && Double.isFinite(high);
    }

    /** Whether {@code value} lies within the bounds, bounds included. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** Bounds no further out than these, for what cannot lie beyond; unbounded ones stay. */
    public Interval within(double least, double most) {
        return bounded() ? new Interval(mean, Math.max(least, low), Math.min(most, high), n) : this;
    }

    /** The same interval seen from the other side: of −x. */
    public Interval negated() {
        return new Interval(-mean, -high, -low, n);
    }
}
