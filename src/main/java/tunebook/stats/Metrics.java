package tunebook.stats;

import java.util.Arrays;
import tunebook.core.TunebookException;

/** How well predicted classes match the true ones. */
public final class Metrics {
    private Metrics() {}

    /** The share of predictions that equal their label, 0 … 1; NaN where there is no example. */
    public static double accuracy(int[] labels, int[] predictions) {
        check(labels, predictions);
        int right = 0;
        for (int i = 0; i < labels.length; i++) if (labels[i] == predictions[i]) right++;
        return labels.length == 0 ? Double.NaN : (double) right / labels.length;
    }

    /**
     * The unweighted mean over the classes present in {@code labels} of F1 = 2·TP / (2·TP + FP +
     * FN); NaN where there is no example. A class that is predicted but never true has no F1 of its
     * own; its examples count as misses of their true classes.
     */
    public static double macroF1(int[] labels, int[] predictions) {
        check(labels, predictions);
        int[] classes = Arrays.stream(labels).distinct().sorted().toArray();
        int[] hits = new int[classes.length];
        int[] mentions = new int[classes.length];
        for (int i = 0; i < labels.length; i++) {
            int label = Arrays.binarySearch(classes, labels[i]);
            int prediction = Arrays.binarySearch(classes, predictions[i]);
            mentions[label]++;
            if (prediction >= 0) mentions[prediction]++;
            if (label == prediction) hits[label]++;
        }
        double sum = 0;
        for (int c = 0; c < classes.length; c++) sum += 2.0 * hits[c] / mentions[c];
        return classes.length == 0 ? Double.NaN : sum / classes.length;
    }

    private static void check(int[] labels, int[] predictions) {
        if (labels.length != predictions.length) {
            throw new TunebookException(
                    "metrics",
                    labels.length + " labels but " + predictions.length + " predictions",
                    "give one prediction for each label");
        }
    }
}
