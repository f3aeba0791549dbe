package tunebook.task;

import tunebook.core.Batch;
import tunebook.core.Tensor;

/** Answers to a part's examples, read out of logits batch by batch, and what they are worth. */
public interface Marking {
    /** How many examples to evaluate at once. */
    default int batchSize() {
        return 64;
    }

    /**
     * Takes note of a batch's logits.
     *
     * @param which the examples' numbers in the part
     * @param batch that they were computed from
     * @param logits of the head
     */
    void add(int[] which, Batch batch, Tensor logits);

    /** The marks, once every example was added. */
    Marked marked();
}
