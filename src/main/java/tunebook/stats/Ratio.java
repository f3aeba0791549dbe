package tunebook.stats;

import java.util.Arrays;

/**
 * A figure that is a ratio of two sums over examples, such as F1 = Σ 2·TP / Σ (2·TP + FP + FN), and
 * what each example has to do with it.
 */
public final class Ratio {
    private Ratio() {}

    /** Σ above / Σ below; NaN where there is nothing below. */
    public static double of(double[] above, double[] below) {
        double sum = Arrays.stream(below).sum();
        return sum == 0 ? Double.NaN : Arrays.stream(above).sum() / sum;
    }

    /**
     * A score for each example: ratio + (aᵢ − ratio·bᵢ)·n/Σb. Their mean is the ratio, their spread
     * that of the ratio to first order (the delta method), so that a comparison of means serves.
     *
     * @see "Cochran 1977, Sampling Techniques, 3rd edition, chapter 6"
     */
    public static double[] scores(double[] above, double[] below) {
        double ratio = of(above, below);
        double[] scores = new double[above.length];
        if (Double.isNaN(ratio)) return scores;
        double factor = scores.length / Arrays.stream(below).sum();
        for (int i = 0; i < scores.length; i++)
            scores[i] = ratio + (above[i] - ratio * below[i]) * factor;
        return scores;
    }
}
