package tunebook.study;

import tunebook.data.Example;
import tunebook.train.Prediction;

/**
 * A test example and what a model says of it.
 *
 * @param example whose answer is its class
 * @param prediction of a class
 */
public record Answered(Example example, Prediction prediction) {
    /** Whether the most probable class is the true one. */
    public boolean right() {
        return prediction.label().equals(example.answer());
    }

    /** −log of the true class's probability, in nats. */
    public double loss() {
        double p = prediction.probabilities().getOrDefault(example.answer(), 0.0);
        return -Math.log(Math.max(p, Double.MIN_NORMAL));
    }
}
