package tunebook.task;

import tunebook.core.Batch;
import tunebook.core.Tensor;
import tunebook.data.Window;

/**
 * Scores of a window's passage tokens to begin and to end the answer. An answer is a span of the
 * passage of at most 30 tokens; its score is that of its begin plus that of its end.
 *
 * @param window whose
 * @param starts a score for each token of its stretch
 * @param ends the same for the end
 */
public record Spans(Window window, double[] starts, double[] ends) {
    private static final int LONGEST = 30;

    /**
     * A span of a window's stretch.
     *
     * @param first its first token, counted in the stretch
     * @param last its last one
     * @param score the higher the likelier
     */
    public record Span(int first, int last, double score) {}

    /** The scores of sequence {@code i} of a batch, whose logits are [rows, 2]. */
    public static Spans of(Window window, int i, Batch batch, Tensor logits) {
        int row = batch.sequences().start(i) + batch.prefix() + window.stretch().row();
        int tokens = window.stretch().from().length;
        return new Spans(window, column(logits, row, tokens, 0), column(logits, row, tokens, 1));
    }

    /** One of two columns of some rows. */
    static double[] column(Tensor logits, int row, int count, int column) {
        double[] values = new double[count];
        for (int k = 0; k < count; k++) values[k] = logits.get((row + k) * 2 + column);
        return values;
    }

    /** The span with the highest score, the first and shortest of equals. */
    public Span best() {
        Span best = new Span(0, 0, Double.NEGATIVE_INFINITY);
        for (int first = 0; first < starts.length; first++)
            for (int last = first; last < end(first); last++)
                if (score(first, last) > best.score())
                    best = new Span(first, last, score(first, last));
        return best;
    }

    /** Σ e^(score − base) over all spans. */
    public double sum(double base) {
        double sum = 0;
        for (int first = 0; first < starts.length; first++)
            for (int last = first; last < end(first); last++)
                sum += Math.exp(score(first, last) - base);
        return sum;
    }

    /**
     * e^(score − base) of a span of the passage, 0 where this window does not see it whole.
     *
     * @param first number of its first token in the passage
     * @param last number of its last one
     */
    public double share(int first, int last, double base) {
        int from = first - window.stretch().token();
        int to = last - window.stretch().token();
        return from < 0 || to >= starts.length ? 0 : Math.exp(score(from, to) - base);
    }

    private double score(int first, int last) {
        return starts[first] + ends[last];
    }

    private int end(int first) {
        return Math.min(starts.length, first + LONGEST);
    }
}
