package tunebook.stats;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
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

    /**
     * The area under the receiver's operating characteristic, 0 … 1: Mann and Whitney's U, divided
     * by the number of pairs of a positive and a negative example. Equal scores count half. NaN
     * where there are no pairs, or a score is NaN.
     *
     * @param positive which examples are of the class that scores speak for
     * @param scores the higher, the more probably positive; in any unit
     * @see <a href="https://doi.org/10.1148/radiology.143.1.7063747">Hanley and McNeil 1982</a>
     */
    public static double rocAuc(boolean[] positive, double[] scores) {
        if (positive.length != scores.length) {
            throw new TunebookException(
                    "metrics",
                    positive.length + " labels but " + scores.length + " scores",
                    "give one score for each label");
        }
        double[] above = scores(positive, true, scores);
        double[] below = scores(positive, false, scores);
        boolean unknown = Arrays.stream(scores).anyMatch(Double::isNaN);
        if (above.length == 0 || below.length == 0 || unknown) return Double.NaN;
        double u = MannWhitneyUTest.withDefaults().statistic(above, below);
        return u / ((double) above.length * below.length);
    }

    private static double[] scores(boolean[] positive, boolean wanted, double... scores) {
        return IntStream.range(0, scores.length)
                .filter(i -> positive[i] == wanted)
                .mapToDouble(i -> scores[i])
                .toArray();
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
