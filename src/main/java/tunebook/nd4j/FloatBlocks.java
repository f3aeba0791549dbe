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
    public void multiply(INDArray a, INDArray b, INDArray out) {
        FloatBuffer second = Memory.floats(b);
        blocks(
                a,
                out,
                1,
                (at, x, more, n) -> {
                    float[] y = more[0];
                    second.get(at, y, 0, n);
                    for (int i = 0; i < n; i++) x[i] *= y[i];
                });
    }

    @Override
    public void relu(INDArray x, INDArray out) {
        blocks(
                x,
                out,
                0,
                (at, block, more, n) -> {
                    for (int i = 0; i < n; i++) block[i] = Math.max(block[i], 0);
                });
    }

    @Override
    public void reluGrad(INDArray y, INDArray dy, INDArray dx) {
        FloatBuffer values = Memory.floats(y);
        blocks(
                dy,
                dx,
                1,
                (at, block, more, n) -> {
                    float[] own = more[0];
                    values.get(at, own, 0, n);
                    for (int i = 0; i < n; i++) block[i] = own[i] > 0 ? block[i] : 0;
                });
    }

    @Override
    public void sigmoid(INDArray x, INDArray out) {
        blocks(
                x,
                out,
                1,
                (at, block, more, n) -> {
                    float[] e = more[0];
                    for (int i = 0; i < n; i++) e[i] = -Math.abs(block[i]);
                    FloatMath.exp(e, n);
                    for (int i = 0; i < n; i++)
                        block[i] = 0.5f + Math.copySign(0.5f * (1 - e[i]) / (1 + e[i]), block[i]);
                });
    }

    @Override
    public void sigmoidGrad(INDArray y, INDArray dy, INDArray dx) {
        FloatBuffer values = Memory.floats(y);
        blocks(
                dy,
                dx,
                1,
                (at, block, more, n) -> {
                    float[] own = more[0];
                    values.get(at, own, 0, n);
                    for (int i = 0; i < n; i++) block[i] *= own[i] * (1 - own[i]);
                });
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
    public void geluTanh(INDArray x, INDArray out) {
        blocks(
                x,
                out,
                1,
                (at, block, more, n) -> {
                    float[] t = more[0];
                    FloatMath.geluCurve(block, t, n);
                    for (int i = 0; i < n; i++) block[i] *= 0.5f * (1 + t[i]);
                });
    }

    @Override
    public void geluTanhGrad(INDArray x, INDArray dy, INDArray dx) {
        FloatBuffer up = Memory.floats(dy);
        blocks(
                x,
                dx,
                2,
                (at, block, more, n) -> {
                    float[] t = more[0];
                    float[] d = more[1];
                    FloatMath.geluCurve(block, t, n);
                    up.get(at, d, 0, n);
                    for (int i = 0; i < n; i++) {
                        float b = block[i];
                        float slope = FloatMath.ROOT * (1 + 3 * FloatMath.CUBE * b * b);
                        block[i] = d[i] * 0.5f * (1 + t[i] + b * (1 - t[i] * t[i]) * slope);
                    }
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
}
