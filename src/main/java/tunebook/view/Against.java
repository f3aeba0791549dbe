package tunebook.view;

import tunebook.study.Summary;

/** What accuracy is held against. */
public enum Against {
    /** How many parameters learn; a logarithmic axis. */
    TRAINABLE_PARAMETERS("trainable parameters"),
    /** Mean wall-clock seconds of a run. */
    SECONDS("seconds a run"),
    /** The most memory a run held, MiB. */
    PEAK_MEMORY("peak memory, MiB");

    private final String words;

    Against(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    double of(Summary summary) {
        return switch (this) {
            case TRAINABLE_PARAMETERS -> summary.trainable();
            case SECONDS -> summary.seconds();
            case PEAK_MEMORY -> summary.peakBytes() / (1024.0 * 1024.0);
        };
    }
}
