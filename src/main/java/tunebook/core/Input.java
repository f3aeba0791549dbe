package tunebook.core;

/** What a model asks of a batch, by name; a model never holds the numbers. */
public enum Input {
    /** Token ids of the text, one a row, [tokens]. */
    TOKENS,
    /** Position of each row in its sequence, virtual rows included, [rows]. */
    POSITIONS,
    /** Segment of each row, virtual rows included, [rows]. */
    SEGMENTS,
    /** Right answers as class indices, one a row of the logits. */
    LABELS,
    /** Where the right answer begins, a row of each sequence's text, [sequences]. */
    STARTS,
    /** The right answer's last row, [sequences]. */
    ENDS,
    /** Activations that a frozen prefix has computed, [rows, width]. */
    HIDDEN,
    /** Pixels of images, one after another row by row, [images · height · width, channels]. */
    PIXELS,
    /** Right answers as numbers, one for each element of what they are held against. */
    TARGETS
}
