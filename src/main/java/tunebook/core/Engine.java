package tunebook.core;

import java.util.Optional;
import java.util.OptionalLong;

/** Where programs run. */
public interface Engine {
    /** What computes, in words, for example {@code CPU, 2 threads}. */
    String device();

    /**
     * What its results may differ by from other engines', in words; empty for the usual arithmetic,
     * whose results do not depend on the machine's devices.
     */
    default String arithmetic() {
        return "";
    }

    /** What training runs in. */
    default Precision training() {
        return Precision.FLOAT;
    }

    /**
     * Bytes that there is room for, where sessions have to find room or fail; empty where they make
     * do with less.
     *
     * @param wanted where less than this is free, what nobody uses any more is given back first
     */
    default OptionalLong free(long wanted) {
        return OptionalLong.empty();
    }

    /**
     * Puts weights where the engine computes. What is held is shared by all sessions over it and
     * never changes.
     *
     * @param weights by name
     * @param precision what to compute in
     */
    Held hold(Weights weights, Precision precision);

    /**
     * Opens a session: frozen weights that are shared, constant and learning ones that are its own.
     *
     * @param frozen shared
     * @param constants of this session, which never change
     * @param learning initial values of what may learn; they hide frozen ones of the same name
     * @param seed of dropout
     */
    Session open(Held frozen, Weights constants, Weights learning, long seed);

    /** A session without constants of its own. */
    default Session open(Held frozen, Weights learning, long seed) {
        return open(frozen, Weights.none(), learning, seed);
    }

    /** Weights on an engine. */
    interface Held extends AutoCloseable {
        /**
         * Room for rows beside the weights; empty where there is none, or where rows are as near
         * without.
         *
         * @param rows how many
         * @param width of each
         */
        default Optional<Near> near(long rows, int width) {
            return Optional.empty();
        }

        @Override
        void close();
    }
}
