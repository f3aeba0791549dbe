package tunebook.nd4j;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import tunebook.core.Tensor;
import tunebook.core.Window;

/**
 * Kernels of image models: windows as loops on the host, columns in ND4J's operations; any backend,
 * either precision.
 */
abstract class PlainWindows extends PlainFlat {
    @Override
    public void multiply(INDArray a, INDArray b, INDArray out) {
        a.muli(b, out);
    }

    @Override
    public void relu(INDArray x, INDArray out) {
        out.assign(Transforms.relu(x, true));
    }

    @Override
    public void reluGrad(INDArray y, INDArray dy, INDArray dx) {
        dy.muli(y.gt(0).castTo(y.dataType()), dx);
    }

    @Override
    public void sigmoid(INDArray x, INDArray out) {
        out.assign(Transforms.sigmoid(x, true));
    }

    @Override
    public void sigmoidGrad(INDArray y, INDArray dy, INDArray dx) {
        dy.muli(y.rsub(1).muli(y), dx);
    }

    @Override
    public void patches(INDArray x, Window window, INDArray out) {
        images(
                x,
                window.pixels(),
                out,
                (from, at, to, start, width) ->
                        Sliding.each(
                                window,
                                (o, p, k) ->
                                        System.arraycopy(
                                                from,
                                                at + p * width,
                                                to,
                                                start + (o * window.positions() + k) * width,
                                                width)));
    }

    @Override
    public void patchesGrad(INDArray dy, Window window, INDArray dx) {
        int width = (int) dx.size(1);
        images(
                dy,
                window.windows(),
                dx,
                (from, at, to, start, wide) ->
                        Sliding.each(
                                window,
                                (o, p, k) -> {
                                    for (int j = 0; j < width; j++)
                                        to[start + p * width + j] +=
                                                from[at + (o * window.positions() + k) * width + j];
                                }));
    }

    @Override
    public void convolution(INDArray x, Window window, INDArray w, INDArray out, boolean add) {
        product(laidOut(x, window), false, w, true, out, add);
    }

    @Override
    public void convolutionGrad(INDArray dy, Window window, INDArray w, INDArray dx) {
        INDArray seen = Nd4j.createUninitialized(dy.dataType(), dy.size(0), w.size(1));
        product(dy, false, w, false, seen, false);
        patchesGrad(seen, window, dx);
    }

    @Override
    public void convolutionWeightGrad(INDArray x, INDArray dy, Window window, INDArray sum) {
        product(dy, true, laidOut(x, window), false, sum, true);
    }

    private INDArray laidOut(INDArray x, Window window) {
        long images = x.size(0) / window.pixels();
        INDArray seen =
                Nd4j.createUninitialized(
                        x.dataType(), images * window.windows(), window.positions() * x.size(1));
        patches(x, window, seen);
        return seen;
    }

    @Override
    public void maxPool(INDArray x, Window window, INDArray out) {
        images(
                x,
                window.pixels(),
                out,
                (from, at, to, start, width) -> {
                    Arrays.fill(
                            to, start, start + window.windows() * width, Double.NEGATIVE_INFINITY);
                    Sliding.each(
                            window,
                            (o, p, k) -> {
                                for (int j = 0; j < width; j++) {
                                    int y = start + o * width + j;
                                    to[y] = Math.max(to[y], from[at + p * width + j]);
                                }
                            });
                });
    }

    @Override
    public void maxPoolGrad(INDArray x, INDArray dy, Window window, INDArray dx) {
        double[] up = host(dy);
        images(
                x,
                window.pixels(),
                dx,
                (from, at, to, start, width) -> {
                    int size = window.windows() * width;
                    int first = at / (window.pixels() * width) * size;
                    int[] winner = new int[size];
                    Arrays.fill(winner, -1);
                    Sliding.each(
                            window,
                            (o, p, k) -> {
                                for (int j = 0; j < width; j++) {
                                    int y = o * width + j;
                                    int here = p * width + j;
                                    if (winner[y] < 0 || from[at + here] > from[at + winner[y]])
                                        winner[y] = here;
                                }
                            });
                    for (int y = 0; y < size; y++) to[start + winner[y]] += up[first + y];
                });
    }

    @Override
    public void averagePool(INDArray x, Window window, boolean countPadding, INDArray out) {
        double[] shares = window.shares(countPadding);
        images(
                x,
                window.pixels(),
                out,
                (from, at, to, start, width) ->
                        Sliding.each(
                                window,
                                (o, p, k) -> {
                                    for (int j = 0; j < width; j++)
                                        to[start + o * width + j] +=
                                                shares[o] * from[at + p * width + j];
                                }));
    }

    @Override
    public void averagePoolGrad(INDArray dy, Window window, boolean countPadding, INDArray dx) {
        double[] shares = window.shares(countPadding);
        images(
                dy,
                window.windows(),
                dx,
                (from, at, to, start, width) ->
                        Sliding.each(
                                window,
                                (o, p, k) -> {
                                    for (int j = 0; j < width; j++)
                                        to[start + p * width + j] +=
                                                shares[o] * from[at + o * width + j];
                                }));
    }

    private interface Image {
        void turn(double[] from, int at, double[] to, int start, int width);
    }

    /** Each image of in, so many rows, into the same one of out, which begins at zero. */
    private static void images(INDArray in, int rowsIn, INDArray out, Image image) {
        double[] from = host(in);
        double[] to = new double[(int) out.length()];
        int count = (int) in.size(0) / rowsIn;
        for (int i = 0; i < count; i++)
            image.turn(
                    from, i * (from.length / count), to, i * (to.length / count), (int) in.size(1));
        put(to, out);
    }

    private static double[] host(INDArray x) {
        return Memory.download(x).doubles();
    }

    private static void put(double[] values, INDArray out) {
        Memory.put(Tensor.of(values, values.length), out);
    }

    private static INDArray row(double[] values, INDArray like) {
        return Memory.upload(Tensor.of(values, 1, values.length), like.dataType());
    }

    @Override
    public Moments moments(INDArray x) {
        INDArray mean = x.mean(true, 0);
        INDArray centred = x.subRowVector(mean);
        return new Moments(host(mean), host(centred.muli(centred).mean(true, 0)));
    }

    @Override
    public void standardize(
            INDArray x, double[] mean, double[] scale, double[] shift, INDArray out) {
        out.assign(
                x.subRowVector(row(mean, x))
                        .muliRowVector(row(scale, x))
                        .addiRowVector(row(shift, x)));
    }

    @Override
    public double[][] sums(INDArray dy, INDArray x, double[] mean) {
        INDArray centred = x.subRowVector(row(mean, x));
        return new double[][] {host(dy.sum(true, 0)), host(centred.muli(dy).sum(true, 0))};
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
        INDArray centred = x.subRowVector(row(mean, x)).muliRowVector(row(b, x));
        dx.assign(dy.mulRowVector(row(a, x)).addi(centred).addiRowVector(row(c, x)));
    }
}
