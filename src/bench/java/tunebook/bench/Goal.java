package tunebook.bench;

/**
 * Where a ratio should lie, both ends included.
 *
 * @param low least
 * @param high most
 */
record Goal(double low, double high) {
    static final Goal NONE = new Goal(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    static Goal atMost(double high) {
        return new Goal(Double.NEGATIVE_INFINITY, high);
    }

    static Goal between(double low, double high) {
        return new Goal(low, high);
    }

    static Goal atLeast(double low) {
        return new Goal(low, Double.POSITIVE_INFINITY);
    }

    boolean none() {
        return Double.isInfinite(low) && Double.isInfinite(high);
    }

    boolean met(double ratio) {
        return low <= ratio && ratio <= high;
    }

    /** The end that counts, or null: the high one where there are two. */
    Double number() {
        if (none()) return null;
        return Double.isInfinite(high) ? low : high;
    }

    /** In words. */
    String words() {
        if (none()) return "";
        if (Double.isInfinite(high)) return "at least " + low;
        return Double.isInfinite(low) ? "at most " + high : low + " to " + high;
    }
}
