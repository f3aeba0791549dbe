package tunebook.bench.work;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import tunebook.core.Batch;
import tunebook.core.Sequences;
import tunebook.data.Batches;
import tunebook.data.EncodedText;
import tunebook.data.Truncation;

/**
 * Running text, each of whose tokens but the last is to tell the next.
 *
 * @param ids token ids of each window
 */
public record Windows(List<int[]> ids) implements Examples {
    /** The ids of drawn texts. */
    public static List<Windows> drawn(
            int batches, int size, int tokens, int vocabulary, long seed) {
        return Texts.drawn(batches, size, tokens, vocabulary, seed).stream()
                .map(texts -> new Windows(texts.ids()))
                .toList();
    }

    @Override
    public Batch batch() {
        int[] lengths = ids.stream().mapToInt(w -> w.length).toArray();
        int[] all = ids.stream().flatMapToInt(Arrays::stream).toArray();
        Sequences windows = new Sequences(lengths);
        int[] told =
                IntStream.range(0, windows.count())
                        .flatMap(i -> range(windows.start(i), windows.length(i) - 1))
                        .toArray();
        return Batch.text(windows, all, new int[all.length])
                .predicted(told)
                .labels(Arrays.stream(told).map(row -> all[row + 1]).toArray(), null);
    }

    private static IntStream range(int first, int count) {
        return IntStream.range(first, first + count);
    }

    @Override
    public int[] labels() {
        return new int[0];
    }

    /** As the trainer takes them. */
    public Batches batches() {
        return Batches.of(
                ids.stream().map(w -> new EncodedText(w, new int[0])).toList(),
                some -> new Windows(some.stream().map(EncodedText::ids).toList()).batch(),
                Truncation.NONE);
    }
}
