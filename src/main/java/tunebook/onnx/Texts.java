package tunebook.onnx;

import static tunebook.onnx.Graph.integer;
import static tunebook.onnx.Graph.ints;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import onnx.Onnx.TensorProto.DataType;
import tunebook.core.Attention;
import tunebook.core.Input;
import tunebook.core.Rows;
import tunebook.core.TunebookException;
import tunebook.onnx.Value.Layout;

/**
 * Rows of texts, padded behind: what the batch says, which rows see which, and which are meant.
 * Padding is of no account wherever rows meet.
 */
final class Texts {
    private static final double NEVER = -1e9;

    private final Graph graph;
    private final int virtual;
    private final int first;
    private final Map<String, String> made = new HashMap<>();

    /**
     * @param virtual rows before each text
     * @param first position of the first row
     */
    Texts(Graph graph, int virtual, int first) {
        this.graph = graph;
        this.virtual = virtual;
        this.first = first;
    }

    private String once(String what, Supplier<String> node) {
        String there = made.get(what);
        if (there != null) return there;
        String now = node.get();
        made.put(what, now);
        return now;
    }

    private String tokens() {
        return graph.input("input_ids", DataType.INT64, "batch", "length");
    }

    /** 1 for a token, 0 for padding, [batch, length]. */
    private String mask() {
        return graph.input("attention_mask", DataType.INT64, "batch", "length");
    }

    /** The numbers of an input, as they are looked up in a table. */
    String ids(Input input) {
        return switch (input) {
            case TOKENS -> tokens();
            case SEGMENTS ->
                    once(
                            "segments",
                            () ->
                                    before(
                                            graph.input(
                                                    "token_type_ids",
                                                    DataType.INT64,
                                                    "batch",
                                                    "length"),
                                            virtual));
            case POSITIONS ->
                    once("positions", () -> counted(first, length(tokens(), first + virtual)));
            default -> throw none(input);
        };
    }

    static TunebookException none(Input input) {
        return new TunebookException(
                "ONNX graph", "has no input for " + input, "export what predicts, not its loss");
    }

    /** Where the rows of an input are. */
    Value looked(Input input, String rows, int width) {
        if (input == Input.POSITIONS) return Value.places(rows, width);
        return Value.rows(rows, width, input == Input.TOKENS ? 0 : virtual);
    }

    /** So many zeros before each text's numbers. [batch, length] → [batch, more + length] */
    private String before(String x, int more) {
        if (more == 0) return x;
        return graph.node("Pad", x, graph.integers(0, more, 0, 0), graph.integer(0));
    }

    /** The size of the second axis, and some. → a number without axes */
    private String length(String x, int more) {
        String size = graph.node("Gather", graph.node("Shape", x), graph.integer(1));
        return more == 0 ? size : graph.node("Add", size, graph.integer(more));
    }

    /** From, from + 1 … up to, but without, the end. */
    private String counted(int from, String end) {
        return graph.node("Range", graph.integer(from), end, graph.integer(1));
    }

    /** A prefix before each text. */
    Value prepend(Value prefix, Value x) {
        String batch =
                graph.node(
                        "Slice",
                        graph.node("Shape", x.name()),
                        graph.integers(0),
                        graph.integers(1));
        String sizes =
                graph.node("Concat", List.of(integer("axis", 0)), batch, graph.integers(1, 1));
        String many =
                graph.node(
                        "Expand", graph.node("Unsqueeze", prefix.name(), graph.integers(0)), sizes);
        int rows = prefix.height();
        return Value.rows(
                graph.node("Concat", List.of(integer("axis", 1)), many, x.name()),
                x.width(),
                x.virtual() + rows);
    }

    Value rows(Value x, Rows which) {
        return switch (which) {
            case FIRST ->
                    Value.one(
                            graph.node(
                                    "Gather",
                                    List.of(integer("axis", 1)),
                                    x.name(),
                                    graph.integer(0)),
                            x.width());
            case LAST ->
                    Value.one(
                            graph.node(
                                    "GatherND",
                                    List.of(integer("batch_dims", 1)),
                                    x.name(),
                                    graph.node("Add", count(), graph.integer(x.virtual() - 1))),
                            x.width());
            case PREDICTED -> text(x);
        };
    }

    /** Tokens of each text, [batch, 1]. */
    private String count() {
        return once("count", () -> graph.node("ReduceSum", mask(), graph.integers(1)));
    }

    /** Without the rows before the text. */
    Value text(Value x) {
        if (x.virtual() == 0) return x;
        return Value.rows(
                graph.node(
                        "Slice",
                        x.name(),
                        graph.integers(x.virtual()),
                        graph.integers(Integer.MAX_VALUE),
                        graph.integers(1)),
                x.width(),
                0);
    }

    private String asFloat(String x) {
        return graph.node("Cast", List.of(integer("to", DataType.FLOAT_VALUE)), x);
    }

    /** Mean over the text rows of each sequence. */
    Value mean(Value x) {
        String kept = graph.node("Unsqueeze", asFloat(mask()), graph.integers(2));
        String rows = graph.node("Mul", text(x).name(), kept);
        String sum =
                graph.node("ReduceSum", List.of(integer("keepdims", 0)), rows, graph.integers(1));
        return Value.one(graph.node("Div", sum, asFloat(count())), x.width());
    }

    /** softmax(q·kᵀ / √(width/heads))·v within each text and head. */
    Value attention(Value q, Value k, Value v, Attention site) {
        int wide = q.width() / site.heads();
        boolean one = q.is(Layout.ONE);
        String asked = one ? graph.node("Unsqueeze", q.name(), graph.integers(1)) : q.name();
        String queries = heads(asked, site.heads(), wide, 0, 2, 1, 3);
        String keys = heads(k.name(), site.heads(), wide, 0, 2, 3, 1);
        String values = heads(v.name(), site.heads(), wide, 0, 2, 1, 3);
        String scores =
                graph.node(
                        "Mul",
                        graph.node("MatMul", queries, keys),
                        graph.scalar(1 / Math.sqrt(wide)));
        String seen = graph.node("Add", scores, hidden(k.virtual()));
        if (site.causal() && !one)
            seen = graph.node("Add", seen, later(q.virtual(), k.virtual(), q.name(), k.name()));
        String shares = graph.node("Softmax", List.of(integer("axis", -1)), seen);
        String mixed =
                graph.node(
                        "Transpose",
                        List.of(ints("perm", 0, 2, 1, 3)),
                        graph.node("MatMul", shares, values));
        String rows = graph.node("Reshape", mixed, graph.integers(0, 0, q.width()));
        return q.named(one ? graph.node("Squeeze", rows, graph.integers(1)) : rows);
    }

    private String heads(String x, int heads, int wide, long... order) {
        String apart = graph.node("Reshape", x, graph.integers(0, 0, heads, wide));
        return graph.node("Transpose", List.of(ints("perm", order)), apart);
    }

    /** 0 for keys of the text and what stands before it, else hardly a chance; [batch,1,1,keys]. */
    private String hidden(int before) {
        return once(
                "hidden " + before,
                () -> {
                    String padding = graph.node("Sub", graph.integer(1), mask());
                    String never =
                            graph.node(
                                    "Mul", asFloat(before(padding, before)), graph.scalar(NEVER));
                    return graph.node("Unsqueeze", never, graph.integers(1, 2));
                });
    }

    /** The same for keys that stand behind a query, [queries, keys]. */
    private String later(int queriesBefore, int keysBefore, String queries, String keys) {
        return once(
                "later " + queriesBefore + " " + keysBefore,
                () -> {
                    String row =
                            graph.node(
                                    "Unsqueeze",
                                    counted(-queriesBefore, length(queries, -queriesBefore)),
                                    graph.integers(1));
                    String column = counted(-keysBefore, length(keys, -keysBefore));
                    return graph.node(
                            "Where",
                            graph.node("Greater", column, row),
                            graph.scalar(NEVER),
                            graph.scalar(0));
                });
    }
}
