package tunebook.core;

/** Where programs run. */
public interface Engine {
    /** What computes, in words, for example {@code CPU, 2 threads}. */
    String device();

    /**
     * Puts weights where the engine computes. What is held is shared by all sessions over it and
     * never changes.
     *
     * @param weights by name
     * @param precision what to compute in
     */
    Held hold(Weights weights, Precision precision);

    /**
     * Opens a session: frozen weights that are shared, learning ones that are its own.
     *
     * @param frozen shared
     * @param learning initial values of what may learn; they hide frozen ones of the same name
     * @param seed of dropout
     */
    Session open(Held frozen, Weights learning, long seed);

    /** Weights on an engine. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }
}
