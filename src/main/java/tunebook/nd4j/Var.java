package tunebook.nd4j;

import java.util.Arrays;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Window;

/** A value on the tape and, once the way back has come here, its gradient. */
final class Var {
    private final Kernels kernels;
    private final Spare spare;
    final boolean needs;
    private final long[] shape;
    private final Supplier<INDArray> compute;
    private INDArray value;
    private Seen seen;
    private Gradient gradient;
    private boolean borrowed;
    private boolean open;

    /**
     * What windows see of a value: large, and mostly wanted only to be multiplied.
     *
     * @param of whose windows
     * @param window over its images
     */
    record Seen(Var of, Window window) {}

    /** An array that one or several values have as their gradient; alone one may add into it. */
    private static final class Gradient {
        private final INDArray array;
        private int holders = 1;

        private Gradient(INDArray array) {
            this.array = array;
        }
    }

    Var(Kernels kernels, Spare spare, INDArray value, boolean needs) {
        this(kernels, spare, value.shape(), () -> value, needs);
        this.value = value;
    }

    /** A value that is computed when somebody asks for it. */
    Var(Kernels kernels, Spare spare, long[] shape, Supplier<INDArray> compute, boolean needs) {
        this.kernels = kernels;
        this.spare = spare;
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

    /** The same over numbers that are another's: a weight's, or those of a value of this tape. */
    Var borrowed() {
        this.borrowed = true;
        return this;
    }

    /** The same with numbers that no way back reads, so that more may be added into them. */
    Var open() {
        this.open = true;
        return this;
    }

    boolean isOpen() {
        return open;
    }

    /** The gradient, or null while there is none. */
    INDArray grad() {
        if (gradient == null) return null;
        INDArray array = gradient.array;
        return Arrays.equals(array.shape(), shape) ? array : array.reshape('c', shape);
    }

    /** Makes this gradient another value's too, or adds it there. */
    void handTo(Var other) {
        if (!other.needs) return;
        if (other.gradient == null) {
            other.gradient = gradient;
            gradient.holders++;
        } else {
            other.add(gradient.array.reshape('c', other.shape));
        }
    }

    /** Keeps the gradient as it is until errands that are under way have read it. */
    void readByErrand(Crew crew) {
        Gradient read = gradient;
        read.holders++;
        crew.whenDone(() -> release(read));
    }

    private void release(Gradient held) {
        if (--held.holders == 0) spare.give(held.array);
    }

    /** Begins the way back. */
    void begin(INDArray dy) {
        gradient = new Gradient(dy);
    }

    /** Adds a fresh array; not even computed where nobody needs it. */
    void accumulate(Supplier<INDArray> fresh) {
        if (!needs) return;
        if (gradient == null) {
            gradient = new Gradient(fresh.get());
        } else {
            INDArray more = fresh.get();
            add(more);
            spare.give(more);
        }
    }

    private void add(INDArray more) {
        INDArray sum = own();
        kernels.add(sum, more, sum);
    }

    /** The gradient as an array that may be added into, or null while there is none. */
    INDArray own() {
        if (gradient != null && gradient.holders > 1) {
            INDArray copy = spare.take(shape);
            copy.assign(grad());
            gradient.holders--;
            gradient = new Gradient(copy);
        }
        return grad();
    }

    /** After its step of the way back: neither its value nor its gradient is read again. */
    void close() {
        if (gradient != null) release(gradient);
        if (value != null && !borrowed) spare.give(value);
    }
}
