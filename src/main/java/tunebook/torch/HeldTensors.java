package tunebook.torch;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import tunebook.core.Engine;
import tunebook.core.TunebookException;
import tunebook.core.Weights;

/** Weights where libtorch computes; they never change. */
final class HeldTensors implements Engine.Held {
    private final Place place;
    private final Map<String, Tensor> tensors = new HashMap<>();

    HeldTensors(Weights weights, Place place) {
        this.place = place;
        try (PointerScope scope = new PointerScope()) {
            for (String name : weights.names()) {
                Tensor tensor = place.upload(weights.get(name));
                tensor.retainReference();
                tensors.put(name, tensor);
            }
        }
    }

    Place place() {
        return place;
    }

    /** Null where there is none of this name. */
    Tensor find(String name) {
        return tensors.get(name);
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

    @Override
    public void close() {
        tensors.values().forEach(Tensor::releaseReference);
        tensors.clear();
    }
}
