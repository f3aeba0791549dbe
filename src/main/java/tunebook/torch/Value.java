package tunebook.torch;

import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import tunebook.core.Window;

/** A tensor; what windows see is not laid out before somebody asks for it. */
final class Value {
    private final Supplier<Tensor> made;
    private final Seen seen;
    private Tensor tensor;

    /** What a convolution takes in place of what its windows see. */
    record Seen(Tensor of, Window window) {}

    private Value(Tensor tensor, Supplier<Tensor> made, Seen seen) {
        this.tensor = tensor;
        this.made = made;
        this.seen = seen;
    }

    static Value of(Tensor tensor) {
        return new Value(tensor, null, null);
    }

    /**
     * @param made lays it out
     */
    static Value seen(Seen seen, Supplier<Tensor> made) {
        return new Value(null, made, seen);
    }

    /** Null where it is not what windows see. */
    Seen seen() {
        return seen;
    }

    Tensor tensor() {
        if (tensor == null) tensor = made.get();
        return tensor;
    }

    int rows() {
        return (int) tensor().size(0);
    }

    int width() {
        return (int) (seen == null ? tensor.size(1) : seen.of.size(1) * seen.window.positions());
    }
}
