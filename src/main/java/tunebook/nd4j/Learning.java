package tunebook.nd4j;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import tunebook.core.Tensor;
import tunebook.core.Weights;

/** What learns, in four flat arrays: values, gradients, and the optimizer's two moments. */
final class Learning implements AutoCloseable {
    private final INDArray values;
    private final INDArray gradients;
    private final INDArray means;
    private final INDArray squares;
    private final Map<String, Part> parts = new LinkedHashMap<>();

    /**
     * One weight's stretch of each flat array, in the weight's shape; how often the optimizer has
     * moved it.
     */
    static final class Part {
        final INDArray value;
        final INDArray gradient;
        final INDArray mean;
        final INDArray square;
        final long from;
        final Touched touched;
        long steps;

        private Part(Learning flat, long from, long end, long... shape) {
            this.value = view(flat.values, from, end, shape);
            this.gradient = view(flat.gradients, from, end, shape);
            this.mean = view(flat.means, from, end, shape);
            this.square = view(flat.squares, from, end, shape);
            this.from = from;
            this.touched = new Touched(shape.length == 0 ? 1 : (int) shape[0]);
        }

        /** Numbers of a row. */
        long width() {
            return value.length() / Math.max(1, touched.count());
        }
    }

    Learning(Weights weights, DataType type) {
        long size = Math.max(1, weights.elements());
        values = Nd4j.create(type, size);
        gradients = Nd4j.create(type, size);
        means = Nd4j.create(type, size);
        squares = Nd4j.create(type, size);
        long at = 0;
        for (String name : weights.names()) {
            Tensor tensor = weights.get(name);
            long[] shape = tensor.shape().sizes().stream().mapToLong(Integer::longValue).toArray();
            long end = at + tensor.shape().elements();
            Part part = new Part(this, at, end, shape);
            Memory.put(tensor, part.value);
            parts.put(name, part);
            at = end;
        }
    }

    private static INDArray view(INDArray flat, long from, long end, long[] shape) {
        return flat.get(NDArrayIndex.interval(from, end)).reshape('c', shape);
    }

    Map<String, Part> parts() {
        return parts;
    }

    /** One AdamW step over the flat arrays, by kernels. */
    void adam(Kernels kernels, Stretches which, Kernels.AdamStep step) {
        kernels.adam(values, gradients, means, squares, which, step);
    }

    /** Values in these stretches become themselves times the factor. */
    void decay(Kernels kernels, Stretches which, double factor) {
        kernels.shrink(values, which, factor);
    }

    /** Σ g² over stretches. */
    double squaredGradients(Kernels kernels, Stretches which) {
        return kernels.squares(gradients, which);
    }

    void forgetGradients(Kernels kernels, Stretches which) {
        kernels.zero(gradients, which);
    }

    long bytes() {
        return 4 * values.length() * values.dataType().width();
    }

    Weights values() {
        Map<String, Tensor> all = new TreeMap<>();
        parts.forEach((name, part) -> all.put(name, Memory.download(part.value)));
        return Weights.of(all);
    }

    Weights gradients() {
        Map<String, Tensor> all = new TreeMap<>();
        parts.forEach((name, part) -> all.put(name, Memory.download(part.gradient)));
        return Weights.of(all);
    }

    void restore(Weights weights) {
        parts.forEach((name, part) -> Memory.put(weights.get(name), part.value));
    }

    @Override
    public void close() {
        values.close();
        gradients.close();
        means.close();
        squares.close();
    }
}
