package tunebook.nd4j;

import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A value on the tape and, once the way back has come here, its gradient. */
final class Var {
    private final Kernels kernels;
    final INDArray value;
    final boolean needs;
    private INDArray grad;
    private boolean own;

    Var(Kernels kernels, INDArray value, boolean needs) {
        this.kernels = kernels;
        this.value = value;
        this.needs = needs;
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
