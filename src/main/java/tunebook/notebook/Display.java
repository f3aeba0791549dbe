package tunebook.notebook;

/** One place in a notebook whose content is replaced; from any thread. */
public interface Display extends AutoCloseable {
    /**
     * Shows a value in place of the last one. At most five a second are sent and the last one
     * always is, so the value may be looked at up to 0.2 s later: hand over one that no longer
     * changes.
     */
    void update(Object value);

    /** Sends what is still waiting. Updates after this are sent as well. */
    @Override
    void close();
}
