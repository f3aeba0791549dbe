package tunebook.core;

/** A service takes no more for now: whoever asked may ask again later. */
public final class QueueFull extends TunebookException {
    private static final long serialVersionUID = 1;

    /**
     * @param service whose queue is full
     * @param waiting how many wait already
     */
    public QueueFull(String service, int waiting) {
        super(
                service,
                "is full: " + waiting + " questions wait",
                "ask again later, or give it a longer queue: Serving.USUAL.queue("
                        + 2L * waiting
                        + ")");
    }
}
