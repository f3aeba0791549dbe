package tunebook.data;

/** What the examples of a data set ask for. */
public enum Kind {
    /** One of several classes for a text. */
    CLASSES("classes of texts"),
    /** A number for a text. */
    NUMBERS("numbers of texts"),
    /** Any number of labels for a text. */
    LABEL_SETS("label sets of texts");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** In words, for messages. */
    public String words() {
        return words;
    }

    /** Whether parts and samples keep each answer's share. */
    boolean stratified() {
        return this == CLASSES;
    }
}
