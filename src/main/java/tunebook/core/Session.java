package tunebook.core;

import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * One run's state on an engine: what learns, its gradients and the optimizer's moments. For one
 * thread at a time.
 */
public interface Session extends AutoCloseable {
    /** How many forward passes there were, in {@link #optimizer}: dropout goes on from there. */
    String PASSES = "passes";

    /** Which of the learning weights learn for now; at first all. */
    void activate(Predicate<String> names);

    /**
     * The program's value, dropout off.
     *
     * @throws OutOfMemory if there is no room
     */
    Tensor evaluate(Program program, Batch batch);

    /** Lets go of the rows that evaluations have kept, as {@link Ops#kept} does. */
    void forget();

    /**
     * Runs a scalar program forward and backward, dropout on, and adds {@code share} times its
     * gradient to what is there.
     *
     * @return the program's value, not multiplied
     * @throws OutOfMemory if there is no room; part of the gradient may have been added
     */
    double accumulate(Program loss, Batch batch, double share);

    /**
     * One optimizer step over what is active, then forgets the gradients.
     *
     * @param rule of the optimizer
     * @param rate learning rate by weight name; 0 leaves the weight and its moments as they are
     * @param maxNorm gradients are scaled so that their global norm is at most this; infinite to
     *     leave them
     * @return the global norm before scaling; if it is not finite, nothing was changed
     */
    double step(Adam rule, ToDoubleFunction<String> rate, double maxNorm);

    /** Forgets the gradients added up so far. */
    void discard();

    /** Gradients added up so far, by name. */
    Weights gradients();

    /** Current values of what may learn. */
    Weights learned();

    /** Puts values back, for example the best ones seen. */
    void restore(Weights learned);

    /**
     * Moments and step counts, with which and {@link #learned} another session goes on bit for bit.
     */
    Map<String, Tensor> optimizer();

    /** Puts moments and step counts back. */
    void optimizer(Map<String, Tensor> state);

    /** Seconds that {@link #accumulate} has spent on the way back so far. */
    double backwardSeconds();

    /** Most bytes this session has used on the device at once, its own weights included. */
    long peakBytes();

    @Override
    void close();
}
