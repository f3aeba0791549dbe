package tunebook.stats;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What each example has to do with a figure that is no mean over the examples: scores whose mean is
 * the figure and whose spread is, to first order, that of the figure, so that a comparison of means
 * serves (the delta method, as in {@link Ratio}).
 *
 * @see <a href="https://doi.org/10.1080/01621459.1974.10482962">Hampel 1974, The influence curve
 *     and its role in robust estimation</a>
 */
public final class Influence {
    private Influence() {}

    /** On {@link Metrics#macroF1}: the mean of the classes' F1, each of them a {@link Ratio}. */
    public static double[] macroF1(int[] labels, int[] predictions) {
        int[] classes = Arrays.stream(labels).distinct().toArray();
        double[] scores = new double[labels.length];
        for (int c : classes) {
            double[] hits = new double[labels.length];
            double[] mentions = new double[labels.length];
            for (int i = 0; i < labels.length; i++) {
                hits[i] = labels[i] == c && predictions[i] == c ? 2 : 0;
                mentions[i] = (labels[i] == c ? 1 : 0) + (predictions[i] == c ? 1 : 0);
            }
            double[] ofClass = Ratio.scores(hits, mentions);
            for (int i = 0; i < scores.length; i++) scores[i] += ofClass[i] / classes.length;
        }
        return scores;
    }

    /** On {@link Errors#rootMeanSquared}: R + (dᵢ² − R²) / 2R. */
    public static double[] rootMeanSquared(double[] truths, double[] predictions) {
        double whole = Errors.rootMeanSquared(truths, predictions);
        return each(
                truths.length,
                i -> {
                    double d = predictions[i] - truths[i];
                    return whole == 0 ? 0 : whole + (d * d - whole * whole) / (2 * whole);
                });
    }

    /** On {@link Errors#correlation}: r + xᵢ·yᵢ − r·(xᵢ² + yᵢ²) / 2, both standardized. */
    public static double[] correlation(double[] truths, double[] predictions) {
        double whole = Errors.correlation(truths, predictions);
        double[] x = standardized(truths);
        double[] y = standardized(predictions);
        return each(x.length, i -> whole + x[i] * y[i] - whole * (x[i] * x[i] + y[i] * y[i]) / 2);
    }

    /** On e to the power of the mean: e^m · (1 + vᵢ − m). */
    public static double[] exponential(double... values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return each(values.length, i -> Math.exp(mean) * (1 + values[i] - mean));
    }

    private static double[] standardized(double... values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double deviation =
                Math.sqrt(
                        Arrays.stream(values)
                                .map(v -> (v - mean) * (v - mean))
                                .average()
                                .orElse(Double.NaN));
        return each(values.length, i -> (values[i] - mean) / deviation);
    }

    private static double[] each(int n, IntToDoubleFunction value) {
        return IntStream.range(0, n).mapToDouble(value).toArray();
    }
}
