package tunebook.core;

import java.util.Optional;
import java.util.stream.IntStream;

/** Text to token ids. */
public interface Tokenizer {
    /**
     * Encodes a text with the model's special tokens around it.
     *
     * @param text any string
     * @param limit most tokens; what is beyond is cut off before the last special token
     */
    Tokens encode(String text, int limit);

    /**
     * Encodes a text, or a question and the text it is about, whole, and says where each token
     * stands.
     *
     * @param texts one or two
     */
    Located locate(String... texts);

    /** Ids of a text, whole, without special tokens. */
    default int[] plain(String text) {
        Located all = locate(text);
        return IntStream.range(0, all.ids().length)
                .filter(i -> all.sides()[i] >= 0)
                .map(i -> all.ids()[i])
                .toArray();
    }

    /** The text of some ids, special tokens left out. */
    String decode(int... ids);

    /** It in the form of Hugging Face's {@code tokenizer.json}; empty where it has none. */
    default Optional<String> json() {
        return Optional.empty();
    }

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

    /**
     * Token ids of one or two texts and where they stand.
     *
     * @param ids with special tokens
     * @param segments of each token, as the model was trained with
     * @param sides which text each token is of, 0 or 1; −1 for special ones
     * @param from each token's first character in its text, in UTF-16 units
     * @param end the place after its last one
     */
    record Located(int[] ids, int[] segments, int[] sides, int[] from, int[] end) {}
}
