package tunebook.course;

/** A correction for asking several questions at once. */
@FunctionalInterface
public interface Correction {
    /**
     * The corrected p values, in the order of the given ones.
     *
     * @param p the p values as the tests gave them
     */
    double[] adjusted(double[] p);
}
