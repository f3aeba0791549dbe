package tunebook.model;

import tunebook.core.Input;
import tunebook.core.Ops;

/** What turns the last block's rows into logits. */
public interface Head {
    /** Name of the last linear site: it learns in every recipe. */
    String last();

    /** Logits. x [rows, width] → [predictions, classes] */
    <T> T logits(Ops<T> ops, T x);

    /** The loss of logits against the batch's right answers. → scalar */
    default <T> T loss(Ops<T> ops, T logits) {
        return ops.crossEntropy(logits, Input.LABELS);
    }
}
