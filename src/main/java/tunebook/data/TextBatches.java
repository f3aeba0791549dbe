package tunebook.data;

import java.util.ArrayList;
import java.util.List;
import tunebook.core.Batch;
import tunebook.core.Tokenizer;

/** Labelled texts as batches. */
public final class TextBatches {
    private TextBatches() {}

    /**
     * Encodes each example once.
     *
     * @param limit most tokens of an example, special ones included; the rest is cut off and
     *     counted
     * @throws tunebook.core.TunebookException if an example has no tokens at all
     */
    public static Batches of(List<TextExample> part, Tokenizer tokenizer, int limit) {
        List<EncodedText> encoded = new ArrayList<>();
        Truncation truncation = Truncation.NONE;
        for (TextExample example : part) {
            Tokenizer.Tokens tokens = EncodedText.tokens(example, tokenizer, limit);
            encoded.add(new EncodedText(tokens.ids(), new int[] {example.label()}));
            truncation = truncation.and(tokens.truncated());
        }
        return Batches.of(encoded, TextBatches::together, truncation);
    }

    private static Batch together(List<EncodedText> some) {
        int[] labels = some.stream().mapToInt(e -> e.labels()[0]).toArray();
        return EncodedText.batch(some.stream().map(EncodedText::ids).toList()).labels(labels, null);
    }
}
