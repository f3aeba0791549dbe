package tunebook.bench.work;

/** Seconds. */
public final class Watch {
    private final long begun = System.nanoTime();

    /** Since this was made. */
    public double seconds() {
        return (System.nanoTime() - begun) / 1e9;
    }
}
