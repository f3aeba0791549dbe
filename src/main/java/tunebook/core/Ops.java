package tunebook.core;

/**
 * The differentiable operations that models are written in. {@code T} is whatever the interpreter
 * says a value is.
 *
 * <p>Activations are rows, [rows, width]: padding does not exist; the batch says which rows belong
 * together.
 *
 * @param <T> a value
 */
public interface Ops<T> {
    /** Activations that come with the batch. → [rows, width] */
    T input(Input input, int width);

    /** Rows of a table. ids [n] → [n, width] */
    T embedding(Embedding site, Input ids);

    /** A weight as a value. → its shape */
    T weight(Weight weight);

    /** y = x·Wᵀ + b. x [n, in] → [n, out]; 2·n·in·out FLOPs. */
    T linear(T x, Linear site);

    /** (x − mean) / √(variance + ε) · gain + bias, along each row. [n, width] → the same. */
    T layerNorm(T x, Norm site);

    /** Elementwise sum of equal shapes. */
    T add(T a, T b);

    /** x · factor. */
    T scale(T x, double factor);

    /** x · Φ(x) with the exact normal distribution function. Hendrycks and Gimpel 2016. */
    T gelu(T x);

    /** Hyperbolic tangent. */
    T tanh(T x);

    /** Zero with probability {@code rate}, else x / (1 − rate); while not training, x. */
    T dropout(T x, double rate);

    /**
     * softmax(q·kᵀ / √(width/heads))·v within each sequence and head. q, k, v [rows, width] →
     * [rows, width]. Vaswani et al. 2017.
     */
    T attention(T q, T k, T v, Attention site);

    /**
     * The prefix's rows before each sequence. [p, width], [tokens, width] → [tokens + p·sequences,
     * width]
     */
    T prepend(T prefix, T x);

    /** Some rows. [n, width] → [which, width] */
    T rows(T x, Rows which);

    /**
     * Mean over the text rows of each sequence, virtual rows left out. [rows, width] → [sequences,
     * width]
     */
    T mean(T x);

    /**
     * Mean of −log softmax(logits)[label], weighted where the batch has weights. [n, classes] →
     * scalar
     */
    T crossEntropy(T logits, Input labels);
}
