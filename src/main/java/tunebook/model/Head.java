package tunebook.model;

import tunebook.core.Input;
import tunebook.core.Ops;

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

    /** Logits. x [rows, width] → [predictions, classes] */
    <T> T logits(Ops<T> ops, T x);

    /** The loss of logits against the batch's right answers. → scalar */
    default <T> T loss(Ops<T> ops, T logits) {
        return ops.crossEntropy(logits, Input.LABELS);
    }
}
