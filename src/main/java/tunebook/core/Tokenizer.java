package tunebook.core;

/** Text to token ids. */
public interface Tokenizer {
    /**
     * Encodes a text with the model's special tokens around it.
     *
     * @param text any string
     * @param limit most tokens; what is beyond is cut off before the last special token
     */
    Tokens encode(String text, int limit);

    /** The text of some ids, special tokens left out. */
    String decode(int... ids);

    /** How many different ids there are. */
    int vocabulary();

    /** The id of a token, for example {@code [MASK]}, or -1. */
    int id(String token);

    /** The token of an id. */
    String token(int id);

    /**
     * Token ids of one text.
     *
     * @param ids with special tokens
     * @param truncated how many tokens were cut off
     */
    record Tokens(int[] ids, int truncated) {}
}
