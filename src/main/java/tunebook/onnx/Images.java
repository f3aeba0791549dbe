package tunebook.onnx;

import static tunebook.onnx.Graph.integer;
import static tunebook.onnx.Graph.ints;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import tunebook.core.Tensor;
import tunebook.core.Window;
import tunebook.onnx.Value.Layout;

/** Images with their channels first, and windows that slide over them. */
final class Images {
    private final Graph graph;
    private final Storage storage;
    private final Map<Value, Value> laidOut = new HashMap<>();

    Images(Graph graph, Storage storage) {
        this.graph = graph;
        this.storage = storage;
    }

    /** Whether it is an image of a single pixel. */
    boolean isOnePixel(Value x) {
        return x.is(Layout.IMAGE) && x.height() == 1 && x.across() == 1;
    }

    /** An image of a single pixel as a row. */
    Value one(Value x) {
        return Value.one(graph.node("Flatten", x.name()), x.width());
    }

    /** What windows see laid out, everything else as it is. */
    Value laid(Value x) {
        return x.is(Layout.SEEN) ? laidOut.computeIfAbsent(x, this::layOut) : x;
    }

    /** Values that lie alike: as they do, or as rows. */
    List<Value> alike(List<Value> some) {
        List<Value> laid = some.stream().map(this::laid).toList();
        if (laid.stream().map(Value::layout).distinct().count() == 1) return laid;
        return laid.stream().map(x -> isOnePixel(x) ? one(x) : pixels(x)).toList();
    }

    /** An image of this height and width, however its pixels lie. */
    Value image(Value x, int height, int across) {
        if (x.is(Layout.IMAGE) || x.is(Layout.SEEN)) return laid(x);
        String apart =
                graph.node("Reshape", x.name(), graph.integers(0, height, across, x.width()));
        return Value.image(
                graph.node("Transpose", List.of(ints("perm", 0, 3, 1, 2)), apart),
                x.width(),
                height,
                across);
    }

    /** Pixels one after another, as rows. */
    Value pixels(Value x) {
        if (x.is(Layout.SEEN)) return pixels(laid(x));
        if (!x.is(Layout.IMAGE)) return x;
        String last = graph.node("Transpose", List.of(ints("perm", 0, 2, 3, 1)), x.name());
        return Value.pixels(
                graph.node("Reshape", last, graph.integers(0, -1, x.width())),
                x.width(),
                x.height() * x.across());
    }

    /** The same numbers as rows of another width. */
    Value regroup(Value x, int width) {
        Value flat = pixels(x);
        int all = flat.width() * flat.height() * flat.across();
        return all == width
                ? Value.one(graph.node("Reshape", flat.name(), graph.integers(0, width)), width)
                : Value.pixels(
                        graph.node("Reshape", flat.name(), graph.integers(0, -1, width)),
                        width,
                        all / width);
    }

    /** A convolution. weight [out, positions · in] */
    Value convolution(Value x, String name, Tensor weight) {
        return convolution(x, storage, name, weight);
    }

    private Value convolution(Value x, Storage storage, String name, Tensor weight) {
        int out = weight.shape().size(0);
        Window window = x.is(Layout.SEEN) ? x.window() : Window.of(x.height(), x.across(), 1, 1, 0);
        int high = window.vertical().kernel();
        int wide = window.horizontal().kernel();
        String kernel = storage.value(graph, name + ".kernel", kernel(weight, high, wide));
        return slid("Conv", x, window, List.of(kernelShape(window)), out, kernel);
    }

    /** Positions behind channels. [out, high · wide · in] → [out, in, high, wide] */
    private static Tensor kernel(Tensor weight, int high, int wide) {
        int out = weight.shape().size(0);
        int in = weight.shape().size(1) / (high * wide);
        float[] from = weight.floats();
        float[] to = new float[from.length];
        for (int o = 0; o < out; o++)
            for (int p = 0; p < high * wide; p++)
                for (int c = 0; c < in; c++)
                    to[(o * in + c) * high * wide + p] = from[(o * high * wide + p) * in + c];
        return Tensor.of(to, out, in, high, wide);
    }

    Value most(Value x, Window window) {
        return slid("MaxPool", at(x, window), window, List.of(kernelShape(window)), x.width());
    }

    Value mean(Value x, Window window, boolean countPadding) {
        return slid(
                "AveragePool",
                at(x, window),
                window,
                List.of(kernelShape(window), integer("count_include_pad", countPadding ? 1 : 0)),
                x.width());
    }

    Value seen(Value x, Window window) {
        return at(x, window).seenThrough(window);
    }

    private Value at(Value x, Window window) {
        return image(x, window.vertical().size(), window.horizontal().size());
    }

    private static AttributeProto kernelShape(Window window) {
        return ints("kernel_shape", window.vertical().kernel(), window.horizontal().kernel());
    }

    private Value slid(
            String op, Value x, Window window, List<AttributeProto> more, int out, String... with) {
        Window.Axis down = window.vertical();
        Window.Axis right = window.horizontal();
        List<AttributeProto> all = new ArrayList<>(more);
        all.add(ints("strides", down.stride(), right.stride()));
        all.add(ints("pads", down.before(), right.before(), down.after(), right.after()));
        if (down.dilation() > 1 || right.dilation() > 1)
            all.add(ints("dilations", down.dilation(), right.dilation()));
        List<String> inputs = new ArrayList<>(List.of(x.name()));
        inputs.addAll(List.of(with));
        return Value.image(
                graph.node(op, all, inputs.toArray(String[]::new)), out, down.out(), right.out());
    }

    /** What windows see, as channels by positions: a convolution that only copies. */
    private Value layOut(Value x) {
        Window window = x.window();
        Window.Axis down = window.vertical();
        Window.Axis right = window.horizontal();
        if (window.positions() == 1) {
            String around =
                    graph.node(
                            "Pad",
                            x.name(),
                            graph.integers(
                                    0,
                                    0,
                                    down.before(),
                                    right.before(),
                                    0,
                                    0,
                                    down.after(),
                                    right.after()));
            String some =
                    graph.node(
                            "Slice",
                            around,
                            graph.integers(0, 0),
                            graph.integers(Integer.MAX_VALUE, Integer.MAX_VALUE),
                            graph.integers(2, 3),
                            graph.integers(down.stride(), right.stride()));
            return Value.image(some, x.width(), down.out(), right.out());
        }
        int all = x.width() * window.positions();
        float[] copy = new float[all * all];
        for (int i = 0; i < all; i++) copy[i * all + i] = 1;
        String name = "copy of " + x.width() + " through " + window;
        return convolution(x, Storage.FLOAT32, name, Tensor.of(copy, all, all));
    }
}
