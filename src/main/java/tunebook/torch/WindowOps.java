package tunebook.torch;

import java.util.Optional;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import tunebook.core.Asked;
import tunebook.core.BatchNorm;
import tunebook.core.Linear;
import tunebook.core.Weight;
import tunebook.core.Window;

/** The operations of image models: rows are pixels here and planes of channels to libtorch. */
abstract class WindowOps extends RowOps {
    private static final long[] NONE = {0, 0};

    WindowOps(Slots slots, Place place, Asked asked, Optional<Generator> dropout) {
        super(slots, place, asked, dropout);
    }

    @Override
    public Value patches(Value x, Window window) {
        window.images("patches", x.rows());
        return Value.seen(
                new Value.Seen(x.tensor(), window),
                () -> laidOut(planes(x.tensor(), window, 0), window));
    }

    /** [images, channels, height, width], padded all round. */
    private static Tensor planes(Tensor rows, Window window, double padding) {
        Window.Axis v = window.vertical();
        Window.Axis h = window.horizontal();
        Tensor planes = rows.reshape(-1, v.size(), h.size(), rows.size(1)).permute(0, 3, 1, 2);
        boolean padded = v.before() + v.after() + h.before() + h.after() > 0;
        if (!padded) return planes;
        long[] around = {h.before(), h.after(), v.before(), v.after()};
        return torch.constant_pad_nd(planes, around, new Scalar(padding));
    }

    /** [images, channels, height, width] → [images · height · width, channels] */
    private static Tensor rows(Tensor planes) {
        return planes.permute(0, 2, 3, 1).reshape(-1, planes.size(1));
    }

    private static Tensor laidOut(Tensor padded, Window window) {
        long images = padded.size(0);
        long channels = padded.size(1);
        return torch.im2col(padded, kernel(window), dilation(window), NONE, stride(window))
                .reshape(images, channels, window.positions(), window.windows())
                .permute(0, 3, 2, 1)
                .reshape(images * window.windows(), window.positions() * channels);
    }

    private static long[] kernel(Window window) {
        return new long[] {window.vertical().kernel(), window.horizontal().kernel()};
    }

    private static long[] stride(Window window) {
        return new long[] {window.vertical().stride(), window.horizontal().stride()};
    }

    private static long[] dilation(Window window) {
        return new long[] {window.vertical().dilation(), window.horizontal().dilation()};
    }

    /** A product with what windows see: a convolution. */
    final Value convolution(Value.Seen seen, Linear site) {
        Window window = seen.window();
        long channels = seen.of().size(1);
        long[] kernel = kernel(window);
        Tensor weight =
                slots.factor(site.weight())
                        .reshape(site.out(), kernel[0], kernel[1], channels)
                        .permute(0, 3, 1, 2);
        TensorOptional bias =
                site.bias() == null
                        ? new TensorOptional()
                        : new TensorOptional(slots.value(site.bias()));
        return Value.of(
                rows(
                        torch.conv2d(
                                planes(seen.of(), window, 0),
                                weight,
                                bias,
                                stride(window),
                                NONE,
                                dilation(window),
                                1)));
    }

    @Override
    public Value maxPool(Value x, Window window) {
        window.images("maxPool", x.rows());
        window.needsPixels("maxPool");
        Tensor planes = planes(x.tensor(), window, Double.NEGATIVE_INFINITY);
        return Value.of(
                rows(
                        torch.max_pool2d(
                                planes,
                                kernel(window),
                                stride(window),
                                NONE,
                                dilation(window),
                                false)));
    }

    @Override
    public Value averagePool(Value x, Window window, boolean countPadding) {
        long images = window.images("averagePool", x.rows());
        window.needsPixels("averagePool");
        double[] shares = window.shares(countPadding);
        Tensor sums =
                laidOut(planes(x.tensor(), window, 0), window)
                        .reshape(images, window.windows(), window.positions(), x.width())
                        .sum(2);
        return Value.of(sums.mul(place.upload(shares, 1, shares.length, 1)).reshape(-1, x.width()));
    }

    @Override
    public Value batchNorm(Value x, BatchNorm site) {
        boolean batchwise = slots.learns(site.decides());
        Tensor rows = place.exact(x.tensor());
        Tensor mean = batchwise ? rows.mean(0) : slots.value(site.running().mean());
        Tensor centred = rows.sub(mean);
        Tensor variance =
                batchwise ? centred.mul(centred).mean(0) : slots.value(site.running().variance());
        if (batchwise) follow(site.running(), mean, variance, x.rows());
        Tensor y = centred.mul(variance.add(new Scalar(site.epsilon())).rsqrt());
        if (site.gain() != null) y = y.mul(slots.value(site.gain()));
        return Value.of(site.bias() == null ? y : y.add(slots.value(site.bias())));
    }

    /** A single row has no unbiased variance: then the running one stays. */
    private void follow(BatchNorm.Running running, Tensor mean, Tensor variance, double rows) {
        try (NoGradGuard guard = new NoGradGuard()) {
            move(running.mean(), mean, 1, running.momentum());
            if (!running.unbiased()) move(running.variance(), variance, 1, running.momentum());
            else if (rows > 1)
                move(running.variance(), variance, rows / (rows - 1), running.momentum());
        }
    }

    private void move(Weight weight, Tensor to, double factor, double momentum) {
        slots.running(weight)
                .mul_(new Scalar(1 - momentum))
                .add_(to, new Scalar(momentum * factor));
    }
}
