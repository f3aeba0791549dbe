package tunebook.core;

/** An error that says where it happened, what is wrong, and how to mend it. */
public sealed class TunebookException extends RuntimeException permits OutOfMemory, QueueFull {
    private static final long serialVersionUID = 1;

    private final String where;
    private final String what;
    private final String mend;

    /**
     * @param where the call, file or line, for example {@code reviews.csv line 12}
     * @param what what is wrong, with the values
     * @param mend what to do about it
     */
    public TunebookException(String where, String what, String mend) {
        this(where, what, mend, null);
    }

    /** The same, with the error underneath. */
    public TunebookException(String where, String what, String mend, Throwable cause) {
        super(where + ": " + what + ". Mend: " + mend, cause);
        this.where = where;
        this.what = what;
        this.mend = mend;
    }

    /** The call, file or line. */
    public String where() {
        return where;
    }

    /** What is wrong. */
    public String what() {
        return what;
    }

    /** What to do about it. */
    public String mend() {
        return mend;
    }
}
