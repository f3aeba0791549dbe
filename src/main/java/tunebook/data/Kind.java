package tunebook.data;

import java.util.List;

/** What the examples of a data set ask for. */
public enum Kind {
    /** One of several classes for a text. */
    CLASSES("classes of texts"),
    /** A number for a text. */
    NUMBERS("numbers of texts"),
    /** Any number of labels for a text. */
    LABEL_SETS("label sets of texts"),
    /** Entities: spans of words, each of a type. */
    ENTITIES("entities in texts"),
    /** One of several classes for a picture. */
    PICTURES("classes of pictures"),
    /** The stretch of a passage that answers a question. */
    ANSWERS("answers in passages"),
    /** The next token of running text. */
    PROSE("running text");

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
        return this == CLASSES || this == PICTURES;
    }

    /** What an example's size is counted in. */
    String measure() {
        return this == PICTURES ? "short side" : "words";
    }

    /** What its examples are counted by in tables. */
    List<String> groups(List<String> labels) {
        if (this == ENTITIES) return Bio.types(labels);
        return stratified() || this == LABEL_SETS ? labels : List.of();
    }
}
