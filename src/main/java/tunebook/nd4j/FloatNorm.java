package tunebook.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Layer norm in Java, one pass a row; keeps mean and deviation of each row for the way back. */
final class FloatNorm {
    private FloatNorm() {}

    static Kernels.NormGrad forward(
            Rowwise rowwise, INDArray x, float[] gain, float[] bias, double epsilon, INDArray out) {
        int width = gain.length;
        int rows = (int) (x.length() / width);
        FloatBuffer in = Memory.floats(x);
        FloatBuffer to = Memory.floats(out);
        float[] means = new float[rows];
        float[] inverses = new float[rows];
        rowwise.each(
                rows,
                width,
                (s, from, end) -> {
                    float[] row = new float[width];
                    for (int r = from; r < end; r++) {
                        in.get(r * width, row);
                        float mean = (float) (FloatMath.sum(row, width) / width);
                        for (int j = 0; j < width; j++) row[j] -= mean;
                        float inverse =
                                (float)
                                        (1
                                                / Math.sqrt(
                                                        FloatMath.dot(row, row, width) / width
                                                                + epsilon));
                        for (int j = 0; j < width; j++)
                            row[j] = row[j] * inverse * gain[j] + bias[j];
                        to.put(r * width, row);
                        means[r] = mean;
                        inverses[r] = inverse;
                    }
                });
        return (dy, dx, gainGrad, biasGrad) ->
                backward(rowwise, x, gain, means, inverses, dy, dx, gainGrad, biasGrad);
    }

    private static void backward(
            Rowwise rowwise,
            INDArray x,
            float[] gain,
            float[] means,
            float[] inverses,
            INDArray dy,
            INDArray dx,
            INDArray gainGrad,
            INDArray biasGrad) {
        int width = gain.length;
        int rows = means.length;
        FloatBuffer in = Memory.floats(x);
        FloatBuffer up = Memory.floats(dy);
        FloatBuffer down = dx == null ? null : Memory.floats(dx);
        int stretches = Rowwise.stretches(rows, width);
        float[][] gains = new float[stretches][width];
        float[][] biases = new float[stretches][width];
        rowwise.each(
                rows,
                width,
                (s, from, end) -> {
                    float[] normal = new float[width];
                    float[] d = new float[width];
                    float[] gainPart = gains[s];
                    float[] biasPart = biases[s];
                    for (int r = from; r < end; r++) {
                        in.get(r * width, normal);
                        up.get(r * width, d);
                        float mean = means[r];
                        float inverse = inverses[r];
                        for (int j = 0; j < width; j++) normal[j] = (normal[j] - mean) * inverse;
                        for (int j = 0; j < width; j++) gainPart[j] += d[j] * normal[j];
                        for (int j = 0; j < width; j++) biasPart[j] += d[j];
                        if (down == null) continue;
                        for (int j = 0; j < width; j++) d[j] *= gain[j];
                        float dMean = (float) (FloatMath.sum(d, width) / width);
                        float dNormal = FloatMath.dot(d, normal, width) / width;
                        for (int j = 0; j < width; j++)
                            d[j] = (d[j] - dMean - normal[j] * dNormal) * inverse;
                        down.put(r * width, d);
                    }
                });
        if (gainGrad != null) FloatKernels.addParts(gains, gainGrad);
        if (biasGrad != null) FloatKernels.addParts(biases, biasGrad);
    }
}
