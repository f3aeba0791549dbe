package tunebook.nd4j;

/**
 * Splits rows into stretches whose borders do not depend on the number of threads, so results do
 * not either.
 */
final class Rowwise {
    private static final int ELEMENTS = 1 << 15;

    private final Crew crew;

    Rowwise(Crew crew) {
        this.crew = crew;
    }

    Crew crew() {
        return crew;
    }

    /** How many rows of this width make a stretch. */
    static int stretch(int width) {
        return Math.max(1, ELEMENTS / Math.max(1, width));
    }

    /** How many stretches there are. */
    static int stretches(int rows, int width) {
        int stretch = stretch(width);
        return (rows + stretch - 1) / stretch;
    }

    /** Calls the loop for each stretch with its number, first row and the row after its last. */
    void each(int rows, int width, Loop loop) {
        int stretch = stretch(width);
        each(
                stretches(rows, width),
                s -> loop.run(s, s * stretch, Math.min(rows, (s + 1) * stretch)));
    }

    /** Calls the loop for 0 … n − 1, side by side where there are threads. */
    void each(int n, java.util.function.IntConsumer loop) {
        crew.each(n, loop);
    }

    interface Loop {
        void run(int stretch, int from, int to);
    }
}
