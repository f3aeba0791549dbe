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
    public void zero(INDArray flat, Stretches which) {
        FloatBuffer to = Memory.floats(flat);
        float[] zeros = new float[BLOCK];
        each(
                which.cut(BLOCK),
                (pieces, first, end) -> {
                    for (int i = first; i < end; i++)
                        to.put((int) pieces.from(i), zeros, 0, pieces.length(i));
                });
    }

    @Override
    public void scale(INDArray x, double factor, INDArray out) {
        blocks(x, out, 0, times(factor));
    }

    @Override
    public void shrink(INDArray flat, Stretches which, double factor) {
        blocks(flat, flat, which, 0, times(factor));
    }

    private static BlockLoop times(double factor) {
        float f = (float) factor;
        return (at, block, more, n) -> {
            for (int i = 0; i < n; i++) block[i] *= f;
        };
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
    public double squares(INDArray flat, Stretches which) {
        FloatBuffer from = Memory.floats(flat);
        Stretches all = which.cut(BLOCK);
        double[] parts = new double[all.count()];
        each(
                all,
                (pieces, first, end) -> {
                    float[] block = new float[BLOCK];
                    for (int i = first; i < end; i++) {
                        int n = pieces.length(i);
                        from.get((int) pieces.from(i), block, 0, n);
                        parts[i] = FloatMath.dot(block, block, n);
                    }
                });
        double sum = 0;
        for (double part : parts) sum += part;
        return sum;
    }

    @Override
    public void adam(
            INDArray w, INDArray g, INDArray m, INDArray v, Stretches which, AdamStep step) {
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
                which,
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
        blocks(in, out, Stretches.of(0, in.length()), more, loop);
    }

    private void blocks(INDArray in, INDArray out, Stretches which, int more, BlockLoop loop) {
        FloatBuffer from = Memory.floats(in);
        FloatBuffer to = Memory.floats(out);
        each(
                which.cut(BLOCK),
                (pieces, first, end) -> {
                    float[] block = new float[BLOCK];
                    float[][] own = new float[more][BLOCK];
                    for (int i = first; i < end; i++) {
                        int at = (int) pieces.from(i);
                        int n = pieces.length(i);
                        from.get(at, block, 0, n);
                        loop.run(at, block, own, n);
                        to.put(at, block, 0, n);
                    }
                });
    }

    /** As many pieces together as make it worth to share them. */
    private void each(Stretches pieces, PieceLoop loop) {
        if (pieces.count() == 0) return;
        int length = (int) (pieces.size() / pieces.count());
        rowwise.each(pieces.count(), length, (s, first, end) -> loop.run(pieces, first, end));
    }

    private interface PieceLoop {
        void run(Stretches pieces, int first, int end);
    }

    interface BlockLoop {
        void run(int at, float[] block, float[][] more, int n);
    }
}
