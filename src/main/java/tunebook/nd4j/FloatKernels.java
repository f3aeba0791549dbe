package tunebook.nd4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.Attention;
import tunebook.core.Sequences;
import tunebook.core.Window;

/**
 * Kernels for float on the CPU: products by OpenBLAS, loops in Java over blocks that stay in the
 * cache.
 */
final class FloatKernels extends FloatActivations {
    private final FloatProducts products;
    private final FloatConvolution convolutions;

    FloatKernels(int threads) {
        super(new Rowwise(new Crew(threads)));
        this.products = new FloatProducts(rowwise);
        this.convolutions = new FloatConvolution(rowwise);
    }

    @Override
    public Crew crew() {
        return rowwise.crew();
    }

    @Override
    public void product(
            INDArray a,
            boolean transposeA,
            INDArray b,
            boolean transposeB,
            INDArray out,
            boolean add) {
        products.of(a, transposeA, b, transposeB, out, add);
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
            Attention site,
            Spare spare,
            INDArray out) {
        return FloatAttention.forward(rowwise, q, k, v, queries, keys, site, spare, out);
    }

    @Override
    public Loss crossEntropy(INDArray logits, int[] labels, double[] shares) {
        return new FloatCrossEntropy(rowwise, logits, labels, shares);
    }

    @Override
    public void patches(INDArray x, Window window, INDArray out) {
        FloatWindows.patches(rowwise, x, window, out);
    }

    @Override
    public void patchesGrad(INDArray dy, Window window, INDArray dx) {
        FloatWindows.patchesGrad(rowwise, dy, window, dx);
    }

    @Override
    public void convolution(INDArray x, Window window, INDArray w, INDArray out, boolean add) {
        convolutions.forward(x, window, w, out, add);
    }

    @Override
    public void convolutionGrad(INDArray dy, Window window, INDArray w, INDArray dx) {
        convolutions.backToPixels(dy, window, w, dx);
    }

    @Override
    public void convolutionWeightGrad(INDArray x, INDArray dy, Window window, INDArray sum) {
        if (convolutions.backToWeight(x, dy, window, sum)) return;
        INDArray seen =
                Nd4j.createUninitialized(
                        sum.dataType(), dy.size(0), window.positions() * x.size(1));
        patches(x, window, seen);
        product(dy, true, seen, false, sum, true);
    }

    @Override
    public void close() {
        convolutions.close();
        crew().close();
    }

    @Override
    public void maxPool(INDArray x, Window window, INDArray out) {
        FloatWindows.maxPool(rowwise, x, window, out);
    }

    @Override
    public void maxPoolGrad(INDArray x, INDArray dy, Window window, INDArray dx) {
        FloatWindows.maxPoolGrad(rowwise, x, dy, window, dx);
    }

    @Override
    public void averagePool(INDArray x, Window window, boolean countPadding, INDArray out) {
        FloatWindows.averagePool(rowwise, x, window, countPadding, out);
    }

    @Override
    public void averagePoolGrad(INDArray dy, Window window, boolean countPadding, INDArray dx) {
        FloatWindows.averagePoolGrad(rowwise, dy, window, countPadding, dx);
    }

    @Override
    public Moments moments(INDArray x) {
        return FloatColumns.moments(rowwise, x);
    }

    @Override
    public void standardize(
            INDArray x, double[] mean, double[] scale, double[] shift, INDArray out) {
        FloatColumns.standardize(rowwise, x, mean, scale, shift, out);
    }

    @Override
    public double[][] sums(INDArray dy, INDArray x, double[] mean) {
        return FloatColumns.sums(rowwise, dy, x, mean);
    }

    @Override
    public void standardizeGrad(
            INDArray dy,
            INDArray x,
            double[] mean,
            double[] a,
            double[] b,
            double[] c,
            INDArray dx) {
        FloatColumns.standardizeGrad(rowwise, dy, x, mean, new double[][] {a, b, c}, dx);
    }
}
