package tunebook.torch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import tunebook.core.Engine;
import tunebook.core.Near;
import tunebook.core.TunebookException;
import tunebook.core.Weights;

/** Weights where libtorch computes; they never change. */
final class HeldTensors implements Engine.Held {
    private final Place place;
    private final Map<String, Tensor> tensors = new HashMap<>();
    private final Map<String, Tensor> factors = new ConcurrentHashMap<>();
    private final LongSupplier room;

    /**
     * @param room bytes for rows beside the weights; 0 for none
     */
    HeldTensors(Weights weights, Place place, LongSupplier room) {
        this.place = place;
        this.room = room;
        try (PointerScope scope = new PointerScope()) {
            for (String name : weights.names()) {
                Tensor tensor = place.upload(weights.get(name));
                tensor.retainReference();
                tensors.put(name, tensor);
            }
            place.finish();
        }
    }

    @Override
    public Optional<Near> near(long rows, int width) {
        if (rows * width * place.bytes() > room.getAsLong()) return Optional.empty();
        return Optional.of(new NearTensor(rows, width, place));
    }

    Place place() {
        return place;
    }

    boolean has(String name) {
        return tensors.containsKey(name);
    }

    Tensor get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new TunebookException(
                    "weight " + name,
                    "is neither frozen nor learning here",
                    "give it to hold or open");
        }
        return tensor;
    }

    /** A weight as products take it; bfloat16 is made once for all sessions. */
    Tensor factor(String name) {
        return place.mixed() ? factors.computeIfAbsent(name, this::rounded) : get(name);
    }

    private Tensor rounded(String name) {
        try (PointerScope scope = new PointerScope()) {
            Tensor rounded = get(name).toType(ScalarType.BFloat16).<Tensor>retainReference();
            place.finish();
            return rounded;
        }
    }

    @Override
    public void close() {
        tensors.values().forEach(Tensor::releaseReference);
        tensors.clear();
        factors.values().forEach(Tensor::releaseReference);
        factors.clear();
    }
}
