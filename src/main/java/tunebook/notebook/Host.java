package tunebook.notebook;

/**
 * Where values are shown: a notebook, or nothing. All methods may be called from any thread and
 * return at once.
 */
public interface Host {
    /** Shows a value under the running cell. */
    void display(Object value);

    /**
     * A place under the running cell whose content can be replaced; empty until its first update.
     */
    Display live();

    /** Removes what the cell has shown so far, as soon as something new is shown. */
    void clearOutput();

    /** Says how values of a type look, from now on. */
    void register(Renderer<?> renderer);

    /**
     * Calls {@code stop} when a person interrupts the kernel. It must return at once: it sets the
     * flag that a worker polls. The cell's thread is interrupted 0.6 s later if the cell has not
     * ended; in kernels that tell nobody, that interrupt is all there is, so whoever waits for a
     * worker also stops it on {@link InterruptedException}.
     */
    Registration onInterrupt(Runnable stop);

    /** The host of this process: a notebook's, or {@link #none}. */
    static Host current() {
        return Hosts.CURRENT.get();
    }

    /** Shows nothing: a plain JVM. */
    static Host none() {
        return NoHost.INSTANCE;
    }

    /** Ends what was registered. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
