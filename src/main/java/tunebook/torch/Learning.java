package tunebook.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import tunebook.core.Weights;

/** What learns, in four flat tensors: values, gradients, and the optimizer's two moments. */
final class Learning implements AutoCloseable {
    private final Place place;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final List<Tensor> held = new ArrayList<>();

    /** All of them one after another, in the order of {@link #parts}. */
    final Tensor values;

    final Tensor gradients;
    final Tensor means;
    final Tensor squares;

    /** One weight's stretch of each; how often the optimizer has moved it. */
    static final class Part {
        /** What is gone back to; its gradient is added up in place. */
        final Tensor leaf;

        final Tensor gradient;
        final Tensor mean;
        final Tensor square;
        final long from;
        final long length;
        long steps;

        private Part(Learning flat, long from, long length, long... shape) {
            this.from = from;
            this.length = length;
            this.gradient = flat.part(flat.gradients, from, length, shape);
            this.mean = flat.part(flat.means, from, length, shape);
            this.square = flat.part(flat.squares, from, length, shape);
            this.leaf = flat.part(flat.values, from, length, shape).set_requires_grad(true);
            leaf.mutable_grad().put(gradient);
        }
    }

    Learning(Weights weights, Place place) {
        this.place = place;
        long size = Math.max(1, weights.elements());
        values = hold(place.zeros(size));
        gradients = hold(place.zeros(size));
        means = hold(place.zeros(size));
        squares = hold(place.zeros(size));
        long at = 0;
        for (String name : weights.names()) {
            tunebook.core.Tensor tensor = weights.get(name);
            long length = tensor.shape().elements();
            long[] shape = tensor.shape().sizes().stream().mapToLong(Integer::longValue).toArray();
            values.narrow(0, at, length).copy_(place.upload(tensor).reshape(length));
            Part part = new Part(this, at, length, shape);
            hold(part.leaf);
            parts.put(name, part);
            at += length;
        }
    }

    /** Keeps it beyond the scope it was made in. */
    private Tensor hold(Tensor tensor) {
        tensor.retainReference();
        held.add(tensor);
        return tensor;
    }

    /** A leaf over the same numbers; writing to another part is no change of this one. */
    private Tensor part(Tensor flat, long from, long length, long... shape) {
        return hold(flat.narrow(0, from, length).view(shape).variable_data());
    }

    Map<String, Part> parts() {
        return parts;
    }

    Weights values() {
        return download(part -> part.leaf);
    }

    Weights gradients() {
        return download(part -> part.gradient);
    }

    private Weights download(Function<Part, Tensor> which) {
        Map<String, tunebook.core.Tensor> all = new TreeMap<>();
        parts.forEach((name, part) -> all.put(name, Place.download(which.apply(part))));
        return Weights.of(all);
    }

    void restore(Weights weights) {
        parts.forEach((name, part) -> put(weights.get(name), part.leaf));
    }

    void put(tunebook.core.Tensor from, Tensor to) {
        to.detach().copy_(place.upload(from).reshape(to.sizes()));
    }

    long bytes() {
        return 4 * values.numel() * place.bytes();
    }

    @Override
    public void close() {
        held.forEach(Tensor::releaseReference);
        held.clear();
        parts.clear();
    }
}
