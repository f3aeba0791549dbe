package tunebook.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Activations of floats and their ways back, element by element. */
abstract class FloatActivations extends FloatBlocks {
    /** Times this twice, the smallest float is more than 1. */
    private static final float HUGE = 1e30f;

    FloatActivations(Rowwise rowwise) {
        super(rowwise);
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
                    // 1 above 0 and 0 at 0, without a branch: own is never below
                    for (int i = 0; i < n; i++) block[i] *= Math.min(1, own[i] * HUGE * HUGE);
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
}
