package tunebook.core;

/**
 * Rows that are kept where an engine computes: a batch chooses from them by number, and they need
 * not be brought there each time. For several threads at once, once all is put.
 */
public interface Near extends AutoCloseable {
    /**
     * Puts rows in their place.
     *
     * @param first number of the first one
     * @param rows of the width that was asked for, [rows, width]
     */
    void put(long first, Tensor rows);

    @Override
    void close();

    /**
     * Some of them.
     *
     * @param from where they are
     * @param rows numbers, in the order of the batch
     */
    record Choice(Near from, int[] rows) {}
}
