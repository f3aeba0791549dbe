package tunebook.data;

import java.util.Arrays;
import java.util.List;
import tunebook.core.Batch;
import tunebook.core.Sequences;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;

/**
 * Token ids of one text, special ones included.
 *
 * @param ids in their order
 * @param labels classes to be predicted; may be none
 */
public record EncodedText(int[] ids, int[] labels) implements Encoded {
    @Override
    public int length() {
        return ids.length;
    }

    /**
     * A text's tokens.
     *
     * @param limit most tokens, special ones included
     * @throws TunebookException if the text has no token at all
     */
    public static Tokenizer.Tokens tokens(Example example, Tokenizer tokenizer, int limit) {
        Tokenizer.Tokens tokens = tokenizer.encode(example.content(), limit);
        if (tokens.ids().length > 0) return tokens;
        throw new TunebookException(
                "example " + example.id(),
                "has no tokens: its characters are none the tokenizer knows",
                "remove the row");
    }

    /** Texts one after another, every token of segment 0, without right answers yet. */
    public static Batch batch(List<int[]> texts) {
        int[] tokens = texts.stream().flatMapToInt(Arrays::stream).toArray();
        Sequences lengths = new Sequences(texts.stream().mapToInt(ids -> ids.length).toArray());
        return Batch.text(lengths, tokens, new int[tokens.length]);
    }
}
