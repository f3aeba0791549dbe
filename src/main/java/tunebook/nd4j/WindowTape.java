package tunebook.nd4j;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Asked;
import tunebook.core.Batch;
import tunebook.core.BatchNorm;
import tunebook.core.Linear;
import tunebook.core.Tensor;
import tunebook.core.Weight;
import tunebook.core.Window;

/** The operations of image models. */
abstract class WindowTape extends RowTape {
    /**
     * @param dropout generator of dropout masks, or null while not training: then nothing is
     *     remembered
     */
    WindowTape(Slots slots, Kernels kernels, Batch batch, DataType type, SplittableRandom dropout) {
        super(slots, kernels, batch, type, dropout);
    }

    /** Not laid out before somebody asks for it: a product takes a part at a time. */
    @Override
    public Var patches(Var x, Window window) {
        long images = window.images("patches", (int) x.rows());
        long[] shape = {images * window.windows(), window.positions() * x.width()};
        Var out =
                new Var(
                        kernels,
                        spare,
                        shape,
                        () -> {
                            INDArray y = empty(shape);
                            kernels.patches(x.value(), window, y);
                            return y;
                        },
                        remembers(x.needs));
        return record(
                        out,
                        dy ->
                                x.accumulate(
                                        () -> fresh(x, dx -> kernels.patchesGrad(dy, window, dx))))
                .seen(new Var.Seen(x, window));
    }

    /** A product with what windows see: a convolution. */
    Var convolution(Var.Seen seen, Linear site) {
        Var x = seen.of();
        INDArray w = slots.value(site.weight());
        long images = seen.window().images(site.name(), (int) x.rows());
        INDArray y = empty(images * seen.window().windows(), site.out());
        if (site.bias() != null) kernels.spread(slots.value(site.bias()), y, false);
        kernels.convolution(x.value(), seen.window(), w, y, site.bias() != null);
        INDArray wGrad = slots.grad(site.weight());
        INDArray bGrad = site.bias() == null ? null : slots.grad(site.bias());
        return record(
                y,
                x.needs || wGrad != null || bGrad != null,
                dy -> {
                    if (bGrad != null) kernels.sumRows(dy, bGrad);
                    if (wGrad != null)
                        kernels.convolutionWeightGrad(x.value(), dy, seen.window(), wGrad);
                    x.accumulate(
                            () ->
                                    fresh(
                                            x,
                                            dx ->
                                                    kernels.convolutionGrad(
                                                            dy, seen.window(), w, dx)));
                });
    }

    @Override
    public Var maxPool(Var x, Window window) {
        INDArray y = pooled("maxPool", x, window);
        kernels.maxPool(x.value(), window, y);
        return record(
                y,
                x.needs,
                dy ->
                        x.accumulate(
                                () ->
                                        fresh(
                                                x,
                                                dx ->
                                                        kernels.maxPoolGrad(
                                                                x.value(), dy, window, dx))));
    }

    @Override
    public Var averagePool(Var x, Window window, boolean countPadding) {
        INDArray y = pooled("averagePool", x, window);
        kernels.averagePool(x.value(), window, countPadding, y);
        return record(
                y,
                x.needs,
                dy ->
                        x.accumulate(
                                () ->
                                        fresh(
                                                x,
                                                dx ->
                                                        kernels.averagePoolGrad(
                                                                dy, window, countPadding, dx))));
    }

    private INDArray pooled(String where, Var x, Window window) {
        window.needsPixels(where);
        long images = window.images(where, (int) x.rows());
        return empty(images * window.windows(), x.width());
    }

    @Override
    public Var batchNorm(Var x, BatchNorm site) {
        Asked.width(site.name(), x.width(), site.width());
        double[] gain = site.gain() == null ? filled(site, 1) : doubles(site.gain());
        double[] bias = site.bias() == null ? new double[site.width()] : doubles(site.bias());
        return slots.grad(site.decides()) == null
                ? byRunning(x, site, gain, bias)
                : byBatch(x, site, gain, bias);
    }

    /** What only scales and shifts needs nothing of the batch on the way back. */
    private Var byRunning(Var x, BatchNorm site, double[] gain, double[] bias) {
        double[] variance = doubles(site.running().variance());
        double[] scale = new double[gain.length];
        for (int j = 0; j < scale.length; j++)
            scale[j] = gain[j] / Math.sqrt(variance[j] + site.epsilon());
        INDArray y = empty(x.value().shape());
        kernels.standardize(x.value(), doubles(site.running().mean()), scale, bias, y);
        INDArray biasGrad = site.bias() == null ? null : slots.grad(site.bias());
        return record(
                        y,
                        x.needs || biasGrad != null,
                        dy -> {
                            if (biasGrad != null) kernels.sumRows(dy, biasGrad);
                            x.accumulate(
                                    () ->
                                            fresh(
                                                    x,
                                                    dx ->
                                                            kernels.scaleColumns(
                                                                    dy, upload(scale), dx)));
                        })
                .open();
    }

    private Var byBatch(Var x, BatchNorm site, double[] gain, double[] bias) {
        Kernels.Moments batchwise = kernels.moments(x.value());
        double rows = x.value().size(0);
        follow(site, batchwise, rows);
        int width = gain.length;
        double[] inverse = new double[width];
        double[] scale = new double[width];
        for (int j = 0; j < width; j++) {
            inverse[j] = 1 / Math.sqrt(batchwise.variance()[j] + site.epsilon());
            scale[j] = gain[j] * inverse[j];
        }
        INDArray y = empty(x.value().shape());
        kernels.standardize(x.value(), batchwise.mean(), scale, bias, y);
        return record(
                        y,
                        true,
                        dy -> {
                            double[][] sums = kernels.sums(dy, x.value(), batchwise.mean());
                            double[] ofGain = new double[width];
                            double[] b = new double[width];
                            double[] c = new double[width];
                            for (int j = 0; j < width; j++) {
                                ofGain[j] = sums[1][j] * inverse[j];
                                b[j] = -scale[j] * inverse[j] * ofGain[j] / rows;
                                c[j] = -scale[j] * sums[0][j] / rows;
                            }
                            addTo(site.gain(), ofGain);
                            addTo(site.bias(), sums[0]);
                            x.accumulate(
                                    () ->
                                            fresh(
                                                    x,
                                                    dx ->
                                                            kernels.standardizeGrad(
                                                                    dy,
                                                                    x.value(),
                                                                    batchwise.mean(),
                                                                    scale,
                                                                    b,
                                                                    c,
                                                                    dx)));
                        })
                .open();
    }

    /** A single row has no unbiased variance: then the running one stays. */
    private void follow(BatchNorm site, Kernels.Moments batchwise, double rows) {
        BatchNorm.Running running = site.running();
        move(running.mean(), batchwise.mean(), 1, running.momentum());
        if (!running.unbiased())
            move(running.variance(), batchwise.variance(), 1, running.momentum());
        else if (rows > 1)
            move(running.variance(), batchwise.variance(), rows / (rows - 1), running.momentum());
    }

    private void move(Weight weight, double[] to, double factor, double momentum) {
        INDArray running = slots.running(weight);
        double[] values = Memory.download(running).doubles();
        for (int j = 0; j < values.length; j++)
            values[j] = (1 - momentum) * values[j] + momentum * (to[j] * factor);
        Memory.put(Tensor.of(values, values.length), running);
    }

    private void addTo(Weight weight, double[] more) {
        INDArray grad = weight == null ? null : slots.grad(weight);
        if (grad != null) kernels.add(grad, upload(more), grad);
    }

    private INDArray upload(double[] values) {
        return Memory.upload(values, type, values.length);
    }

    private double[] doubles(Weight weight) {
        return Memory.download(slots.value(weight)).doubles();
    }

    private static double[] filled(BatchNorm site, double value) {
        double[] all = new double[site.width()];
        Arrays.fill(all, value);
        return all;
    }
}
