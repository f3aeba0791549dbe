package tunebook.data;

/** One example as numbers. */
public interface Encoded {
    /** How many rows it makes. */
    int length();

    /** The classes that are to be predicted in it; none where the answer is no class. */
    int[] labels();

    /** How much it counts in the mean of the loss. */
    default int weight() {
        return Math.max(1, labels().length);
    }
}
