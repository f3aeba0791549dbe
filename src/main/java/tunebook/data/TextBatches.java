package tunebook.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tunebook.core.Batch;
import tunebook.core.Sequences;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;

/** Examples as token ids, and the batches of an epoch: examples of like length together. */
public final class TextBatches {
    private static final int BATCHES_SORTED_TOGETHER = 16;

    private final List<Encoded> examples;
    private final int truncatedTexts;
    private final long truncatedTokens;

    private TextBatches(List<Encoded> examples, int truncatedTexts, long truncatedTokens) {
        this.examples = examples;
        this.truncatedTexts = truncatedTexts;
        this.truncatedTokens = truncatedTokens;
    }

    /**
     * Encodes each example once.
     *
     * @param limit most tokens of an example, special ones included; the rest is cut off and
     *     counted
     * @throws TunebookException if an example has no tokens at all
     */
    public static TextBatches of(List<TextExample> part, Tokenizer tokenizer, int limit) {
        List<Encoded> encoded = new ArrayList<>();
        int texts = 0;
        long tokens = 0;
        for (TextExample example : part) {
            Tokenizer.Tokens ids = tokenizer.encode(example.text(), limit);
            if (ids.ids().length == 0) {
                throw new TunebookException(
                        "example " + example.id(),
                        "has no tokens: its characters are none the tokenizer knows",
                        "remove the row");
            }
            encoded.add(new Encoded(ids.ids(), example.label()));
            if (ids.truncated() > 0) texts++;
            tokens += ids.truncated();
        }
        return new TextBatches(List.copyOf(encoded), texts, tokens);
    }

    /** How many examples. */
    public int size() {
        return examples.size();
    }

    /** Tokens of example {@code i}. */
    public int length(int i) {
        return examples.get(i).ids().length;
    }

    /** Label of example {@code i}. */
    public int label(int i) {
        return examples.get(i).label();
    }

    /** How many examples were longer than the limit. */
    public int truncatedTexts() {
        return truncatedTexts;
    }

    /** How many tokens were cut off. */
    public long truncatedTokens() {
        return truncatedTokens;
    }

    /**
     * The batches of one epoch, as examples' numbers; every example is in exactly one. The order
     * depends on seed and epoch alone. Shuffled examples are taken sixteen batches at a time and
     * sorted by length within, so that a batch's texts are about equally long.
     *
     * @param batchSize examples in a batch, at least 1; the smallest batch has what is left
     */
    public List<int[]> epoch(long seed, int epoch, int batchSize) {
        Random random =
                new Random(new SplittableRandom(seed ^ (epoch * 0x9E3779B97F4A7C15L)).nextLong());
        List<Integer> order = new ArrayList<>(IntStream.range(0, size()).boxed().toList());
        Collections.shuffle(order, random);
        int together = Math.multiplyExact(checked(batchSize), BATCHES_SORTED_TOGETHER);
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < size(); from += together) {
            List<Integer> chunk = order.subList(from, Math.min(size(), from + together));
            chunk.sort(Comparator.comparingInt(this::length));
            batches.addAll(cut(chunk, batchSize));
        }
        Collections.shuffle(batches, random);
        return batches;
    }

    /** Batches of all examples from the shortest to the longest, for evaluation. */
    public List<int[]> inOrder(int batchSize) {
        List<Integer> order =
                IntStream.range(0, size())
                        .boxed()
                        .sorted(Comparator.comparingInt(this::length))
                        .toList();
        return cut(order, checked(batchSize));
    }

    /** Examples as one batch with their labels; every token is of segment 0. */
    public Batch batch(int... which) {
        int[][] ids =
                Arrays.stream(which).mapToObj(i -> examples.get(i).ids()).toArray(int[][]::new);
        int[] tokens = Arrays.stream(ids).flatMapToInt(Arrays::stream).toArray();
        int[] labels = Arrays.stream(which).map(this::label).toArray();
        Sequences lengths = new Sequences(Arrays.stream(ids).mapToInt(i -> i.length).toArray());
        return Batch.text(lengths, tokens, new int[tokens.length]).labels(labels, null);
    }

    private static List<int[]> cut(List<Integer> order, int batchSize) {
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < order.size(); from += batchSize) {
            int to = (int) Math.min(order.size(), (long) from + batchSize);
            batches.add(order.subList(from, to).stream().mapToInt(i -> i).toArray());
        }
        return batches;
    }

    private static int checked(int batchSize) {
        if (batchSize < 1 || batchSize > 1 << 20) {
            throw new TunebookException(
                    "batch size " + batchSize, "is not between 1 and 1048576", "give 8 to 64");
        }
        return batchSize;
    }
}
