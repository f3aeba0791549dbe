package tunebook.dl4j;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.IntUnaryOperator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.ElementType;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weight;

/**
 * A weight of ours and the parameter of DL4J's that it is.
 *
 * @param weight ours
 * @param layer DL4J's, its name or its number
 * @param key DL4J's, for example {@code W}
 * @param theirs which of DL4J's elements, row-major, each of ours is
 * @param logarithmic whether DL4J keeps log₁₀ of the root of ours
 */
record Parameter(
        Weight weight, String layer, String key, IntUnaryOperator theirs, boolean logarithmic) {
    static Parameter of(Weight weight, String layer, String key, IntUnaryOperator theirs) {
        return new Parameter(weight, layer, key, theirs, false);
    }

    /** The matrix of a dense layer: ours [out, in], DL4J's [in, out]. */
    static Parameter dense(Weight weight, String layer, Form in) {
        int width = weight.shape().size(1);
        int out = weight.shape().size(0);
        return of(weight, layer, "W", i -> in.theirs(i % width) * out + i / width);
    }

    /** The kernels of a convolution: ours [out, position · in], DL4J's [out, in, position]. */
    static Parameter kernels(Weight weight, String layer, int positions) {
        int width = weight.shape().size(1);
        int in = width / positions;
        return of(
                weight,
                layer,
                "W",
                i -> i / width * width + i % in * positions + i % width / in);
    }

    /** DL4J's numbers as ours. */
    Tensor read(INDArray array) {
        check(array);
        boolean wide = array.dataType() == DataType.DOUBLE;
        ElementType type = wide ? ElementType.F64 : ElementType.F32;
        int n = Math.toIntExact(array.length());
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(n, type.bytes()))
                        .order(ByteOrder.LITTLE_ENDIAN);
        INDArray rows = array.dup('c');
        if (wide) {
            double[] from = rows.data().asDouble();
            for (int i = 0; i < n; i++) bytes.putDouble(ours(from[theirs.applyAsInt(i)]));
        } else {
            float[] from = rows.data().asFloat();
            for (int i = 0; i < n; i++) {
                float value = from[theirs.applyAsInt(i)];
                bytes.putFloat(logarithmic ? (float) ours(value) : value);
            }
        }
        return Tensor.of(type, weight.shape(), bytes.flip());
    }

    private double ours(double value) {
        return logarithmic ? Math.pow(10, 2 * value) : value;
    }

    /** Ours as DL4J's numbers. */
    void write(Tensor tensor, INDArray to) {
        check(to);
        double[] values = new double[Math.toIntExact(to.length())];
        for (int i = 0; i < values.length; i++) {
            double value = tensor.get(i);
            values[theirs.applyAsInt(i)] = logarithmic ? Math.log10(value) / 2 : value;
        }
        try (INDArray rows = Nd4j.create(values, to.shape(), 'c')) {
            to.assign(rows);
        }
    }

    private void check(INDArray array) {
        if (array == null || array.length() != weight.shape().elements()) {
            throw new TunebookException(
                    "layer " + layer,
                    "parameter "
                            + key
                            + " has "
                            + (array == null ? 0 : array.length())
                            + " numbers where its layer makes it "
                            + weight.shape(),
                    "give the network its own configuration and weights");
        }
    }
}
