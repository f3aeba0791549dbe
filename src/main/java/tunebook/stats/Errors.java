package tunebook.stats;

import java.util.Arrays;
import java.util.stream.IntStream;
import tunebook.core.TunebookException;

/** How far predicted numbers are from the true ones. */
public final class Errors {
    private Errors() {}

    /** Mean of |prediction − truth|, in the truth's unit; NaN where there is no example. */
    public static double meanAbsolute(double[] truths, double[] predictions) {
        return places(truths, predictions)
                .mapToDouble(i -> Math.abs(predictions[i] - truths[i]))
                .average()
                .orElse(Double.NaN);
    }

    /**
     * √ of the mean of (prediction − truth)², in the truth's unit; NaN where there is no example.
     */
    public static double rootMeanSquared(double[] truths, double[] predictions) {
        return Math.sqrt(
                places(truths, predictions)
                        .mapToDouble(i -> predictions[i] - truths[i])
                        .map(d -> d * d)
                        .average()
                        .orElse(Double.NaN));
    }

    /**
     * Pearson's correlation, −1 … 1: covariance by the product of the standard deviations. NaN
     * where truths or predictions are all equal.
     */
    public static double correlation(double[] truths, double[] predictions) {
        double truth = Arrays.stream(truths).average().orElse(Double.NaN);
        double prediction = Arrays.stream(predictions).average().orElse(Double.NaN);
        double both =
                places(truths, predictions)
                        .mapToDouble(i -> (truths[i] - truth) * (predictions[i] - prediction))
                        .sum();
        double squares = squares(truths, truth) * squares(predictions, prediction);
        if (!(squares > 0)) return Double.NaN;
        return Math.max(-1, Math.min(1, both / Math.sqrt(squares)));
    }

    private static double squares(double[] values, double mean) {
        return Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    }

    private static IntStream places(double[] truths, double[] predictions) {
        if (truths.length != predictions.length) {
            throw new TunebookException(
                    "errors",
                    truths.length + " truths but " + predictions.length + " predictions",
                    "give one prediction for each truth");
        }
        return IntStream.range(0, truths.length);
    }
}
