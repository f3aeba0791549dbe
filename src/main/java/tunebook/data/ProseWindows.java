package tunebook.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tunebook.core.Batch;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;

/**
 * Running text in windows of tokens, each token to be predicted from those before it in its window.
 * A window begins with the last token of the one before, so that every token is predicted once, but
 * the first of a stretch, before which there is nothing.
 *
 * @param windows in the order of the text
 * @param batches the same, encoded
 */
public record ProseWindows(List<Window> windows, Batches batches) {
    /**
     * Some tokens that follow each other.
     *
     * @param ids what is read, and one token more
     */
    public record Window(int[] ids) implements Encoded {
        @Override
        public int length() {
            return ids.length - 1;
        }

        @Override
        public int[] labels() {
            return Arrays.copyOfRange(ids, 1, ids.length);
        }
    }

    /**
     * Cuts paragraphs; those that follow each other make one stretch.
     *
     * @param limit most tokens that a window reads
     * @throws TunebookException if there are no two tokens that follow each other
     */
    public static ProseWindows of(List<ProseExample> part, Tokenizer tokenizer, int limit) {
        List<Window> windows = new ArrayList<>();
        StringBuilder stretch = new StringBuilder();
        for (int i = 0; i < part.size(); i++) {
            stretch.append(part.get(i).text());
            boolean goesOn =
                    i + 1 < part.size() && part.get(i + 1).place() == part.get(i).place() + 1;
            if (goesOn) continue;
            cut(tokenizer.plain(stretch.toString()), limit, windows);
            stretch.setLength(0);
        }
        return of(windows);
    }

    /**
     * The windows of one text.
     *
     * @throws TunebookException if it has fewer than two tokens
     */
    public static ProseWindows of(String text, Tokenizer tokenizer, int limit) {
        List<Window> windows = new ArrayList<>();
        cut(tokenizer.plain(text), limit, windows);
        return of(windows);
    }

    private static ProseWindows of(List<Window> windows) {
        if (windows.isEmpty()) {
            throw new TunebookException(
                    "text to model language with",
                    "has no two tokens that follow each other: there is nothing to predict",
                    "give more text");
        }
        return new ProseWindows(
                List.copyOf(windows), Batches.of(windows, ProseWindows::together, Truncation.NONE));
    }

    private static void cut(int[] ids, int limit, List<Window> windows) {
        for (int from = 0; from < ids.length - 1; from += limit)
            windows.add(
                    new Window(
                            Arrays.copyOfRange(ids, from, Math.min(ids.length, from + limit + 1))));
    }

    private static Batch together(List<Window> some) {
        List<int[]> texts = some.stream().map(w -> Arrays.copyOf(w.ids(), w.length())).toList();
        Batch batch = EncodedText.batch(texts);
        return batch.predicted(IntStream.range(0, batch.text().rows()).toArray())
                .labels(some.stream().flatMapToInt(w -> Arrays.stream(w.labels())).toArray(), null);
    }
}
