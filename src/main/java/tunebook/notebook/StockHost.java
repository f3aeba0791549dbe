package tunebook.notebook;

/**
 * A kernel that is not ours. It has no way to clear output, and calls no stop hooks: its interrupt
 * only interrupts the cell's thread.
 */
abstract class StockHost implements Host {
    private final Timer timer = new Timer("live-display");

    /** As {@link LiveDisplay.Channel#send}. */
    abstract void send(Object value, String id, boolean first);

    @Override
    public final Display live() {
        return new LiveDisplay(this::send, timer);
    }

    @Override
    public final void clearOutput() {}

    @Override
    public final Registration onInterrupt(Runnable stop) {
        return () -> {};
    }
}
