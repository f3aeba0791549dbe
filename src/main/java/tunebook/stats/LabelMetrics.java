package tunebook.stats;

import java.util.Arrays;
import tunebook.core.TunebookException;

/** How well predicted sets of labels match the true ones; both are [example, label]. */
public final class LabelMetrics {
    private LabelMetrics() {}

    /** 2·TP of each example: labels that are both predicted and true, twice. */
    public static double[] hits(boolean[][] truths, boolean[][] predictions) {
        check(truths, predictions);
        double[] hits = new double[truths.length];
        for (int i = 0; i < hits.length; i++)
            for (int l = 0; l < truths[i].length; l++)
                if (truths[i][l] && predictions[i][l]) hits[i] += 2;
        return hits;
    }

    /** 2·TP + FP + FN of each example: how often labels are predicted or true. */
    public static double[] mentions(boolean[][] truths, boolean[][] predictions) {
        check(truths, predictions);
        double[] mentions = new double[truths.length];
        for (int i = 0; i < mentions.length; i++)
            for (int l = 0; l < truths[i].length; l++)
                mentions[i] += (truths[i][l] ? 1 : 0) + (predictions[i][l] ? 1 : 0);
        return mentions;
    }

    /** F1 of all labels together, Σ 2·TP / Σ (2·TP + FP + FN); NaN where nothing is mentioned. */
    public static double microF1(boolean[][] truths, boolean[][] predictions) {
        return Ratio.of(hits(truths, predictions), mentions(truths, predictions));
    }

    /**
     * The unweighted mean of F1 = 2·TP / (2·TP + FP + FN) over the labels that are true somewhere;
     * NaN where none is.
     */
    public static double macroF1(boolean[][] truths, boolean[][] predictions) {
        check(truths, predictions);
        int labels = truths.length == 0 ? 0 : truths[0].length;
        double sum = 0;
        int present = 0;
        for (int l = 0; l < labels; l++) {
            int both = 0;
            int truly = 0;
            int mentions = 0;
            for (int i = 0; i < truths.length; i++) {
                if (truths[i][l] && predictions[i][l]) both++;
                if (truths[i][l]) truly++;
                mentions += (truths[i][l] ? 1 : 0) + (predictions[i][l] ? 1 : 0);
            }
            if (truly == 0) continue;
            present++;
            sum += 2.0 * both / mentions;
        }
        return present == 0 ? Double.NaN : sum / present;
    }

    /** The share of examples whose sets are equal, 0 … 1; NaN where there is no example. */
    public static double exactMatch(boolean[][] truths, boolean[][] predictions) {
        check(truths, predictions);
        int equal = 0;
        for (int i = 0; i < truths.length; i++)
            if (Arrays.equals(truths[i], predictions[i])) equal++;
        return truths.length == 0 ? Double.NaN : (double) equal / truths.length;
    }

    private static void check(boolean[][] truths, boolean[][] predictions) {
        if (truths.length == predictions.length) return;
        throw new TunebookException(
                "label metrics",
                truths.length + " true sets but " + predictions.length + " predicted ones",
                "give one prediction for each truth");
    }
}
