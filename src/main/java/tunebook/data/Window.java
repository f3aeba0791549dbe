package tunebook.data;

/**
 * A question with a stretch of its passage as token ids.
 *
 * @param question its number in the part
 * @param ids of the question, the stretch and special tokens
 * @param segments of each
 * @param stretch what is seen of the passage
 * @param target where the answer is to be found, or null where another window is asked for it
 */
public record Window(int question, int[] ids, int[] segments, Stretch stretch, Target target)
        implements Encoded {
    private static final int[] NO_CLASSES = {};

    /**
     * Tokens of the passage one after another.
     *
     * @param row of the window at which they begin
     * @param token number of the first one in the passage
     * @param from each token's first character in the passage, in UTF-16 units
     * @param end the place after its last one
     */
    public record Stretch(int row, int token, int[] from, int[] end) {}

    /**
     * Where an answer begins and ends.
     *
     * @param begins the window's row with its first token
     * @param ends the window's row with its last token
     */
    public record Target(int begins, int ends) {}

    @Override
    public int length() {
        return ids.length;
    }

    @Override
    public int[] labels() {
        return NO_CLASSES;
    }
}
