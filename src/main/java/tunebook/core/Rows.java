package tunebook.core;

/** Which rows of a batch are meant. */
public enum Rows {
    /** The first row of each sequence. */
    FIRST,
    /** The rows whose token is to be predicted. */
    MASKED
}
