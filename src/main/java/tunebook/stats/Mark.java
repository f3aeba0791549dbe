package tunebook.stats;

import java.util.Objects;

/**
 * A prediction beside its truth. The mean of the scores over a test set is the task's first metric,
 * so that recipes can be compared example by example.
 *
 * @param id of the example
 * @param truth the right answer in words
 * @param prediction the model's answer in words
 * @param score what the example adds to the metric's mean, in the metric's unit
 */
public record Mark(String id, String truth, String prediction, double score) {
    /** Checks that nothing is null. */
    public Mark {
        Objects.requireNonNull(id, "example id");
        Objects.requireNonNull(truth, "truth");
        Objects.requireNonNull(prediction, "prediction");
    }
}
