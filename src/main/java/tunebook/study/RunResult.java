package tunebook.study;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import tunebook.core.TunebookException;
import tunebook.train.CurvePoint;
import tunebook.train.Ending;

/**
 * What one run left behind. Arrays are copied in and out; two results are equal where every value
 * is.
 *
 * @param recipe the recipe's name, any text
 * @param seed what the run's random numbers began from
 * @param key the hash that identifies the run: recipe, seed, backbone and data
 * @param status how it ended
 * @param labels the test examples' true classes
 * @param predictions the predicted classes in the order of {@code labels}; empty where the run
 *     ended before it could predict
 * @param exampleIds the test examples' names in the order of {@code labels}
 * @param accuracy share of right predictions, 0 … 1; NaN without predictions
 * @param macroF1 mean F1 over classes, 0 … 1; NaN without predictions
 * @param trainable how many parameters learned
 * @param seconds wall-clock time of the run
 * @param peakBytes the most memory held at once, bytes
 * @param message why it ended so; empty where there is nothing to say
 * @param curve losses on the way, in the order of the steps
 */
public record RunResult(
        String recipe,
        long seed,
        String key,
        Ending status,
        int[] labels,
        int[] predictions,
        String[] exampleIds,
        double accuracy,
        double macroF1,
        long trainable,
        double seconds,
        long peakBytes,
        String message,
        List<CurvePoint> curve) {

    /** Checks that nothing is null and that labels, predictions and examples match. */
    public RunResult {
        Objects.requireNonNull(recipe, "recipe");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(message, "message");
        labels = labels.clone();
        predictions = predictions.clone();
        exampleIds = exampleIds.clone();
        curve = List.copyOf(curve);
        for (String id : exampleIds) Objects.requireNonNull(id, "example id");
        if (exampleIds.length != labels.length
                || (predictions.length != labels.length && predictions.length != 0)) {
            throw new TunebookException(
                    "run " + recipe + " seed " + seed,
                    labels.length
                            + " labels, "
                            + predictions.length
                            + " predictions, "
                            + exampleIds.length
                            + " example ids",
                    "give one of each for every test example, or no prediction at all");
        }
    }

    /** The same run under another recipe name. */
    RunResult named(String name) {
        return new RunResult(
                name,
                seed,
                key,
                status,
                labels,
                predictions,
                exampleIds,
                accuracy,
                macroF1,
                trainable,
                seconds,
                peakBytes,
                message,
                curve);
    }

    /** A copy. */
    @Override
    public int[] labels() {
        return labels.clone();
    }

    /** A copy. */
    @Override
    public int[] predictions() {
        return predictions.clone();
    }

    /** A copy. */
    @Override
    public String[] exampleIds() {
        return exampleIds.clone();
    }

    /** The best accuracy on validation examples, 0 … 1; 0 where none was measured. */
    double validationAccuracy() {
        return curve.stream().mapToDouble(CurvePoint::validationAccuracy).max().orElse(0);
    }

    /** The lowest loss on validation examples, in nats; infinite where none was measured. */
    double validationLoss() {
        return curve.stream()
                .mapToDouble(CurvePoint::validationLoss)
                .filter(Double::isFinite)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** Whether the run came as far as predicting the test examples. */
    public boolean predicted() {
        return predictions.length > 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RunResult that
                && recipe.equals(that.recipe)
                && seed == that.seed
                && key.equals(that.key)
                && status == that.status
                && Arrays.equals(labels, that.labels)
                && Arrays.equals(predictions, that.predictions)
                && Arrays.equals(exampleIds, that.exampleIds)
                && Double.compare(accuracy, that.accuracy) == 0
                && Double.compare(macroF1, that.macroF1) == 0
                && trainable == that.trainable
                && Double.compare(seconds, that.seconds) == 0
                && peakBytes == that.peakBytes
                && message.equals(that.message)
                && curve.equals(that.curve);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, recipe, seed, status, Arrays.hashCode(predictions));
    }
}
