package tunebook.core;

/**
 * What an engine computes on has no room for a batch. The engine goes on working, and a smaller
 * batch may fit; gradients of the batch may have been added in part.
 */
public final class OutOfMemory extends TunebookException {
    private static final long serialVersionUID = 1;

    /**
     * @param device what has no room
     * @param rows of the batch
     * @param cause what the engine's library said
     */
    public OutOfMemory(String device, int rows, Throwable cause) {
        super(
                device,
                "has no memory for a batch of " + rows + " rows",
                "give smaller batches, shorter texts or fewer workers",
                cause);
    }
}
