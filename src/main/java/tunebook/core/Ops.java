package tunebook.core;

import java.util.List;

/**
 * The differentiable operations that models are written in. {@code T} is whatever the interpreter
 * says a value is.
 *
 * <p>Activations are rows, [rows, width]: padding does not exist; the batch says which rows belong
 * together. An image is height · width rows of its channels, row by row.
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

    /**
     * The same where nothing else uses the first, neither before nor after: an interpreter may add
     * into it.
     */
    default T addInto(T sum, T more) {
        return add(sum, more);
    }

    /**
     * sum + x·Wᵀ + b, where nothing else uses the sum. sum [n, out], x [n, in] → [n, out];
     * 2·n·in·out FLOPs.
     */
    default T addLinear(T sum, T x, Linear site) {
        return addInto(sum, linear(x, site));
    }

    /** x · factor. */
    T scale(T x, double factor);

    /** Every row times the factors, elementwise. x [n, width], factors [width] → [n, width] */
    T scaleColumns(T x, T factors);

    /** Every row plus another, elementwise. x [n, width], row [width] → [n, width] */
    T addRow(T x, T row);

    /** a·b. [n, k], [k, m] → [n, m]; 2·n·k·m FLOPs. */
    T product(T a, T b);

    /**
     * a / √(Σ of each row of b, squared), elementwise; b counts as a constant on the way back. a
     * [n], b [n, width] → [n]. Liu et al. 2024, §4.3.
     */
    T overRowNorms(T a, T b);

    /** x · Φ(x) with the exact normal distribution function. Hendrycks and Gimpel 2016. */
    T gelu(T x);

    /** x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³))), as GPT-2 has it. Hendrycks and Gimpel 2016. */
    T geluTanh(T x);

    /** a · b, elementwise, of equal shapes. */
    T multiply(T a, T b);

    /** 1 / (1 + e^−x). */
    T sigmoid(T x);

    /** Rows side by side. [n, a], [n, b] … → [n, a + b + …] */
    T join(List<T> parts);

    /** The same numbers as rows of another width. [n, w] → [n·w/width, width] */
    T regroup(T x, int width);

    /**
     * What each window of each image sees, zeros outside the image, its positions row by row: a
     * convolution is {@link #linear} over it. [images·height·width, c] → [images·windows,
     * positions·c]
     */
    T patches(T x, Window window);

    /**
     * The greatest pixel in each window, by channel; padding has no share. [images·height·width, c]
     * → [images·windows, c]
     */
    T maxPool(T x, Window window);

    /**
     * The mean pixel in each window, by channel; padding counts as zeros, or not at all.
     * [images·height·width, c] → [images·windows, c]
     */
    T averagePool(T x, Window window, boolean countPadding);

    /**
     * (x − mean) / √(variance + ε) · gain + bias, along each column. While training, and while
     * {@link BatchNorm#decides} learns: by the batch's mean and biased variance, which the running
     * ones follow. Otherwise by the running ones, which stay. [n, width] → the same. Ioffe and
     * Szegedy 2015.
     */
    T batchNorm(T x, BatchNorm site);

    /** Some columns. [n, width] → [n, count] */
    T columns(T x, int from, int count);

    /** The greater of x and 0. */
    T relu(T x);

    /** Hyperbolic tangent. */
    T tanh(T x);

    /** Zero with probability {@code rate}, else x / (1 − rate); while not training, x. */
    T dropout(T x, double rate);

    /**
     * x; of all that was computed before it, nothing but x is read again by what follows. Where
     * there is no way back, an interpreter may let go of the rest.
     */
    default T only(T x) {
        return x;
    }

    /**
     * softmax(q·kᵀ / √(width/heads))·v within each sequence and head. q [rows, width] or a row of
     * each sequence, k and v with as many rows or more before each sequence → like q. Where it is
     * causal, a row sees what stands before it and itself. Vaswani et al. 2017.
     */
    T attention(T q, T k, T v, Attention site);

    /**
     * The prefix's rows before each sequence, before what was put there already. [p, width], [rows,
     * width] → [rows + p·sequences, width]
     */
    T prepend(T prefix, T x);

    /**
     * The rows that earlier evaluations of the same session were given under the name, in their
     * order, then these, which are kept as well until the session forgets. Has no way back. [n,
     * width] → [all, width]
     */
    default T kept(String name, T x) {
        return x; // where nothing outlives a computation, nothing was kept before it
    }

    /** Some rows. [n, width] → [which, width] */
    T rows(T x, Rows which);

    /**
     * Mean over the text rows of each sequence, virtual rows left out. [rows, width] → [sequences,
     * width]
     */
    T mean(T x);

    /**
     * Mean over the sequences of −log softmax(scores of its text rows)[right row]; virtual rows
     * have no share. scores [rows, 1] → scalar
     */
    T rowCrossEntropy(T scores, Input right);

    /**
     * Mean of −log softmax(logits)[label], weighted where the batch has weights. [n, classes] →
     * scalar
     */
    T crossEntropy(T logits, Input labels);

    /** Mean of (x − target)² over all elements. → scalar */
    T squaredError(T x, Input targets);

    /**
     * Mean of −t·log σ(x) − (1 − t)·log(1 − σ(x)) over all elements, from logits x and targets t in
     * [0, 1]. → scalar
     */
    T binaryCrossEntropy(T logits, Input targets);
}
