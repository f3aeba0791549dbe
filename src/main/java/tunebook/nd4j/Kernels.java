package tunebook.nd4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Attention;
import tunebook.core.Sequences;
import tunebook.core.Window;

/**
 * The loops behind the tape. Arrays are dense and row-major; what is written is allocated by the
 * caller.
 */
interface Kernels extends AutoCloseable {
    /** Gives back memory of its own. */
    @Override
    default void close() {}

    /** The threads that run them, and what may be done beside. */
    Crew crew();

    /** out = a·b, or out += a·b; either may be transposed. */
    void product(
            INDArray a,
            boolean transposeA,
            INDArray b,
            boolean transposeB,
            INDArray out,
            boolean add);

    /** Every row of out becomes the row, or gets it added. row [width], out [n, width]. */
    void spread(INDArray row, INDArray out, boolean add);

    /** sum += the column sums of x. x [n, width], sum [width]. */
    void sumRows(INDArray x, INDArray sum);

    /** out = 0. */
    default void zero(INDArray out) {
        zero(out, Stretches.of(0, out.length()));
    }

    /** Stretches of a flat array become 0. */
    void zero(INDArray flat, Stretches which);

    /** out = x · factor. */
    void scale(INDArray x, double factor, INDArray out);

    /** out = a + b; out may be a. */
    void add(INDArray a, INDArray b, INDArray out);

    /** out = every row of x times the factors. factors [width]. */
    void scaleColumns(INDArray x, INDArray factors, INDArray out);

    /** out = a divided by the length of each row of b, which is added up in double. a, out [n]. */
    void overRowNorms(INDArray a, INDArray b, INDArray out);

    /** out = a · b; out may be a. */
    void multiply(INDArray a, INDArray b, INDArray out);

    /** out = the greater of x and 0. */
    void relu(INDArray x, INDArray out);

    /** dx = dy where y is above 0, else 0; y is never below. */
    void reluGrad(INDArray y, INDArray dy, INDArray dx);

    /** out = 1 / (1 + e^−x). */
    void sigmoid(INDArray x, INDArray out);

    /** dx = dy · y · (1 − y). */
    void sigmoidGrad(INDArray y, INDArray dy, INDArray dx);

    /** out = what each window sees, zeros outside the image. */
    void patches(INDArray x, Window window, INDArray out);

    /** dx = for each pixel the sum over the windows that saw it. */
    void patchesGrad(INDArray dy, Window window, INDArray dx);

    /** out = what each window sees times wᵀ, or out += that. w [out, positions·c]. */
    void convolution(INDArray x, Window window, INDArray w, INDArray out, boolean add);

    /** dx = the way back from that. */
    void convolutionGrad(INDArray dy, Window window, INDArray w, INDArray dx);

    /** sum += dyᵀ times what each window sees. */
    void convolutionWeightGrad(INDArray x, INDArray dy, Window window, INDArray sum);

    /** out = the greatest pixel in each window. */
    void maxPool(INDArray x, Window window, INDArray out);

    /**
     * dx = for each pixel of x the sum over the windows in which it is the greatest; of equal ones
     * the first.
     */
    void maxPoolGrad(INDArray x, INDArray dy, Window window, INDArray dx);

    /** out = the mean pixel in each window. */
    void averagePool(INDArray x, Window window, boolean countPadding, INDArray out);

    /** dx = the way back from that. */
    void averagePoolGrad(INDArray dy, Window window, boolean countPadding, INDArray dx);

    /** Mean and biased variance of each column, summed in an order that does not change. */
    Moments moments(INDArray x);

    /** out = (x − mean)·scale + shift, by column. */
    void standardize(INDArray x, double[] mean, double[] scale, double[] shift, INDArray out);

    /** Σdy and Σdy·(x − mean), by column, in an order that does not change. */
    double[][] sums(INDArray dy, INDArray x, double[] mean);

    /** dx = dy·a + (x − mean)·b + c, by column. */
    void standardizeGrad(
            INDArray dy,
            INDArray x,
            double[] mean,
            double[] a,
            double[] b,
            double[] c,
            INDArray dx);

    /** out = x·Φ(x). */
    void gelu(INDArray x, INDArray out);

    /** dx = dy·(Φ(x) + x·φ(x)). */
    void geluGrad(INDArray x, INDArray dy, INDArray dx);

    /** out = x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³))). */
    void geluTanh(INDArray x, INDArray out);

    /** dx = dy times the derivative of that. */
    void geluTanhGrad(INDArray x, INDArray dy, INDArray dx);

    /**
     * out = x where {@link Mask} keeps it, divided by what is kept; the same key gives the same
     * mask, which is how the way back finds it again.
     */
    void dropout(INDArray x, Mask mask, INDArray out);

    /** out = normalized rows of x times gain plus bias. */
    NormGrad norm(INDArray x, INDArray gain, INDArray bias, double epsilon, INDArray out);

    /**
     * out = softmax(q·kᵀ·scale)·v within each sequence and head; keys and values have rows of their
     * own. Where it is causal, a row sees as many keys as stand up to its own. What it keeps for
     * the way back comes from the spare arrays and goes back there.
     */
    AttentionGrad attention(
            INDArray q,
            INDArray k,
            INDArray v,
            Sequences queries,
            Sequences keys,
            Attention site,
            Spare spare,
            INDArray out);

    /** Σ shareᵢ·(−log softmax(logits)ᵢ[labelᵢ]); labels are checked before. */
    Loss crossEntropy(INDArray logits, int[] labels, double[] shares);

    /** Stretches of a flat array become themselves times the factor. */
    void shrink(INDArray flat, Stretches which, double factor);

    /** Σ x² over stretches of a flat array, in double and in an order that does not change. */
    double squares(INDArray flat, Stretches which);

    /**
     * One AdamW step over stretches of flat arrays; gradients are multiplied by {@code shrink}
     * first.
     */
    void adam(INDArray w, INDArray g, INDArray m, INDArray v, Stretches which, AdamStep step);

    /**
     * The way back through a norm; what is null is not wanted. Gain and bias gradients are added
     * to.
     */
    interface NormGrad {
        void back(INDArray dy, INDArray dx, INDArray gain, INDArray bias);
    }

    /** The way back through attention. */
    interface AttentionGrad {
        void back(INDArray dy, INDArray dq, INDArray dk, INDArray dv);
    }

    /** A scalar loss and the way back to its logits. */
    interface Loss {
        double value();

        /** dlogits = dy times the loss's gradient. */
        void back(double dy, INDArray dlogits);
    }

    /** Of each column. */
    record Moments(double[] mean, double[] variance) {}

    /** The numbers of one AdamW step; the corrections are 1 − βᵗ. */
    record AdamStep(
            double shrink,
            double beta1,
            double beta2,
            double correction1,
            double correction2,
            double epsilon,
            double rate,
            double decay) {}
}
