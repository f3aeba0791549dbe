package tunebook.model;

import java.util.Optional;
import tunebook.core.Input;
import tunebook.core.Ops;
import tunebook.core.Rows;

/** What turns the last block's rows into logits. */
public interface Head {
    /** Name of the last linear site: it learns in every recipe, unless it is pre-trained. */
    String last();

    /**
     * Whether it came with the backbone out of pre-training: then a method decides what of it
     * learns, as in a block.
     */
    default boolean pretrained() {
        return false;
    }

    /**
     * Which rows of the last block it reads; empty where it may read all. What is not read need not
     * be computed.
     */
    default Optional<Rows> reads() {
        return Optional.empty();
    }

    /**
     * Logits. x [rows, width] → [predictions, classes]; where {@link #reads} names rows, x has
     * these alone, one for each sequence.
     */
    <T> T logits(Ops<T> ops, T x);

    /** The loss of logits against the batch's right answers. → scalar */
    default <T> T loss(Ops<T> ops, T logits) {
        return ops.crossEntropy(logits, Input.LABELS);
    }
}
