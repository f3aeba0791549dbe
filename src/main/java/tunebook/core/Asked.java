package tunebook.core;

import java.util.Optional;

/**
 * What operations ask of a batch, checked before it reaches native code, and in the form that any
 * interpreter can take.
 *
 * @param batch of a program
 */
public record Asked(Batch batch) {
    /**
     * Activations that come with the batch. → [rows, width]
     *
     * @throws TunebookException if they have another width or another number of rows
     */
    public Tensor rows(Input input, int width) {
        Tensor rows = batch.tensor(input);
        int due = batch.sequences().rows();
        if (rows.shape().size(1) != width || rows.shape().size(0) != due) {
            throw new TunebookException(
                    "input " + input,
                    rows.shape() + " where [" + due + ", " + width + "] is due",
                    input == Input.HIDDEN
                            ? "compute the frozen prefix again"
                            : "give the model what it was made for");
        }
        return rows;
    }

    /** Activations that the batch chooses from what is near the engine; empty where it has them. */
    public Optional<Near.Choice> near(Input input) {
        return input == Input.HIDDEN ? batch.near() : Optional.empty();
    }

    /**
     * Rows of a table that are looked up.
     *
     * @throws TunebookException if the table has no such row
     */
    public int[] ids(Embedding site, Input ids) {
        int[] rows = batch.indices(ids);
        for (int row : rows) {
            if (row < 0 || row >= site.rows()) {
                throw new TunebookException(
                        site.name(),
                        ids + " has " + row + ", the table has rows 0 … " + (site.rows() - 1),
                        "use the tokenizer of this backbone and cut texts to its positions");
            }
        }
        return rows;
    }

    /**
     * The matrix that takes the mean over each sequence's text rows, virtual rows left out,
     * [sequences, rows], row-major.
     */
    public double[] meanShares() {
        Sequences all = batch.sequences();
        double[] shares = new double[all.count() * all.rows()];
        for (int i = 0; i < all.count(); i++) {
            int first = all.start(i) + batch.prefix();
            double share = 1.0 / batch.text().length(i);
            for (int r = first; r < all.start(i) + all.length(i); r++)
                shares[i * all.rows() + r] = share;
        }
        return shares;
    }

    /**
     * Right answers.
     *
     * @param labels a class for each row
     * @param shares what each row's loss counts in the mean; together 1
     */
    public record Classes(int[] labels, double[] shares) {}

    /**
     * Right answers of so many rows of so many classes.
     *
     * @throws TunebookException if a label is missing or is no class
     */
    public Classes classes(Input input, long rows, long classes) {
        int[] labels = batch.indices(input);
        if (labels.length != rows) {
            throw new TunebookException(
                    "crossEntropy",
                    labels.length + " labels for " + rows + " rows",
                    "give one label for each row");
        }
        double[] shares = new double[labels.length];
        double total = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new TunebookException(
                        "crossEntropy",
                        "row "
                                + i
                                + " has label "
                                + labels[i]
                                + ", classes are 0 … "
                                + (classes - 1),
                        "give the head as many classes as the data has");
            }
            shares[i] = batch.labelWeights() == null ? 1 : batch.labelWeights()[i];
            total += shares[i];
        }
        for (int i = 0; i < shares.length; i++) shares[i] /= total;
        return new Classes(labels, shares);
    }

    /**
     * The right row of each sequence, counted over the whole batch.
     *
     * @throws TunebookException if a text has no such row
     */
    public int[] rightRows(Input right) {
        int[] rows = batch.indices(right).clone();
        Sequences all = batch.sequences();
        for (int i = 0; i < all.count(); i++) {
            int from = all.start(i) + batch.prefix();
            int end = all.start(i) + all.length(i);
            if (rows[i] < 0 || from + rows[i] >= end) {
                throw new TunebookException(
                        right + " of sequence " + i,
                        "is row " + rows[i] + ", the text has rows 0 … " + (end - from - 1),
                        "leave out questions whose answer was cut off");
            }
            rows[i] += from;
        }
        return rows;
    }

    /**
     * Right answers as numbers.
     *
     * @param where who asks, for the error
     * @throws TunebookException if there are not so many
     */
    public double[] targets(String where, Input input, long count) {
        double[] targets = batch.tensor(input).doubles();
        if (targets.length != count) {
            throw new TunebookException(
                    where,
                    targets.length + " targets for " + count + " numbers",
                    "give one target for each number that the model answers");
        }
        return targets;
    }

    /**
     * Rows that so many numbers make.
     *
     * @throws TunebookException if they are no whole number of rows
     */
    public static long regrouped(long numbers, int width) {
        if (width < 1 || numbers % width != 0) {
            throw new TunebookException(
                    "regroup",
                    numbers + " numbers are no whole number of rows of " + width,
                    "check the model's widths");
        }
        return numbers / width;
    }

    /**
     * Refuses rows of another width than a site takes.
     *
     * @throws TunebookException if they are
     */
    public static void width(String site, long got, long takes) {
        if (got != takes) {
            throw new TunebookException(
                    site, "takes rows of " + takes + ", got " + got, "check the model's widths");
        }
    }
}
