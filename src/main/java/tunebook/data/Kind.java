package tunebook.data;

/** What the examples of a data set ask for. */
public enum Kind {
    /** One of several classes for a text. */
    CLASSES("classes of texts"),
    /** The stretch of a passage that answers a question. */
    ANSWERS("answers in passages");

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
