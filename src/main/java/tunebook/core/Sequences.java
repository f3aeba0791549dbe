package tunebook.core;

import java.util.Arrays;

/** Lengths of the sequences whose rows lie one after another; no padding. */
public final class Sequences {
    private final int[] lengths;
    private final int[] starts;

    /**
     * @param lengths rows of each sequence, each at least 1
     * @throws TunebookException if one is shorter
     */
    public Sequences(int... lengths) {
        this.lengths = lengths.clone();
        this.starts = new int[lengths.length + 1];
        for (int i = 0; i < lengths.length; i++) {
            if (lengths[i] < 1) {
                throw new TunebookException(
                        "sequence " + i, "has " + lengths[i] + " rows", "give each at least one");
            }
            starts[i + 1] = starts[i] + lengths[i];
        }
    }

    /** How many sequences. */
    public int count() {
        return lengths.length;
    }

    /** How many rows in all. */
    public int rows() {
        return starts[lengths.length];
    }

    /** Rows of sequence {@code i}. */
    public int length(int i) {
        return lengths[i];
    }

    /** First row of sequence {@code i}. */
    public int start(int i) {
        return starts[i];
    }

    /** Rows of the longest sequence. */
    public int longest() {
        return Arrays.stream(lengths).max().orElse(0);
    }

    /**
     * Each sequence longer by the same number of rows, so that all have this many; or a single row
     * of each.
     *
     * @param where who asks, for the error
     * @throws TunebookException if the rows cannot be dealt out like that
     */
    public Sequences withRows(String where, int rows) {
        if (rows == count()) return ones(rows);
        int more = rows - rows();
        if (more < 0 || more % count() != 0) {
            throw new TunebookException(
                    where,
                    rows + " rows for " + count() + " sequences of " + rows() + " rows",
                    "put as many rows before each sequence, or choose one of each");
        }
        return more == 0 ? this : plus(more / count());
    }

    private static Sequences ones(int count) {
        int[] lengths = new int[count];
        Arrays.fill(lengths, 1);
        return new Sequences(lengths);
    }

    /** Each sequence longer by this many rows. */
    public Sequences plus(int rows) {
        return new Sequences(Arrays.stream(lengths).map(n -> n + rows).toArray());
    }

    /**
     * Rows dealt out to so many images, each as many.
     *
     * @throws TunebookException if they cannot be
     */
    static Sequences even(int count, int rows) {
        if (count < 1 || rows < count || rows % count != 0) {
            throw new TunebookException(
                    "batch",
                    rows + " rows for " + count + " images",
                    "give each image the same number of rows");
        }
        int[] lengths = new int[count];
        Arrays.fill(lengths, rows / count);
        return new Sequences(lengths);
    }

    /** Of each row its place in its sequence, from 0. */
    int[] positions() {
        int[] positions = new int[rows()];
        for (int i = 0; i < count(); i++)
            for (int t = 0; t < length(i); t++) positions[start(i) + t] = t;
        return positions;
    }
}
