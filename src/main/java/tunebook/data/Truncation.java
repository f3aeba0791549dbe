package tunebook.data;

/**
 * What did not fit into the limit and was cut off.
 *
 * @param texts how many examples were longer
 * @param tokens how many tokens were lost
 */
public record Truncation(int texts, long tokens) {
    /** Nothing was cut. */
    public static final Truncation NONE = new Truncation(0, 0);

    /** Both together. */
    public Truncation plus(Truncation other) {
        return new Truncation(texts + other.texts, tokens + other.tokens);
    }

    /** This and a text of which so many tokens were lost. */
    Truncation and(int lost) {
        return lost == 0 ? this : new Truncation(texts + 1, tokens + lost);
    }
}
