package tunebook.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Statistics of float columns in Java, sums in double. Several rows are taken as one wide one, so
 * that the loops are long enough for vector instructions.
 */
final class FloatColumns {
    private static final int WIDE = 512;

    private FloatColumns() {}

    /** How many numbers are taken at once: a whole number of rows. */
    private static int wide(int width) {
        return width * Math.max(1, WIDE / width);
    }

    private static float[] repeated(double[] values) {
        float[] wide = new float[wide(values.length)];
        for (int i = 0; i < wide.length; i++) wide[i] = (float) values[i % values.length];
        return wide;
    }

    /** Sums of a wide row's parts, by column. */
    private static double[] folded(double[] wide, int width) {
        double[] sums = new double[width];
        for (int i = 0; i < wide.length; i++) sums[i % width] += wide[i];
        return sums;
    }

    private interface Stretch {
        /** The stretch's number, its first element, its elements. */
        void run(int stretch, int at, float[] block);
    }

    private static void stretches(Rowwise rowwise, INDArray x, int width, Stretch loop) {
        FloatBuffer in = Memory.floats(x);
        rowwise.each(
                (int) x.size(0),
                width,
                (s, from, end) -> {
                    float[] block = new float[(end - from) * width];
                    in.get(from * width, block);
                    loop.run(s, from * width, block);
                });
    }

    /** Mean and squares about it of each stretch, then joined in order. Chan et al. 1979. */
    static Kernels.Moments moments(Rowwise rowwise, INDArray x) {
        int width = (int) x.size(1);
        int rows = (int) x.size(0);
        double[][] means = new double[Rowwise.stretches(rows, width)][];
        double[][] squares = new double[means.length][];
        int[] counts = new int[means.length];
        stretches(
                rowwise,
                x,
                width,
                (s, at, block) -> {
                    counts[s] = block.length / width;
                    double[] sum = new double[wide(width)];
                    for (int i = 0; i < block.length; i += sum.length) {
                        int n = Math.min(sum.length, block.length - i);
                        for (int j = 0; j < n; j++) sum[j] += block[i + j];
                    }
                    means[s] = folded(sum, width);
                    for (int j = 0; j < width; j++) means[s][j] /= counts[s];
                    float[] mean = repeated(means[s]);
                    double[] square = new double[sum.length];
                    for (int i = 0; i < block.length; i += sum.length) {
                        int n = Math.min(sum.length, block.length - i);
                        for (int j = 0; j < n; j++) {
                            float d = block[i + j] - mean[j];
                            square[j] += d * d;
                        }
                    }
                    squares[s] = folded(square, width);
                });
        double[] mean = new double[width];
        double[] square = new double[width];
        double count = 0;
        for (int s = 0; s < means.length; s++) {
            double all = count + counts[s];
            for (int j = 0; j < width; j++) {
                double gap = means[s][j] - mean[j];
                mean[j] += gap * counts[s] / all;
                square[j] += squares[s][j] + gap * gap * count * counts[s] / all;
            }
            count = all;
        }
        for (int j = 0; j < width; j++) square[j] /= rows;
        return new Kernels.Moments(mean, square);
    }

    static void standardize(
            Rowwise rowwise,
            INDArray x,
            double[] mean,
            double[] scale,
            double[] shift,
            INDArray out) {
        FloatBuffer to = Memory.floats(out);
        float[] m = repeated(mean);
        float[] f = repeated(scale);
        float[] b = repeated(shift);
        stretches(
                rowwise,
                x,
                mean.length,
                (s, at, block) -> {
                    for (int i = 0; i < block.length; i += m.length) {
                        int n = Math.min(m.length, block.length - i);
                        for (int j = 0; j < n; j++)
                            block[i + j] = (block[i + j] - m[j]) * f[j] + b[j];
                    }
                    to.put(at, block);
                });
    }

    static double[][] sums(Rowwise rowwise, INDArray dy, INDArray x, double[] mean) {
        int width = mean.length;
        FloatBuffer up = Memory.floats(dy);
        float[] m = repeated(mean);
        double[][][] parts = new double[Rowwise.stretches((int) x.size(0), width)][][];
        stretches(
                rowwise,
                x,
                width,
                (s, at, block) -> {
                    float[] d = new float[block.length];
                    up.get(at, d);
                    double[] plain = new double[m.length];
                    double[] centred = new double[m.length];
                    for (int i = 0; i < block.length; i += m.length) {
                        int n = Math.min(m.length, block.length - i);
                        for (int j = 0; j < n; j++) plain[j] += d[i + j];
                        for (int j = 0; j < n; j++) centred[j] += d[i + j] * (block[i + j] - m[j]);
                    }
                    parts[s] = new double[][] {folded(plain, width), folded(centred, width)};
                });
        double[][] sums = new double[2][width];
        for (double[][] part : parts)
            for (int i = 0; i < 2; i++) for (int j = 0; j < width; j++) sums[i][j] += part[i][j];
        return sums;
    }

    static void standardizeGrad(
            Rowwise rowwise,
            INDArray dy,
            INDArray x,
            double[] mean,
            double[][] factors,
            INDArray dx) {
        FloatBuffer up = Memory.floats(dy);
        FloatBuffer to = Memory.floats(dx);
        float[] m = repeated(mean);
        float[] a = repeated(factors[0]);
        float[] b = repeated(factors[1]);
        float[] c = repeated(factors[2]);
        stretches(
                rowwise,
                x,
                mean.length,
                (s, at, block) -> {
                    float[] d = new float[block.length];
                    up.get(at, d);
                    for (int i = 0; i < block.length; i += m.length) {
                        int n = Math.min(m.length, block.length - i);
                        for (int j = 0; j < n; j++)
                            block[i + j] = d[i + j] * a[j] + (block[i + j] - m[j]) * b[j] + c[j];
                    }
                    to.put(at, block);
                });
    }
}
