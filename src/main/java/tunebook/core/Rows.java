package tunebook.core;

/** Which rows of a batch are meant. */
public enum Rows {
    /** The first row of each sequence. */
    FIRST,
    /** The last row of each sequence. */
    LAST,
    /** The rows at which a token is to be predicted. */
    PREDICTED
}
