package tunebook.nd4j;

import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A value on the tape and, once the way back has come here, its gradient. */
final class Var {
    private final Kernels kernels;
    final boolean needs;
    private final long[] shape;
    private final Supplier<INDArray> compute;
    private INDArray value;
    private Seen seen;
    private INDArray grad;
    private boolean own;

    /**
     * What windows see of a value: large, and mostly wanted only to be multiplied.
     *
     * @param of whose windows
     * @param window over its images
     */
    record Seen(Var of, tunebook.core.Window window) {}

    Var(Kernels kernels, INDArray value, boolean needs) {
        this(kernels, value.shape(), () -> value, needs);
        this.value = value;
    }

    /** A value that is computed when somebody asks for it. */
    Var(Kernels kernels, long[] shape, Supplier<INDArray> compute, boolean needs) {
        this.kernels = kernels;
        this.shape = shape;
        this.compute = compute;
        this.needs = needs;
    }

    INDArray value() {
        if (value == null) value = compute.get();
        return value;
    }

    long rows() {
        return shape[0];
    }

    long width() {
        return shape[1];
    }

    long[] shape() {
        return shape;
    }

    /** The same as what windows see. */
    Var seen(Seen windows) {
        this.seen = windows;
        return this;
    }

    /** What it is windows over, or null where it is none. */
    Seen seen() {
        return seen;
    }

    INDArray grad() {
        return grad;
    }

    /** Adds an array that others hold too and that must not change. */
    void share(INDArray dy) {
        if (!needs) return;
        if (grad == null) grad = dy;
        else add(dy);
    }

    /** Adds a fresh array; not even computed where nobody needs it. */
    void accumulate(Supplier<INDArray> fresh) {
        if (!needs) return;
        if (grad == null) {
            grad = fresh.get();
            own = true;
        } else {
            add(fresh.get());
        }
    }

    private void add(INDArray more) {
        INDArray sum = own();
        kernels.add(sum, more, sum);
    }

    /** The gradient as an array that may be added into, or null while there is none. */
    INDArray own() {
        if (grad != null && !own) {
            grad = grad.dup('c');
            own = true;
        }
        return grad;
    }
}
