package tunebook.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorProto.DataType;
import onnx.Onnx.TensorShapeProto.Dimension;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;
import tunebook.core.Tensor;

/** Nodes and constants of a graph, in the order of use: each node's inputs are there before it. */
final class Graph {
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("tunebook");
    private final Set<String> names = new HashSet<>();
    private final Map<String, String> numbers = new HashMap<>();
    private int nodes;

    /** An attribute of whole numbers. */
    static AttributeProto ints(String name, long... values) {
        AttributeProto.Builder made = attribute(name, AttributeProto.AttributeType.INTS);
        Arrays.stream(values).forEach(made::addInts);
        return made.build();
    }

    /** An attribute of one whole number. */
    static AttributeProto integer(String name, long value) {
        return attribute(name, AttributeProto.AttributeType.INT).setI(value).build();
    }

    /** An attribute of one number. */
    static AttributeProto number(String name, double value) {
        return attribute(name, AttributeProto.AttributeType.FLOAT).setF((float) value).build();
    }

    private static AttributeProto.Builder attribute(
            String name, AttributeProto.AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }

    /** Adds a node of one output. → its name */
    String node(String op, List<AttributeProto> attributes, String... inputs) {
        return nodes(op, 1, attributes, inputs)[0];
    }

    /** The same without attributes. */
    String node(String op, String... inputs) {
        return node(op, List.of(), inputs);
    }

    /** Adds a node of several outputs. → their names */
    String[] nodes(String op, int outputs, List<AttributeProto> attributes, String... inputs) {
        String name = op + "_" + nodes++;
        NodeProto.Builder node = NodeProto.newBuilder().setOpType(op).setName(name);
        String[] made = new String[outputs];
        for (int i = 0; i < outputs; i++) made[i] = i == 0 ? name : name + ":" + i;
        graph.addNode(
                node.addAllInput(Arrays.asList(inputs))
                        .addAllOutput(Arrays.asList(made))
                        .addAllAttribute(attributes));
        return made;
    }

    /** Whether there is a constant of this name. */
    boolean holds(String name) {
        return names.contains(name);
    }

    /** A constant in the form in which it lies in memory, once for each name. → the name */
    String constant(String name, DataType type, ByteBuffer bytes, int... sizes) {
        if (!names.add(name)) return name;
        TensorProto.Builder made =
                TensorProto.newBuilder().setName(name).setDataType(type.getNumber());
        Arrays.stream(sizes).forEach(made::addDims);
        graph.addInitializer(made.setRawData(ByteString.copyFrom(bytes)));
        return name;
    }

    /** A constant of floats. */
    String floats(String name, float[] values, int... sizes) {
        return constant(name, DataType.FLOAT, Tensor.of(values, values.length).bytes(), sizes);
    }

    /** One number, [1]. */
    String scalar(double value) {
        return numbers.computeIfAbsent(
                "number " + (float) value, name -> floats(name, new float[] {(float) value}, 1));
    }

    /** Some whole numbers, [n]. */
    String integers(long... values) {
        return numbers.computeIfAbsent(
                "integers " + Arrays.toString(values),
                name -> {
                    ByteBuffer bytes =
                            ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
                    bytes.asLongBuffer().put(values);
                    return constant(name, DataType.INT64, bytes, values.length);
                });
    }

    /** One whole number without axes. */
    String integer(long value) {
        return numbers.computeIfAbsent(
                "integer " + value,
                name -> {
                    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
                    return constant(name, DataType.INT64, bytes.putLong(value).flip());
                });
    }

    /** Names what goes in, once. → the name */
    String input(String name, DataType type, Object... sizes) {
        if (names.add(name)) graph.addInput(info(name, type, sizes));
        return name;
    }

    /** Names what comes out. */
    void output(String name, String from, Object... sizes) {
        graph.addNode(
                NodeProto.newBuilder()
                        .setOpType("Identity")
                        .setName(name)
                        .addInput(from)
                        .addOutput(name));
        graph.addOutput(info(name, DataType.FLOAT, sizes));
    }

    /** A size is a number, or the name of one that is known when the graph runs. */
    private static ValueInfoProto info(String name, DataType type, Object... sizes) {
        ValueInfoProto.Builder info = ValueInfoProto.newBuilder().setName(name);
        var tensor = info.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber());
        for (Object size : sizes) {
            Dimension.Builder dimension = tensor.getShapeBuilder().addDimBuilder();
            if (size instanceof Integer fixed) dimension.setDimValue(fixed);
            else dimension.setDimParam(size.toString());
        }
        return info.build();
    }

    GraphProto build() {
        return graph.build();
    }
}
