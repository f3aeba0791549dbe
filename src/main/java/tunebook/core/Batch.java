package tunebook.core;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a program's named inputs stand for this time. Sequences lie one after another, rows without
 * padding; {@link #prefix} virtual rows may precede the text of each.
 */
public final class Batch {
    private final Sequences text;
    private final int prefix;
    private final EnumMap<Input, int[]> indices;
    private final int[] predicted;
    private final double[] labelWeights;
    private final EnumMap<Input, Tensor> tensors;
    private final Near.Choice near;

    private Batch(
            Sequences text,
            int prefix,
            Map<Input, int[]> indices,
            int[] predicted,
            double[] labelWeights,
            Map<Input, Tensor> tensors,
            Near.Choice near) {
        this.text = text;
        this.prefix = prefix;
        this.indices = new EnumMap<>(Input.class);
        this.indices.putAll(indices);
        this.predicted = predicted;
        this.labelWeights = labelWeights;
        this.tensors = new EnumMap<>(Input.class);
        this.tensors.putAll(tensors);
        this.near = near;
    }

    /**
     * Text as token ids.
     *
     * @param sequences lengths of the texts in tokens
     * @param tokens ids, one after another
     * @param segments segment of each token
     * @throws TunebookException if the arrays are not as long as the sequences
     */
    public static Batch text(Sequences sequences, int[] tokens, int[] segments) {
        if (tokens.length != sequences.rows() || segments.length != sequences.rows()) {
            throw new TunebookException(
                    "batch",
                    tokens.length
                            + " tokens and "
                            + segments.length
                            + " segments for "
                            + sequences.rows()
                            + " rows",
                    "give one of each for every row");
        }
        Map<Input, int[]> indices = new EnumMap<>(Input.class);
        indices.put(Input.TOKENS, tokens);
        indices.put(Input.SEGMENTS, segments);
        indices.put(Input.POSITIONS, sequences.positions());
        return new Batch(sequences, 0, indices, new int[0], null, Map.of(), null);
    }

    /**
     * Images, each a sequence of height · width rows.
     *
     * @param count how many, at least 1
     * @param pixels row by row, [count · height · width, channels]
     * @throws TunebookException if the rows cannot be dealt out to so many images
     */
    public static Batch images(int count, Tensor pixels) {
        Sequences rows = Sequences.even(count, pixels.shape().size(0));
        return new Batch(rows, 0, Map.of(), new int[0], null, Map.of(Input.PIXELS, pixels), null);
    }

    /**
     * The same with right answers; {@code weights} of each in the mean of the loss, or null for
     * equal ones.
     */
    public Batch labels(int[] labels, double[] weights) {
        Map<Input, int[]> more = new EnumMap<>(indices);
        more.put(Input.LABELS, labels);
        return new Batch(text, prefix, more, predicted, weights, tensors, near);
    }

    /**
     * The same with the first and the last row of each text's right answer, counted in its text
     * from 0.
     */
    public Batch answers(int[] starts, int[] ends) {
        Map<Input, int[]> more = new EnumMap<>(indices);
        more.put(Input.STARTS, starts);
        more.put(Input.ENDS, ends);
        return new Batch(text, prefix, more, predicted, labelWeights, tensors, near);
    }

    /** The same with each label weighted as its class. */
    public Batch weighted(double... classWeights) {
        int[] labels = indices(Input.LABELS);
        return labels(labels, Arrays.stream(labels).mapToDouble(c -> classWeights[c]).toArray());
    }

    /** The same with the rows at which tokens are to be predicted. */
    public Batch predicted(int[] rows) {
        return new Batch(text, prefix, indices, rows, labelWeights, tensors, near);
    }

    /**
     * The same with right answers as numbers, one for each element of what they are held against,
     * row-major.
     */
    public Batch targets(double[] values) {
        return with(text, Input.TARGETS, Tensor.of(values, values.length));
    }

    /**
     * The same with activations of a frozen prefix of the model, [rows, width], or with one row for
     * each text, [texts, width]; those of images may have another number of rows than pixels, the
     * same for each image.
     */
    public Batch hidden(Tensor activations) {
        return with(rowsLike(activations.shape().size(0)), Input.HIDDEN, activations);
    }

    /** The same where the activations are near the engine already. */
    public Batch hidden(Near.Choice activations) {
        Sequences rows = rowsLike(activations.rows().length);
        return new Batch(rows, prefix, indices, predicted, labelWeights, tensors, activations);
    }

    /** The same with so many rows of activations that nobody reads, for counting. */
    public Batch hiddenRows(int rows) {
        return new Batch(rowsLike(rows), prefix, indices, predicted, labelWeights, tensors, near);
    }

    /** Activations of images have fewer rows the deeper they come from; of texts all or one. */
    private Sequences rowsLike(int rows) {
        boolean images = tensors.containsKey(Input.PIXELS);
        return images || rows == text.count() ? Sequences.even(text.count(), rows) : text;
    }

    private Batch with(Sequences rows, Input input, Tensor tensor) {
        Map<Input, Tensor> more = new EnumMap<>(tensors);
        more.put(input, tensor);
        return new Batch(rows, prefix, indices, predicted, labelWeights, more, near);
    }

    /**
     * The same with {@code rows} virtual rows before each text; they take positions 0 … rows − 1.
     */
    public Batch prefix(int rows) {
        if (rows == 0) return this;
        Sequences all = text.plus(rows);
        int[] old = indices(Input.SEGMENTS);
        int[] segments = new int[all.rows()];
        for (int i = 0; i < text.count(); i++) {
            System.arraycopy(old, text.start(i), segments, all.start(i) + rows, text.length(i));
        }
        Map<Input, int[]> more = new EnumMap<>(indices);
        more.put(Input.SEGMENTS, segments);
        more.put(Input.POSITIONS, all.positions());
        return new Batch(text, rows, more, predicted, labelWeights, tensors, near);
    }

    /** The same with the text's positions beginning at {@code first} instead of 0. */
    public Batch positionsFrom(int first) {
        if (first == 0) return this;
        Map<Input, int[]> more = new EnumMap<>(indices);
        int[] moved = indices(Input.POSITIONS).clone();
        for (int i = 0; i < moved.length; i++) moved[i] += first;
        more.put(Input.POSITIONS, moved);
        return new Batch(text, prefix, more, predicted, labelWeights, tensors, near);
    }

    /** Virtual rows before each text. */
    public int prefix() {
        return prefix;
    }

    /** Lengths with the virtual rows. */
    public Sequences sequences() {
        return prefix == 0 ? text : text.plus(prefix);
    }

    /** Lengths without the virtual rows. */
    public Sequences text() {
        return text;
    }

    /**
     * The numbers behind a named input.
     *
     * @throws TunebookException if this batch has none
     */
    public int[] indices(Input input) {
        int[] values = indices.get(input);
        if (values == null) {
            throw new TunebookException("batch", "has no " + input, "give the batch its " + input);
        }
        return values;
    }

    /** The row numbers behind a name, virtual rows counted. */
    public int[] rows(Rows which) {
        Sequences all = sequences();
        if (which != Rows.PREDICTED) {
            int[] rows = new int[all.count()];
            for (int i = 0; i < rows.length; i++)
                rows[i] = which == Rows.FIRST ? all.start(i) : all.start(i) + all.length(i) - 1;
            return rows;
        }
        int[] shifted = new int[predicted.length];
        for (int k = 0, i = 0; k < predicted.length; k++) {
            while (predicted[k] >= text.start(i) + text.length(i)) i++;
            shifted[k] = predicted[k] + (i + 1) * prefix;
        }
        return shifted;
    }

    /** Weight of each label in the loss, or null where all count the same. */
    public double[] labelWeights() {
        return labelWeights;
    }

    /**
     * The numbers behind a named input that is no list of indices.
     *
     * @throws TunebookException if this batch has none
     */
    public Tensor tensor(Input input) {
        Tensor values = tensors.get(input);
        if (values == null) {
            throw new TunebookException(
                    "batch",
                    "has no " + input,
                    input == Input.HIDDEN
                            ? "run the frozen blocks first"
                            : "give the batch its " + input);
        }
        return values;
    }

    /** Activations of a frozen prefix that are near the engine; empty where the batch has them. */
    public Optional<Near.Choice> near() {
        return Optional.ofNullable(near);
    }

    /** Activations of a frozen prefix of the model. */
    public Tensor hidden() {
        return tensor(Input.HIDDEN);
    }
}
