package tunebook.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The kernels for float that look at one element at a time: in Java, over blocks that stay in the
 * cache.
 */
abstract class FloatBlocks implements Kernels {
    private static final int BLOCK = 4096;

    final Rowwise rowwise;

    FloatBlocks(Rowwise rowwise) {
        this.rowwise = rowwise;
    }

    @Override
    public void zero(INDArray out) {
        FloatBuffer to = Memory.floats(out);
        float[] zeros = new float[Math.min(BLOCK, to.remaining())];
        while (to.remaining() >= zeros.length && zeros.length > 0) to.put(zeros);
        to.put(zeros, 0, to.remaining());
    }

    @Override
    public void scale(INDArray x, double factor, INDArray out) {
        float f = (float) factor;
        blocks(
                x,
                out,
                0,
                (at, block, more, n) -> {
                    for (int i = 0; i < n; i++) block[i] *= f;
                });
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

    /**
     * Runs over in, a block at a time, and writes what the loop leaves in its block to out.
     *
     * @param more blocks for the loop's own use; what they hold at first is undefined
     */
    final void blocks(INDArray in, INDArray out, int more, BlockLoop loop) {
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

    interface BlockLoop {
        void run(int at, float[] block, float[][] more, int n);
    }
}
