package tunebook.nd4j;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Sequences;

/**
 * Kernels for float on the CPU: products by OpenBLAS, loops in Java over blocks that stay in the
 * cache.
 */
final class FloatKernels implements Kernels {
    private static final int BLOCK = 4096;

    /** Rows: a multiple of the 4, 6, 8, 12 or 16 that OpenBLAS's kernels take at once. */
    private static final int CUT = 48;

    private final int threads;
    private final Rowwise rowwise;

    FloatKernels(int threads) {
        this.threads = threads;
        this.rowwise = new Rowwise(threads);
    }

    /**
     * Rows are cut into one stretch a thread, each a single-threaded call: OpenBLAS's own threads
     * wait for each other by spinning, which on a busy machine costs more than the product. Cuts at
     * multiples of what OpenBLAS computes at once leave every element to the same instructions, so
     * the bits do not depend on the threads.
     */
    @Override
    public void product(
            INDArray a,
            boolean transposeA,
            INDArray b,
            boolean transposeB,
            INDArray out,
            boolean add) {
        int m = (int) out.size(0);
        int n = (int) out.size(1);
        int k = (int) a.size(transposeA ? 0 : 1);
        int strideA = (int) a.size(1);
        int strideB = (int) b.size(1);
        int stretch = (m + CUT * threads - 1) / (CUT * threads) * CUT;
        FloatPointer left = Memory.pointer(a);
        FloatPointer right = Memory.pointer(b);
        FloatPointer to = Memory.pointer(out);
        rowwise.each(
                (m + stretch - 1) / stretch,
                s -> {
                    long row = (long) s * stretch;
                    cblas_sgemm(
                            CblasRowMajor,
                            transposeA ? CblasTrans : CblasNoTrans,
                            transposeB ? CblasTrans : CblasNoTrans,
                            (int) Math.min(stretch, m - row),
                            n,
                            k,
                            1,
                            left.getPointer(transposeA ? row : row * strideA),
                            strideA,
                            right,
                            strideB,
                            add ? 1 : 0,
                            to.getPointer(row * n),
                            n);
                });
    }

    @Override
    public void spread(INDArray row, INDArray out, boolean add) {
        int width = (int) row.length();
        FloatBuffer to = Memory.floats(out);
        float[] values = values(row);
        rowwise.each(
                (int) (out.length() / width),
                width,
                (s, from, end) -> {
                    float[] block = new float[width];
                    for (int r = from; r < end; r++) {
                        if (!add) {
                            to.put(r * width, values);
                            continue;
                        }
                        to.get(r * width, block);
                        for (int j = 0; j < width; j++) block[j] += values[j];
                        to.put(r * width, block);
                    }
                });
    }

    @Override
    public void sumRows(INDArray x, INDArray sum) {
        int width = (int) sum.length();
        int rows = (int) (x.length() / width);
        FloatBuffer from = Memory.floats(x);
        float[][] parts = new float[Rowwise.stretches(rows, width)][width];
        rowwise.each(
                rows,
                width,
                (s, first, end) -> {
                    float[] block = new float[width];
                    for (int r = first; r < end; r++) {
                        from.get(r * width, block);
                        for (int j = 0; j < width; j++) parts[s][j] += block[j];
                    }
                });
        addParts(parts, sum);
    }

    static void addParts(float[][] parts, INDArray sum) {
        float[] total = values(sum);
        for (float[] part : parts) for (int j = 0; j < total.length; j++) total[j] += part[j];
        Memory.floats(sum).put(total);
    }

    private static float[] values(INDArray array) {
        float[] values = new float[(int) array.length()];
        Memory.floats(array).get(values);
        return values;
    }

    @Override
    public void add(INDArray a, INDArray b, INDArray out) {
        FloatBuffer second = Memory.floats(b);
        blocks(
                a,
                out,
                1,
                (at, x, more, n) -> {
                    float[] y = more[0];
                    second.get(at, y, 0, n);
                    for (int i = 0; i < n; i++) x[i] += y[i];
                });
    }

    @Override
    public void scaleColumns(INDArray x, INDArray factors, INDArray out) {
        int width = (int) factors.length();
        FloatBuffer from = Memory.floats(x);
        FloatBuffer to = Memory.floats(out);
        float[] by = values(factors);
        rowwise.each(
                (int) (x.length() / width),
                width,
                (s, first, end) -> {
                    float[] row = new float[width];
                    for (int r = first; r < end; r++) {
                        from.get(r * width, row);
                        for (int j = 0; j < width; j++) row[j] *= by[j];
                        to.put(r * width, row);
                    }
                });
    }

    @Override
    public void overRowNorms(INDArray a, INDArray b, INDArray out) {
        int width = (int) b.size(1);
        FloatBuffer rows = Memory.floats(b);
        float[] quotients = values(a);
        rowwise.each(
                quotients.length,
                width,
                (s, first, end) -> {
                    float[] row = new float[width];
                    for (int r = first; r < end; r++) {
                        rows.get(r * width, row);
                        double sum = 0;
                        for (float x : row) sum += (double) x * x;
                        quotients[r] /= (float) Math.sqrt(sum);
                    }
                });
        Memory.floats(out).put(quotients);
    }

    @Override
    public void gelu(INDArray x, INDArray out) {
        blocks(
                x,
                out,
                1,
                (at, block, more, n) -> {
                    float[] phi = more[0];
                    FloatMath.normalDistribution(block, phi, n);
                    for (int i = 0; i < n; i++) block[i] *= phi[i];
                });
    }

    @Override
    public void geluGrad(INDArray x, INDArray dy, INDArray dx) {
        FloatBuffer up = Memory.floats(dy);
        blocks(
                x,
                dx,
                2,
                (at, block, more, n) -> {
                    float[] phi = more[0];
                    float[] density = more[1];
                    FloatMath.normalDistribution(block, phi, n);
                    for (int i = 0; i < n; i++) density[i] = -0.5f * block[i] * block[i];
                    FloatMath.exp(density, n);
                    for (int i = 0; i < n; i++) phi[i] += block[i] * density[i] * 0.3989423f;
                    up.get(at, block, 0, n);
                    for (int i = 0; i < n; i++) block[i] *= phi[i];
                });
    }

    @Override
    public void dropout(INDArray x, Mask mask, INDArray out) {
        blocks(
                x,
                out,
                1,
                (at, block, more, n) -> {
                    float[] factors = more[0];
                    mask.factors(at, factors, n);
                    for (int i = 0; i < n; i++) block[i] *= factors[i];
                });
    }

    /**
     * Runs over in, a block at a time, and writes what the loop leaves in its block to out.
     *
     * @param more blocks for the loop's own use; what they hold at first is undefined
     */
    private void blocks(INDArray in, INDArray out, int more, BlockLoop loop) {
        FloatBuffer from = Memory.floats(in);
        FloatBuffer to = Memory.floats(out);
        int length = (int) in.length();
        rowwise.each(
                (length + BLOCK - 1) / BLOCK,
                BLOCK,
                (s, first, end) -> {
                    float[] block = new float[BLOCK];
                    float[][] own = new float[more][BLOCK];
                    for (int b = first; b < end; b++) {
                        int at = b * BLOCK;
                        int n = Math.min(BLOCK, length - at);
                        from.get(at, block, 0, n);
                        loop.run(at, block, own, n);
                        to.put(at, block, 0, n);
                    }
                });
    }

    private interface BlockLoop {
        void run(int at, float[] block, float[][] more, int n);
    }

    @Override
    public NormGrad norm(INDArray x, INDArray gain, INDArray bias, double epsilon, INDArray out) {
        return FloatNorm.forward(rowwise, x, values(gain), values(bias), epsilon, out);
    }

    @Override
    public AttentionGrad attention(
            INDArray q,
            INDArray k,
            INDArray v,
            Sequences queries,
            Sequences keys,
            int heads,
            INDArray out) {
        return FloatAttention.forward(rowwise, q, k, v, queries, keys, heads, out);
    }

    @Override
    public Loss crossEntropy(INDArray logits, int[] labels, double[] shares) {
        return new FloatCrossEntropy(rowwise, logits, labels, shares);
    }

    @Override
    public double squares(INDArray x) {
        FloatBuffer from = Memory.floats(x);
        int length = (int) x.length();
        int blocks = (length + BLOCK - 1) / BLOCK;
        double[] parts = new double[blocks];
        rowwise.each(
                blocks,
                BLOCK,
                (s, first, end) -> {
                    float[] block = new float[BLOCK];
                    for (int b = first; b < end; b++) {
                        int n = Math.min(BLOCK, length - b * BLOCK);
                        from.get(b * BLOCK, block, 0, n);
                        parts[b] = FloatMath.dot(block, block, n);
                    }
                });
        double sum = 0;
        for (double part : parts) sum += part;
        return sum;
    }

    @Override
    public void adam(INDArray w, INDArray g, INDArray m, INDArray v, AdamStep step) {
        FloatBuffer gradients = Memory.floats(g);
        FloatBuffer means = Memory.floats(m);
        FloatBuffer squares = Memory.floats(v);
        float shrink = (float) step.shrink();
        float beta1 = (float) step.beta1();
        float beta2 = (float) step.beta2();
        float rest1 = (float) (1 - step.beta1());
        float rest2 = (float) (1 - step.beta2());
        float rate = (float) (step.rate() / step.correction1());
        float root = (float) (1 / Math.sqrt(step.correction2()));
        float epsilon = (float) step.epsilon();
        float keep = (float) (1 - step.rate() * step.decay());
        blocks(
                w,
                w,
                3,
                (at, weights, more, n) -> {
                    float[] gradient = more[0];
                    float[] mean = more[1];
                    float[] square = more[2];
                    gradients.get(at, gradient, 0, n);
                    means.get(at, mean, 0, n);
                    squares.get(at, square, 0, n);
                    for (int i = 0; i < n; i++) gradient[i] *= shrink;
                    for (int i = 0; i < n; i++) mean[i] = beta1 * mean[i] + rest1 * gradient[i];
                    for (int i = 0; i < n; i++)
                        square[i] = beta2 * square[i] + rest2 * gradient[i] * gradient[i];
                    for (int i = 0; i < n; i++) {
                        weights[i] =
                                keep * weights[i]
                                        - rate
                                                * mean[i]
                                                / ((float) Math.sqrt(square[i]) * root + epsilon);
                    }
                    means.put(at, mean, 0, n);
                    squares.put(at, square, 0, n);
                });
    }
}
