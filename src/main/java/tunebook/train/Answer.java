package tunebook.train;

/**
 * An answer found in a passage.
 *
 * @param text the piece of the passage
 * @param from its first character in the passage, in UTF-16 units
 * @param end the place after its last one
 * @param probability of it among all pieces of at most 30 tokens, 0 … 1
 * @param passage where it stands
 */
public record Answer(String text, int from, int end, double probability, String passage) {}
