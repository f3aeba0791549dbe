package tunebook.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tunebook.core.Batch;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;

/** Sentences with entities as batches. */
public final class EntityBatches {
    private EntityBatches() {}

    /**
     * Encodes each sentence once, its words with a blank between them.
     *
     * @param tags in the order of the classes
     * @param limit most tokens of a sentence, special ones included; the rest is cut off and
     *     counted
     * @throws TunebookException if a sentence has no tokens at all
     */
    public static Batches of(
            List<EntityExample> part, List<String> tags, Tokenizer tokenizer, int limit) {
        List<EncodedWords> encoded = new ArrayList<>();
        Truncation truncation = Truncation.NONE;
        for (EntityExample example : part) {
            int[] labels = example.tags().stream().mapToInt(tags::indexOf).toArray();
            EncodedWords words = EncodedWords.of(example.words(), labels, tokenizer, limit);
            if (words.rows().length == 0) {
                throw new TunebookException(
                        "example " + example.id(),
                        "has no tokens: its characters are none the tokenizer knows",
                        "remove the sentence");
            }
            encoded.add(words);
            truncation = truncation.and(words.lost());
        }
        return of(encoded, truncation);
    }

    /** Batches of sentences that each have a labelled word. */
    public static Batches of(List<EncodedWords> sentences, Truncation truncation) {
        return Batches.of(sentences, EntityBatches::together, truncation);
    }

    private static Batch together(List<EncodedWords> some) {
        Batch text = EncodedText.batch(some.stream().map(EncodedWords::ids).toList());
        int[] labels = some.stream().flatMapToInt(e -> Arrays.stream(e.labels())).toArray();
        int[] rows = new int[labels.length];
        int at = 0;
        for (int i = 0; i < some.size(); i++)
            for (int row : some.get(i).rows()) rows[at++] = text.text().start(i) + row;
        return text.predicted(rows).labels(labels, null);
    }
}
