package tunebook.onnx;

import static tunebook.onnx.Graph.integer;
import static tunebook.onnx.Graph.ints;
import static tunebook.onnx.Graph.number;

import java.util.List;
import onnx.Onnx.TensorProto.DataType;
import tunebook.core.Attention;
import tunebook.core.BatchNorm;
import tunebook.core.Embedding;
import tunebook.core.Input;
import tunebook.core.Linear;
import tunebook.core.Norm;
import tunebook.core.Ops;
import tunebook.core.Rows;
import tunebook.core.Tensor;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.core.Window;
import tunebook.onnx.Value.Layout;

/** Answers every operation with the nodes that compute it, in the operators of opset 17. */
final class Exporter implements Ops<Value> {
    private final Graph graph = new Graph();
    private final Reads reads;
    private final Weights weights;
    private final Storage storage;
    private final Texts texts;
    private final Images images;

    Exporter(Reads reads, Weights weights, Storage storage) {
        this.reads = reads;
        this.weights = weights;
        this.storage = storage;
        this.texts = new Texts(graph, reads.virtual(), reads.first());
        this.images = new Images(graph, storage);
    }

    /** The graph, with this value as what comes out. */
    Graph graph(String name, Value x) {
        Value last = images.isOnePixel(x) ? images.one(x) : images.pixels(x);
        switch (last.layout()) {
            case ROWS ->
                    graph.output(name, texts.text(last).name(), "batch", "length", last.width());
            case ONE -> graph.output(name, last.name(), "batch", last.width());
            case PIXELS ->
                    graph.output(
                            name,
                            last.name(),
                            "batch",
                            last.height() * last.across(),
                            last.width());
            default -> throw Texts.none(Input.HIDDEN);
        }
        return graph;
    }

    @Override
    public Value input(Input input, int width) {
        if (input != Input.PIXELS) throw Texts.none(input);
        if (reads.height() * reads.width() <= 1)
            return Value.one(graph.input("features", DataType.FLOAT, "batch", width), width);
        String name =
                graph.input(
                        "pixel_values",
                        DataType.FLOAT,
                        "batch",
                        width,
                        reads.height(),
                        reads.width());
        return Value.image(name, width, reads.height(), reads.width());
    }

    @Override
    public Value embedding(Embedding site, Input ids) {
        String name = site.weight().name();
        String rows = storage.rows(graph, name, weights.get(name), texts.ids(ids));
        return texts.looked(ids, rows, site.width());
    }

    @Override
    public Value weight(Weight weight) {
        int[] sizes = new int[] {1, weight.shape().size(weight.shape().rank() - 1)};
        if (weight.shape().rank() > 1) sizes[0] = weight.shape().size(0);
        String name = storage.value(graph, weight.name(), weights.get(weight.name()));
        return Value.constant(name, sizes[0], sizes[1]);
    }

    @Override
    public Value linear(Value x, Linear site) {
        String name = site.weight().name();
        Tensor weight = weights.get(name);
        boolean sliding = x.is(Layout.SEEN) || x.is(Layout.IMAGE);
        Value y;
        if (sliding && !images.isOnePixel(x)) {
            y = images.convolution(x, name, weight);
        } else {
            Value rows = sliding ? images.one(x) : x;
            y = rows.named(storage.product(graph, rows.name(), name, weight), site.out());
        }
        return site.bias() == null ? y : addRow(y, weight(site.bias()));
    }

    @Override
    public Value layerNorm(Value x, Norm site) {
        Value rows = images.pixels(x);
        return rows.named(
                graph.node(
                        "LayerNormalization",
                        List.of(integer("axis", -1), number("epsilon", site.epsilon())),
                        rows.name(),
                        weight(site.weight()).name(),
                        weight(site.bias()).name()));
    }

    @Override
    public Value batchNorm(Value x, BatchNorm site) {
        double[] variance = weights.get(site.running().variance().name()).doubles();
        double[] mean = weights.get(site.running().mean().name()).doubles();
        float[] factor = new float[mean.length];
        float[] shift = new float[mean.length];
        for (int c = 0; c < mean.length; c++) {
            double gain = site.gain() == null ? 1 : weights.get(site.gain().name()).get(c);
            double bias = site.bias() == null ? 0 : weights.get(site.bias().name()).get(c);
            double scaled = gain / Math.sqrt(variance[c] + site.epsilon());
            factor[c] = (float) scaled;
            shift[c] = (float) (bias - mean[c] * scaled);
        }
        String at = site.name();
        Value wide = scaleColumns(x, row(graph.floats(at + ".factor", factor, mean.length)));
        return addRow(wide, row(graph.floats(at + ".shift", shift, mean.length)));
    }

    private static Value row(String name) {
        return Value.constant(name, 1, 0);
    }

    @Override
    public Value add(Value a, Value b) {
        return both("Add", a, b);
    }

    @Override
    public Value multiply(Value a, Value b) {
        return both("Mul", a, b);
    }

    /** Where rows are the same for all texts, they are laid over each. */
    private Value both(String op, Value a, Value b) {
        List<Value> alike =
                a.is(Layout.PLACES) || b.is(Layout.PLACES)
                        ? List.of(a, b)
                        : images.alike(List.of(a, b));
        Value like = alike.get(0).is(Layout.PLACES) ? alike.get(1) : alike.get(0);
        return like.named(graph.node(op, alike.get(0).name(), alike.get(1).name()));
    }

    @Override
    public Value scale(Value x, double factor) {
        return one("Mul", x, graph.scalar(factor));
    }

    @Override
    public Value scaleColumns(Value x, Value factors) {
        return byColumn("Mul", x, factors);
    }

    @Override
    public Value addRow(Value x, Value row) {
        return byColumn("Add", x, row);
    }

    private Value byColumn(String op, Value x, Value row) {
        Value laid = images.laid(x);
        String along =
                laid.is(Layout.IMAGE)
                        ? graph.node("Unsqueeze", row.name(), graph.integers(1, 2))
                        : row.name();
        return laid.named(graph.node(op, laid.name(), along));
    }

    @Override
    public Value product(Value a, Value b) {
        return a.named(graph.node("MatMul", a.name(), b.name()), b.width());
    }

    @Override
    public Value overRowNorms(Value a, Value b) {
        String norms =
                graph.node("ReduceL2", List.of(ints("axes", 1), integer("keepdims", 0)), b.name());
        return a.named(graph.node("Div", a.name(), norms));
    }

    private Value one(String op, Value x, String... with) {
        Value laid = images.laid(x);
        String[] inputs = new String[with.length + 1];
        inputs[0] = laid.name();
        System.arraycopy(with, 0, inputs, 1, with.length);
        return laid.named(graph.node(op, inputs));
    }

    @Override
    public Value relu(Value x) {
        return one("Relu", x);
    }

    @Override
    public Value tanh(Value x) {
        return one("Tanh", x);
    }

    @Override
    public Value sigmoid(Value x) {
        return one("Sigmoid", x);
    }

    @Override
    public Value gelu(Value x) {
        Value inside = one("Div", x, graph.scalar(Math.sqrt(2)));
        Value wide = one("Add", one("Erf", inside), graph.scalar(1));
        return scale(multiply(x, wide), 0.5);
    }

    @Override
    public Value geluTanh(Value x) {
        Value cube = scale(one("Pow", x, graph.scalar(3)), 0.044715);
        Value inside = scale(add(x, cube), Math.sqrt(2 / Math.PI));
        Value wide = one("Add", tanh(inside), graph.scalar(1));
        return multiply(scale(x, 0.5), wide);
    }

    @Override
    public Value columns(Value x, int from, int count) {
        Value laid = images.laid(x);
        String some =
                graph.node(
                        "Slice",
                        laid.name(),
                        graph.integers(from),
                        graph.integers(from + count),
                        graph.integers(laid.is(Layout.IMAGE) ? 1 : -1));
        return laid.named(some, count);
    }

    @Override
    public Value join(List<Value> parts) {
        List<Value> same = images.alike(parts);
        int axis = same.get(0).is(Layout.IMAGE) ? 1 : -1;
        String all =
                graph.node(
                        "Concat",
                        List.of(integer("axis", axis)),
                        same.stream().map(Value::name).toArray(String[]::new));
        return same.get(0).named(all, same.stream().mapToInt(Value::width).sum());
    }

    @Override
    public Value regroup(Value x, int width) {
        return images.regroup(x, width);
    }

    @Override
    public Value patches(Value x, Window window) {
        return images.seen(x, window);
    }

    @Override
    public Value maxPool(Value x, Window window) {
        return images.most(x, window);
    }

    @Override
    public Value averagePool(Value x, Window window, boolean countPadding) {
        return images.mean(x, window, countPadding);
    }

    /** Nothing is left out where nothing learns. */
    @Override
    public Value dropout(Value x, double rate) {
        return x;
    }

    @Override
    public Value attention(Value q, Value k, Value v, Attention site) {
        return texts.attention(q, k, v, site);
    }

    @Override
    public Value prepend(Value prefix, Value x) {
        return texts.prepend(prefix, x);
    }

    @Override
    public Value rows(Value x, Rows which) {
        return texts.rows(x, which);
    }

    @Override
    public Value mean(Value x) {
        return texts.mean(x);
    }

    @Override
    public Value rowCrossEntropy(Value scores, Input right) {
        throw Texts.none(right);
    }

    @Override
    public Value crossEntropy(Value logits, Input labels) {
        throw Texts.none(labels);
    }

    @Override
    public Value squaredError(Value x, Input targets) {
        throw Texts.none(targets);
    }

    @Override
    public Value binaryCrossEntropy(Value logits, Input targets) {
        throw Texts.none(targets);
    }
}
