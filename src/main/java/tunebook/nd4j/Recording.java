package tunebook.nd4j;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a tape remembers of its operations, and the way back through them. */
abstract class Recording {
    final Kernels kernels;
    final DataType type;
    final Spare spare;
    final SplittableRandom dropout;
    private final List<Runnable> back = new ArrayList<>();
    private final Set<INDArray> written = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param dropout generator of dropout masks, or null while not training: then nothing is
     *     remembered
     */
    Recording(Kernels kernels, DataType type, SplittableRandom dropout) {
        this.kernels = kernels;
        this.type = type;
        this.spare = new Spare(type, kernels.crew(), dropout == null);
        this.dropout = dropout;
    }

    /** Goes back from a scalar, adding {@code share} times its gradient to what learns. */
    void backward(Var loss, double share) {
        if (!loss.needs) return;
        loss.begin(scalar(share));
        try {
            for (int i = back.size() - 1; i >= 0; i--) back.get(i).run();
        } finally {
            // whatever happened: no errand may outlive the arrays it reads
            kernels.crew().settle();
        }
    }

    /**
     * Adds to gradients of weights beside the way back, which goes on meanwhile.
     *
     * @param out whose gradient the work reads
     * @param grads what it adds to
     */
    void beside(Var out, List<INDArray> grads, Runnable work) {
        grads.forEach(this::ready);
        written.addAll(grads);
        Crew crew = kernels.crew();
        crew.later(work);
        out.readByErrand(crew);
        crew.whenDone(() -> grads.forEach(written::remove));
    }

    /** Waits until what was begun before has been added to it: sums keep their order. */
    void ready(INDArray grad) {
        if (written.contains(grad)) kernels.crew().settle();
    }

    INDArray empty(long... shape) {
        return spare.take(shape);
    }

    INDArray scalar(double value) {
        return Nd4j.scalar(type, value).reshape(1);
    }

    Var record(INDArray y, boolean needs, Consumer<INDArray> backward) {
        return record(value(y, needs), backward);
    }

    /** A value with these numbers. */
    final Var value(INDArray y, boolean needs) {
        return new Var(kernels, spare, y, remembers(needs));
    }

    /** Whether a value that needs a gradient gets one. */
    boolean remembers(boolean needs) {
        return needs && dropout != null;
    }

    Var record(Var out, Consumer<INDArray> backward) {
        if (out.needs) {
            back.add(
                    () -> {
                        if (out.grad() != null) backward.accept(out.grad());
                        out.close();
                    });
        }
        return out;
    }

    INDArray fresh(Var like, Consumer<INDArray> fill) {
        INDArray out = empty(like.shape());
        fill.accept(out);
        return out;
    }

    /** A new array of zeros like a value. */
    INDArray zeros(Var like) {
        return fresh(like, out -> kernels.zero(out));
    }
}
