package tunebook.data;

/**
 * A text and its label's name, not yet checked against the others.
 *
 * @param group rows of one group stay in one part
 */
record Labelled(String id, String text, String label, String group) {
    /** A row of whose kind are those with the same text. */
    Labelled(String id, String text, String label) {
        this(id, text, label, text.strip());
    }
}
