package tunebook.model;

import tunebook.core.Ops;

/** What turns the last block's rows into logits. */
public interface Head {
    /** Name of the last linear site: it learns in every recipe. */
    String last();

    /** Logits. x [rows, width] → [predictions, classes] */
    <T> T logits(Ops<T> ops, T x);
}
