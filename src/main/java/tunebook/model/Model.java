package tunebook.model;

import java.util.List;
import java.util.Optional;
import tunebook.core.Batch;
import tunebook.core.Ops;
import tunebook.core.Rows;
import tunebook.core.Sequences;
import tunebook.core.TunebookException;
import tunebook.core.Weights;

/**
 * An architecture: an embedding step followed by numbered blocks. Activations are [rows, width].
 */
public interface Model {
    /** How many blocks follow the embedding. */
    int blocks();

    /** Width of a row of the last block. */
    int width();

    /** What it reads, if that is text. */
    default Optional<TextInput> reads() {
        return Optional.empty();
    }

    /** The pictures that it reads, if it reads any. */
    default Optional<ImageInput> sees() {
        return Optional.empty();
    }

    /** Whether a row sees only those before it, so that it can predict the next token. */
    default boolean causal() {
        return false;
    }

    /** Width of a row after so many stages: 1 the embedding, i + 1 the first i blocks too. */
    default int width(int stages) {
        return width();
    }

    /** Rows that an example of so many has after so many stages. */
    default int rows(int stages, int rows) {
        return rows;
    }

    /**
     * What it reads.
     *
     * @param who needs text, for the error
     * @throws TunebookException if it reads no text
     */
    default TextInput text(String who) {
        return reads().orElseThrow(
                        () ->
                                new TunebookException(
                                        who,
                                        "needs a model of texts, and this one reads none",
                                        "take an encoder or a decoder, such as tiny-english"));
    }

    /**
     * The pictures that it reads.
     *
     * @param who needs pictures, for the error
     * @throws TunebookException if it reads none
     */
    default ImageInput pictures(String who) {
        return sees().orElseThrow(
                        () ->
                                new TunebookException(
                                        who,
                                        "needs a model of pictures, and this one reads none",
                                        "take a ResNet, such as untrained(ResNet.cifar(20))"));
    }

    /** What the batch holds as rows. */
    <T> T embed(Ops<T> ops);

    /** Block {@code i}, 0 ≤ i &lt; blocks. */
    <T> T block(Ops<T> ops, int i, T x);

    /**
     * The last block at one row of each sequence alone, which costs little more than the keys and
     * values of the others. x [rows, width] → [sequences, width]
     */
    default <T> T lastBlock(Ops<T> ops, T x, Rows read) {
        return ops.rows(block(ops, blocks() - 1, x), read);
    }

    /**
     * Where a weight or site belongs, adapters at a site included: 0 the embedding, i + 1 block i,
     * blocks + 1 what comes after. The lowest depth that learns is the cut.
     */
    int depth(String name);

    /**
     * What Hugging Face's classes of its family begin with, for example {@code Bert}; empty where
     * it has no {@code config.json} at all.
     */
    default String architecture() {
        return "";
    }

    /** The {@code config.json} that describes it. */
    String configuration();

    /** The same without dropout. */
    Model still();

    /**
     * The smallest batch that every program runs on: enough to find sites and weights. One token
     * where a model reads text.
     */
    default Batch example() {
        return Batch.text(new Sequences(1), new int[1], new int[1])
                .labels(new int[1], null)
                .answers(new int[1], new int[1])
                .predicted(new int[1]);
    }

    /** A file's weights under the model's names and in its shapes. */
    default Weights fromFile(Weights file) {
        return file;
    }

    /** Whether the family's files keep the weights of the blocks' products as [in, out]. */
    default boolean filesTurned() {
        return false;
    }

    /**
     * Height and width of the kernel of a linear site that is a convolution in the family's files;
     * empty where it is a plain product.
     */
    default List<Integer> kernel(String site) {
        return List.of();
    }

    /** Weights under the names and in the shapes of the family's files. */
    default Weights toFile(Weights weights) {
        return weights;
    }

    /** The same as Hugging Face's own files of the family have them. */
    default Weights toHuggingFace(Weights weights) {
        return toFile(weights);
    }

    /** Logits of one row a sequence, [sequences, labels]. */
    Head classifier(int labels);

    /** Logits of each labelled row, [predicted, labels]: names and other entities. */
    default Head tokenClassifier(int labels) {
        throw none("classes for tokens");
    }

    /** Scores of each row to begin and to end the answer, [rows, 2]. */
    default Head spans() {
        throw none("answers in texts");
    }

    /**
     * Logits of each row at which a token is to be predicted over the vocabulary, [predicted,
     * vocabulary].
     */
    default Head languageHead() {
        throw none("predicted words");
    }

    private static TunebookException none(String what) {
        return new TunebookException(
                "model", "has no head for " + what, "take an encoder or a decoder of texts");
    }
}
