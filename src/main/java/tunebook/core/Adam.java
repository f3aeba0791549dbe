package tunebook.core;

/**
 * The AdamW rule: m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g², w ← w − rate·(m̂ / (√v̂ + ε) + decay·w).
 *
 * @param beta1 decay of the mean
 * @param beta2 decay of the square
 * @param epsilon added to the root
 * @param decay decoupled weight decay
 * @see <a href="https://arxiv.org/abs/1711.05101">Loshchilov and Hutter 2019, algorithm 2</a>
 */
public record Adam(double beta1, double beta2, double epsilon, double decay) {
    /** β₁ 0.9, β₂ 0.999, ε 1e-8, decay 0.01. */
    public static final Adam DEFAULT = new Adam(0.9, 0.999, 1e-8, 0.01);

    /** What a weight's first moment is called in a session's state. */
    public static String mean(String weight) {
        return "mean/" + weight;
    }

    /** What its second moment is called. */
    public static String square(String weight) {
        return "square/" + weight;
    }

    /** What the number of its steps is called. */
    public static String steps(String weight) {
        return "steps/" + weight;
    }
}
