package tunebook.dl4j;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import tunebook.core.Window;
import tunebook.dl4j.Assembly.Chain;

/** DL4J's convolution arithmetic as windows. */
final class Windows {
    /** Pixels along one side that a network may speak of. */
    static final int MOST = 1 << 14;

    private Windows() {}

    /**
     * A window and what comes out of it.
     *
     * @param window over what comes in
     * @param form of what comes out, with the channels of what comes in
     */
    record Sliding(Window window, Form form) {}

    static Sliding of(ConvolutionLayer layer, Chain to) {
        expect(layer.getCnn2dDataFormat(), to);
        return of(
                new int[][] {
                    layer.getKernelSize(),
                    layer.getStride(),
                    layer.getDilation(),
                    layer.getPadding()
                },
                layer.getConvolutionMode(),
                to);
    }

    static Sliding of(SubsamplingLayer layer, Chain to) {
        expect(layer.getCnn2dDataFormat(), to);
        return of(
                new int[][] {
                    layer.getKernelSize(),
                    layer.getStride(),
                    layer.getDilation(),
                    layer.getPadding()
                },
                layer.getConvolutionMode(),
                to);
    }

    /**
     * @param sizes kernel, stride, dilation and padding, each of height and width
     */
    private static Sliding of(int[][] sizes, ConvolutionMode mode, Chain to) {
        for (int[] pair : sizes) {
            if (pair == null || pair.length != 2) {
                throw to.refused(
                        "kernel, stride, dilation or padding is " + Arrays.toString(pair),
                        "give two numbers, height and width");
            }
        }
        if (mode == ConvolutionMode.Causal) {
            throw to.refused(
                    "convolution mode Causal is not served", "use Same, Truncate or Strict");
        }
        Form form = to.form();
        return sliding(
                axis(form.height(), sizes, 0, mode, to),
                axis(form.width(), sizes, 1, mode, to),
                form);
    }

    private static Sliding sliding(Window.Axis vertical, Window.Axis horizontal, Form form) {
        return new Sliding(
                new Window(vertical, horizontal), form.sizes(vertical.out(), horizontal.out()));
    }

    /** As in TensorFlow, "same" puts the odd pixel of padding behind. */
    private static Window.Axis axis(int in, int[][] sizes, int i, ConvolutionMode mode, Chain to) {
        int kernel = sizes[0][i];
        int stride = sizes[1][i];
        int dilation = sizes[2][i];
        int padding = sizes[3][i];
        boolean fits =
                IntStream.of(kernel, stride, dilation).allMatch(x -> x >= 1 && x <= MOST)
                        && padding >= 0
                        && padding <= MOST;
        if (!fits) {
            throw to.refused(
                    "kernel "
                            + kernel
                            + ", stride "
                            + stride
                            + ", dilation "
                            + dilation
                            + ", padding "
                            + padding,
                    "give 1 to " + MOST + ", of padding 0 to " + MOST);
        }
        long over = (kernel - 1L) * dilation + 1;
        if (mode == ConvolutionMode.Same) {
            if (in % stride != 0) to.leavesOut();
            int out = (in - 1) / stride + 1;
            int total = Math.toIntExact(Math.max(0, (out - 1L) * stride + over - in));
            return new Window.Axis(in, kernel, stride, dilation, total / 2, total - total / 2);
        }
        long room = in + 2L * padding - over;
        if (room < 0) {
            throw to.refused(
                    "its window covers " + over + " pixels of " + (in + 2L * padding),
                    "give the network larger images");
        }
        if (room % stride != 0) {
            if (mode == ConvolutionMode.Strict) {
                throw to.refused(
                        "mode Strict wants windows without a rest, " + room % stride + " are left",
                        "use Truncate or Same");
            }
            to.leavesOut();
        }
        return new Window.Axis(in, kernel, stride, dilation, padding, padding);
    }

    static Sliding of(ZeroPaddingLayer layer, Chain to) {
        expect(layer.getDataFormat(), to);
        int[] p = layer.getPadding();
        if (p == null || p.length != 4 || Arrays.stream(p).anyMatch(x -> x < 0 || x > MOST)) {
            throw to.refused(
                    "padding is " + Arrays.toString(p), "give top, bottom, left and right");
        }
        Form form = to.form();
        return sliding(
                new Window.Axis(form.height(), 1, 1, 1, p[0], p[1]),
                new Window.Axis(form.width(), 1, 1, 1, p[2], p[3]),
                form);
    }

    /** The whole image, into a vector or into one pixel. */
    static Sliding of(GlobalPoolingLayer layer, Chain to) {
        Form form = to.form();
        image(to);
        boolean first = form.format() == CNN2DFormat.NCHW;
        int[] over = layer.getPoolingDimensions();
        int[] right = first ? new int[] {2, 3} : new int[] {1, 2};
        if (over == null ? !first : !Arrays.equals(over, right)) {
            throw to.refused(
                    "pools over dimensions " + Arrays.toString(over) + " of " + form.format(),
                    "pool over height and width, " + Arrays.toString(right));
        }
        if (!layer.isCollapseDimensions() && !first) {
            throw to.refused("keeps dimensions of NHWC", "set collapseDimensions(true)");
        }
        Window all = Window.whole(form.height(), form.width());
        return new Sliding(
                all,
                layer.isCollapseDimensions() ? Form.vector(form.channels()) : form.sizes(1, 1));
    }

    /** Refuses a layer that reads channels where they are not. */
    static void expect(CNN2DFormat format, Chain to) {
        image(to);
        if (to.form().format() != format) {
            throw to.refused(
                    "reads " + format + " of an activation in " + to.form().format(),
                    "give all layers one data format");
        }
    }

    private static void image(Chain to) {
        if (!to.form().isImage()) {
            throw to.refused(
                    "reads an image and gets a " + to.form(),
                    "say the input's size: setInputType(InputType.convolutional(height, width,"
                            + " channels))");
        }
    }
}
