package tunebook.train;

/** How a run ended. */
public enum Ending {
    /** It did all it was asked for. */
    FINISHED,
    /** The loss or a gradient was no longer a finite number. */
    DIVERGED,
    /** It was stopped, and can be run again. */
    INTERRUPTED
}
