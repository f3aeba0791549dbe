package tunebook.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Statistics of float columns in Java: sums of some tens of numbers in float, of those in double.
 * Several rows are taken as one wide one, so that the loops are long enough for vector
 * instructions; blocks of them stay in a core's first cache.
 */
final class FloatColumns {
    private static final int WIDE = 1024;

    private FloatColumns() {}

    /** How many numbers are taken at once: a whole number of rows. */
    private static int wide(int width) {
        return width * Math.max(1, WIDE / width);
    }

    private static float[] repeated(float[] values) {
        float[] wide = new float[wide(values.length)];
        for (int i = 0; i < wide.length; i++) wide[i] = values[i % values.length];
        return wide;
    }

    private static float[] repeated(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) floats[i] = (float) values[i];
        return repeated(floats);
    }

    /** Sums of a wide row's parts, by column. */
    private static double[] folded(float[] wide, int width) {
        double[] sums = new double[width];
        for (int i = 0; i < wide.length; i++) sums[i % width] += wide[i];
        return sums;
    }

    private interface Stretch {
        /** The stretch's number, its first element, the element after its last. */
        void run(int stretch, int from, int end);
    }

    private static void stretches(Rowwise rowwise, INDArray x, int width, Stretch loop) {
        rowwise.each(
                (int) x.size(0), width, (s, from, end) -> loop.run(s, from * width, end * width));
    }

    private interface Block {
        /** Where the block's numbers begin, and how many there are. */
        void run(int at, int n);
    }

    /** Reads elements a block at a time. */
    private static void read(FloatBuffer in, int from, int end, float[] block, Block loop) {
        for (int at = from; at < end; at += block.length) {
            int n = Math.min(block.length, end - at);
            in.get(at, block, 0, n);
            loop.run(at, n);
        }
    }

    /** Mean and squares about it of each stretch, then joined in order. Chan et al. 1979. */
    static Kernels.Moments moments(Rowwise rowwise, INDArray x) {
        int width = (int) x.size(1);
        int rows = (int) x.size(0);
        double[][] means = new double[Rowwise.stretches(rows, width)][];
        double[][] squares = new double[means.length][];
        int[] counts = new int[means.length];
        FloatBuffer in = Memory.floats(x);
        stretches(
                rowwise,
                x,
                width,
                (s, from, end) -> {
                    counts[s] = (end - from) / width;
                    float[] block = new float[wide(width)];
                    float[] sum = new float[block.length];
                    float[] row = new float[width];
                    in.get(from, row);
                    // sums of what is far from zero lose nothing about some row
                    float[] near = repeated(row);
                    read(
                            in,
                            from,
                            end,
                            block,
                            (at, n) -> {
                                for (int j = 0; j < n; j++) sum[j] += block[j] - near[j];
                            });
                    means[s] = folded(sum, width);
                    for (int j = 0; j < width; j++) means[s][j] = row[j] + means[s][j] / counts[s];
                    float[] mean = repeated(means[s]);
                    float[] square = new float[block.length];
                    read(
                            in,
                            from,
                            end,
                            block,
                            (at, n) -> {
                                for (int j = 0; j < n; j++) {
                                    float d = block[j] - mean[j];
                                    square[j] += d * d;
                                }
                            });
                    squares[s] = folded(square, width);
                });
        return joined(means, squares, counts);
    }

    private static Kernels.Moments joined(double[][] means, double[][] squares, int[] counts) {
        int width = means[0].length;
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
        for (int j = 0; j < width; j++) square[j] /= count;
        return new Kernels.Moments(mean, square);
    }

    static void standardize(
            Rowwise rowwise,
            INDArray x,
            double[] mean,
            double[] scale,
            double[] shift,
            INDArray out) {
        FloatBuffer in = Memory.floats(x);
        FloatBuffer to = Memory.floats(out);
        float[] m = repeated(mean);
        float[] f = repeated(scale);
        float[] b = repeated(shift);
        stretches(
                rowwise,
                x,
                mean.length,
                (s, from, end) -> {
                    float[] block = new float[m.length];
                    read(
                            in,
                            from,
                            end,
                            block,
                            (at, n) -> {
                                for (int j = 0; j < n; j++)
                                    block[j] = (block[j] - m[j]) * f[j] + b[j];
                                to.put(at, block, 0, n);
                            });
                });
    }

    static double[][] sums(Rowwise rowwise, INDArray dy, INDArray x, double[] mean) {
        int width = mean.length;
        FloatBuffer in = Memory.floats(x);
        FloatBuffer up = Memory.floats(dy);
        float[] m = repeated(mean);
        double[][][] parts = new double[Rowwise.stretches((int) x.size(0), width)][][];
        stretches(
                rowwise,
                x,
                width,
                (s, from, end) -> {
                    float[] block = new float[m.length];
                    float[] d = new float[m.length];
                    float[] plain = new float[m.length];
                    float[] centred = new float[m.length];
                    read(
                            in,
                            from,
                            end,
                            block,
                            (at, n) -> {
                                up.get(at, d, 0, n);
                                for (int j = 0; j < n; j++) plain[j] += d[j];
                                for (int j = 0; j < n; j++) centred[j] += d[j] * (block[j] - m[j]);
                            });
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
        FloatBuffer in = Memory.floats(x);
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
                (s, from, end) -> {
                    float[] block = new float[m.length];
                    float[] d = new float[m.length];
                    read(
                            in,
                            from,
                            end,
                            block,
                            (at, n) -> {
                                up.get(at, d, 0, n);
                                for (int j = 0; j < n; j++)
                                    d[j] = d[j] * a[j] + (block[j] - m[j]) * b[j] + c[j];
                                to.put(at, d, 0, n);
                            });
                });
    }
}
