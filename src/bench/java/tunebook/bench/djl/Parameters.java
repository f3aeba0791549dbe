package tunebook.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tunebook.core.Tensor;
import tunebook.core.Weights;

/** Weights on libtorch; only what learns requires a gradient. */
final class Parameters implements AutoCloseable {
    private final NDManager manager = NDManager.newBaseManager();
    private final Map<String, NDArray> all = new LinkedHashMap<>();
    private final Set<String> learning;

    Parameters(Weights weights, Set<String> learning) {
        this.learning = learning;
        for (String name : weights.names()) {
            Tensor tensor = weights.get(name);
            long[] sizes = tensor.shape().sizes().stream().mapToLong(i -> i).toArray();
            NDArray array = manager.create(tensor.floats(), new Shape(sizes));
            array.setName(name);
            if (learning.contains(name)) learns(array);
            all.put(name, array);
        }
    }

    /** DJL begins every pass with g − g, which is no zero where memory was not a number before. */
    private static void learns(NDArray array) {
        array.setRequiresGradient(true);
        try (NDArray gradient = array.getGradient()) {
            gradient.set(FloatBuffer.allocate((int) array.size()));
        }
    }

    NDArray get(String name) {
        return all.get(name);
    }

    boolean has(String name) {
        return all.containsKey(name);
    }

    NDManager manager() {
        return manager;
    }

    /** One optimizer step over what learns. */
    void step(AdamW optimizer) {
        for (String name : learning) {
            NDArray parameter = all.get(name);
            try (NDArray gradient = parameter.getGradient()) {
                optimizer.update(name, parameter, gradient);
            }
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
