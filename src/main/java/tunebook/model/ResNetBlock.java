package tunebook.model;

import java.util.List;
import tunebook.core.Ops;
import tunebook.core.Window;

/**
 * One residual block: relu(branch(x) + shortcut(x)).
 *
 * @param model whose block it is
 * @param name before its sites' names
 * @param height of the images that come in
 * @param width of the images that come in
 * @param in channels that come in
 * @param inner channels of its convolutions
 * @param stride 2 where it halves the images
 */
record ResNetBlock(
        ResNet model, String name, int height, int width, int in, int inner, int stride) {
    /** Block {@code i}, or what would come after the last one. */
    static ResNetBlock before(ResNet model, int i) {
        boolean small = model.form() == ResNet.Form.CIFAR;
        int times = small ? 0 : 2;
        int height = halved(model.image().height(), times);
        int width = halved(model.image().width(), times);
        int in = model.widths().get(0);
        int index = 0;
        for (int stage = 0; stage < model.depths().size(); stage++) {
            int inner = model.widths().get(stage);
            for (int j = 0; j < model.depths().get(stage); j++, index++) {
                int stride = stage > 0 && j == 0 ? 2 : 1;
                String name = "layer" + (stage + 1) + "." + j + ".";
                if (index == i)
                    return new ResNetBlock(model, name, height, width, in, inner, stride);
                height = halved(height, stride - 1);
                width = halved(width, stride - 1);
                in = inner * model.form().expansion;
            }
        }
        return new ResNetBlock(model, "", height, width, in, 0, 1);
    }

    /** Sizes after so many strides of 2 over windows whose padding is half their size. */
    private static int halved(int size, int times) {
        int halved = size;
        for (int i = 0; i < times; i++) halved = (halved + 1) / 2;
        return halved;
    }

    private int out() {
        return inner * model.form().expansion;
    }

    /** The block's result. x [images·height·width, in] */
    <T> T run(Ops<T> ops, T x) {
        return ops.relu(ops.addInto(branch(ops, x), shortcut(ops, x)));
    }

    private <T> T branch(Ops<T> ops, T x) {
        if (model.form() != ResNet.Form.BOTTLENECK) {
            T h = ops.relu(step(ops, x, 1, in, inner, at(3, stride)));
            return step(ops, h, 2, inner, inner, after(3));
        }
        T h = ops.relu(step(ops, x, 1, in, inner, at(1, 1)));
        h = ops.relu(step(ops, h, 2, inner, inner, at(3, stride)));
        return step(ops, h, 3, inner, out(), after(1));
    }

    /** Convolution and norm of this number. */
    private <T> T step(Ops<T> ops, T x, int number, int from, int to, Window window) {
        T y = model.convolution(ops, x, name + "conv" + number, window, from, to);
        return ops.batchNorm(y, model.norm(name + "bn" + number, to));
    }

    /** A window over what comes in. */
    private Window at(int kernel, int by) {
        return Window.of(height, width, kernel, by, kernel / 2);
    }

    /** A window over what comes out. */
    private Window after(int kernel) {
        return Window.of(
                halved(height, stride - 1), halved(width, stride - 1), kernel, 1, kernel / 2);
    }

    private <T> T shortcut(Ops<T> ops, T x) {
        if (stride == 1 && in == out()) return x;
        if (model.form() == ResNet.Form.CIFAR) return widened(ops, ops.patches(x, at(1, stride)));
        String at = name + "downsample.";
        T y = model.convolution(ops, x, at + "0", at(1, stride), in, out());
        return ops.batchNorm(y, model.norm(at + "1", out()));
    }

    /** As many zero channels on either side. */
    private <T> T widened(Ops<T> ops, T x) {
        int more = (out() - in) / 2;
        if (more == 0) return x;
        T wide = x;
        // zeros are columns times 0, as many at once as there are
        for (int left = more; left > 0; left -= in) {
            T zeros = ops.scale(ops.columns(x, 0, Math.min(left, in)), 0);
            wide = ops.join(List.of(zeros, wide, zeros));
        }
        return wide;
    }
}
