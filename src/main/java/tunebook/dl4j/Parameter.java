package tunebook.dl4j;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.ElementType;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weight;

/**
 * A weight of ours and the parameter of DL4J's that it is.
 *
 * @param weight ours
 * @param layer DL4J's, its name or its number
 * @param key DL4J's, for example {@code W}
 * @param theirs in which order DL4J keeps them
 * @param logarithmic whether DL4J keeps log₁₀ of the root of ours
 */
record Parameter(Weight weight, String layer, String key, Order theirs, boolean logarithmic) {
    /** Which of DL4J's elements, row-major, our {@code i}-th is, of a weight of a shape of ours. */
    interface Order {
        int theirs(int i, Shape shape);
    }

    static Parameter of(Weight weight, String layer, String key, Form form) {
        return new Parameter(weight, layer, key, (i, shape) -> form.theirs(i), false);
    }

    static Parameter bias(Weight weight, String layer) {
        return new Parameter(weight, layer, "b", (i, shape) -> i, false);
    }

    /** The matrix of a dense layer: ours [out, in], DL4J's [in, out]. */
    static Parameter dense(Weight weight, String layer, Form in) {
        Order order =
                (i, shape) -> in.theirs(i % shape.size(1)) * shape.size(0) + i / shape.size(1);
        return new Parameter(weight, layer, "W", order, false);
    }

    /** The kernels of a convolution: ours [out, position · in], DL4J's [out, in, position]. */
    static Parameter kernels(Weight weight, String layer, int positions) {
        int width = weight.shape().size(1);
        int in = width / positions;
        Order order = (i, shape) -> i / width * width + i % in * positions + i % width / in;
        return new Parameter(weight, layer, "W", order, false);
    }

    /** DL4J's numbers as ours. */
    Tensor read(INDArray array) {
        Shape shape = weight.shape();
        check(array, shape);
        boolean wide = array.dataType() == DataType.DOUBLE;
        ElementType type = wide ? ElementType.F64 : ElementType.F32;
        int n = Math.toIntExact(array.length());
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(n, type.bytes()))
                        .order(ByteOrder.LITTLE_ENDIAN);
        INDArray rows = array.dup('c');
        if (wide) {
            double[] from = rows.data().asDouble();
            for (int i = 0; i < n; i++) bytes.putDouble(ours(from[theirs.theirs(i, shape)]));
        } else {
            float[] from = rows.data().asFloat();
            for (int i = 0; i < n; i++) {
                float value = from[theirs.theirs(i, shape)];
                bytes.putFloat(logarithmic ? (float) ours(value) : value);
            }
        }
        return Tensor.of(type, shape, bytes.flip());
    }

    private double ours(double value) {
        return logarithmic ? Math.pow(10, 2 * value) : value;
    }

    /** Ours as DL4J's numbers; the head's may have another width than it came with. */
    void write(Tensor tensor, INDArray to) {
        Shape shape = tensor.shape();
        check(to, shape);
        double[] values = new double[Math.toIntExact(to.length())];
        for (int i = 0; i < values.length; i++) {
            double value = tensor.get(i);
            values[theirs.theirs(i, shape)] = logarithmic ? Math.log10(value) / 2 : value;
        }
        try (INDArray rows = Nd4j.create(values, to.shape(), 'c')) {
            to.assign(rows);
        }
    }

    private void check(INDArray array, Shape shape) {
        if (array == null || array.length() != shape.elements()) {
            throw new TunebookException(
                    "layer " + layer,
                    "parameter "
                            + key
                            + " has "
                            + (array == null ? 0 : array.length())
                            + " numbers where its layer makes it "
                            + shape,
                    "give the network its own configuration and weights");
        }
    }
}
