package tunebook.study;

/**
 * Whoever watches a study: a notebook, a terminal, a test. Called from several threads; must return
 * at once.
 */
public interface Observer {
    /** Sees nothing, never stops. */
    Observer NONE = progress -> {};

    /** Sees how far the study has come. */
    void progress(Progress progress);

    /** Says how the study can be stopped; what comes back is closed when it has ended. */
    default Registration onStop(Runnable stop) {
        return () -> {};
    }

    /** Ends what was registered. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
