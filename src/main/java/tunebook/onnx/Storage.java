package tunebook.onnx;

import static tunebook.onnx.Graph.integer;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.TensorProto.DataType;
import tunebook.core.ElementType;
import tunebook.core.Tensor;

/** How an exported graph keeps its weights. */
public enum Storage {
    /** As they were trained. */
    FLOAT32("float32", "model.onnx") {
        @Override
        String value(Graph graph, String name, Tensor tensor) {
            return graph.constant(
                    name, DataType.FLOAT, tensor.as(ElementType.F32).bytes(), sizes(tensor));
        }
    },

    /** In half the room; computed with in float32. What float16 cannot hold stays float32. */
    FLOAT16("float16", "model.float16.onnx") {
        @Override
        String value(Graph graph, String name, Tensor tensor) {
            for (double v : tensor.doubles())
                if (Math.abs(v) > 65504) return FLOAT32.value(graph, name, tensor);
            Tensor half = tensor.as(ElementType.F16);
            return graph.node(
                    "Cast",
                    List.of(integer("to", DataType.FLOAT_VALUE)),
                    graph.constant(name, DataType.FLOAT16, half.bytes(), sizes(tensor)));
        }
    },

    /**
     * Matrices as bytes with a scale for each row of [out, in], the rest as floats. Products are of
     * bytes: what is multiplied is made bytes while the graph runs. Tables and convolutions are
     * made floats again.
     */
    INT8("int8", "model.int8.onnx") {
        @Override
        String value(Graph graph, String name, Tensor tensor) {
            if (!Bytes.worth(tensor)) return FLOAT32.value(graph, name, tensor);
            Bytes bytes = Bytes.of(tensor);
            return graph.node(
                    "DequantizeLinear",
                    List.of(integer("axis", 0)),
                    bytes.plain(graph, name, sizes(tensor)),
                    bytes.scales(graph, name),
                    bytes.zeros(graph, name));
        }

        @Override
        String product(Graph graph, String x, String name, Tensor weight) {
            if (!Bytes.worth(weight)) return FLOAT32.product(graph, x, name, weight);
            Bytes bytes = Bytes.of(weight);
            String[] small = graph.nodes("DynamicQuantizeLinear", 3, List.of(), x);
            String sum =
                    graph.node(
                            "MatMulInteger",
                            small[0],
                            bytes.turned(graph, name, weight.shape().size(1)),
                            small[2],
                            bytes.zero(graph));
            String scales = graph.node("Mul", small[1], bytes.scales(graph, name));
            String whole = graph.node("Cast", List.of(integer("to", DataType.FLOAT_VALUE)), sum);
            return graph.node("Mul", whole, scales);
        }

        @Override
        String rows(Graph graph, String name, Tensor table, String ids) {
            if (!Bytes.worth(table)) return FLOAT32.rows(graph, name, table, ids);
            Bytes bytes = Bytes.of(table);
            List<AttributeProto> first = List.of(integer("axis", 0));
            String some = graph.node("Gather", first, bytes.plain(graph, name, sizes(table)), ids);
            String scales = graph.node("Gather", first, bytes.scales(graph, name), ids);
            return graph.node(
                    "Mul",
                    graph.node(
                            "Sub",
                            graph.node("Cast", List.of(integer("to", DataType.FLOAT_VALUE)), some),
                            graph.scalar(Bytes.ZERO)),
                    graph.node("Unsqueeze", scales, graph.integers(-1)));
        }
    };

    private final String words;
    private final String file;

    Storage(String words, String file) {
        this.words = words;
        this.file = file;
    }

    /** Its name in tables. */
    public String words() {
        return words;
    }

    /** What a file with it is called. */
    public String file() {
        return file;
    }

    /** A weight as floats. */
    abstract String value(Graph graph, String name, Tensor tensor);

    /** x·Wᵀ. x […, in], W [out, in] → […, out] */
    String product(Graph graph, String x, String name, Tensor weight) {
        // a table that is a product too lies there once
        String turned =
                graph.holds(name)
                        ? graph.node("Transpose", value(graph, name, weight))
                        : value(graph, name + ".T", weight.turned());
        return graph.node("MatMul", x, turned);
    }

    /** Some rows of a table. */
    String rows(Graph graph, String name, Tensor table, String ids) {
        return graph.node("Gather", List.of(integer("axis", 0)), value(graph, name, table), ids);
    }

    private static int[] sizes(Tensor tensor) {
        int[] sizes = new int[tensor.shape().rank()];
        for (int i = 0; i < sizes.length; i++) sizes[i] = tensor.shape().size(i);
        return sizes;
    }

    /**
     * Numbers of rows as bytes: value ≈ scale of its row · (byte − 128). Unsigned, since on
     * processors without VNNI products of signed bytes overflow in stock runtimes.
     */
    private record Bytes(byte[] values, float[] scales) {
        static final int ZERO = 128;
        private static final int LEAST = 1024;

        /** Vectors and small matrices are not: they take no room, and decide much. */
        static boolean worth(Tensor tensor) {
            return tensor.shape().rank() > 1 && tensor.shape().elements() >= LEAST;
        }

        static Bytes of(Tensor tensor) {
            int rows = tensor.shape().size(0);
            int width = (int) (tensor.shape().elements() / rows);
            float[] numbers = tensor.floats();
            byte[] values = new byte[numbers.length];
            float[] scales = new float[rows];
            for (int row = 0; row < rows; row++) {
                float most = 0;
                for (int i = row * width; i < (row + 1) * width; i++)
                    most = Math.max(most, Math.abs(numbers[i]));
                scales[row] = most == 0 ? 1 : most / 127;
                for (int i = row * width; i < (row + 1) * width; i++)
                    values[i] = (byte) (Math.round(numbers[i] / scales[row]) + ZERO);
            }
            return new Bytes(values, scales);
        }

        String plain(Graph graph, String name, int... sizes) {
            return graph.constant(name, DataType.UINT8, ByteBuffer.wrap(values), sizes);
        }

        /** [in, out] */
        String turned(Graph graph, String name, int in) {
            int out = scales.length;
            if (graph.holds(name)) return graph.node("Transpose", name);
            byte[] to = new byte[values.length];
            for (int i = 0; i < values.length; i++) to[i % in * out + i / in] = values[i];
            return graph.constant(name + ".T", DataType.UINT8, ByteBuffer.wrap(to), in, out);
        }

        String scales(Graph graph, String name) {
            return graph.floats(name + ".scale", scales, scales.length);
        }

        String zeros(Graph graph, String name) {
            byte[] zeros = new byte[scales.length];
            Arrays.fill(zeros, (byte) ZERO);
            return graph.constant(
                    name + ".zero", DataType.UINT8, ByteBuffer.wrap(zeros), zeros.length);
        }

        String zero(Graph graph) {
            return graph.constant(
                    "zero of bytes", DataType.UINT8, ByteBuffer.wrap(new byte[] {(byte) ZERO}));
        }
    }
}
