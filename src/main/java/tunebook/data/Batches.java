package tunebook.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.IntStream;
import tunebook.core.Batch;
import tunebook.core.TunebookException;

/** Encoded examples, and the batches of an epoch: examples of like length together. */
public final class Batches {
    private static final int BATCHES_SORTED_TOGETHER = 16;

    private final List<? extends Encoded> examples;
    private final Function<int[], Batch> together;
    private final Varied varied;
    private final Truncation truncation;

    private interface Varied {
        Batch batch(long seed, int epoch, int[] which);
    }

    private Batches(
            List<? extends Encoded> examples,
            Function<int[], Batch> together,
            Varied varied,
            Truncation truncation) {
        this.examples = examples;
        this.together = together;
        this.varied = varied;
        this.truncation = truncation;
    }

    /**
     * Batches of examples.
     *
     * @param together makes some of them a batch with its right answers
     * @param truncation what was cut off in encoding
     */
    public static <E extends Encoded> Batches of(
            List<E> examples, Function<List<E>, Batch> together, Truncation truncation) {
        List<E> all = List.copyOf(examples);
        return new Batches(
                all,
                which -> together.apply(Arrays.stream(which).mapToObj(all::get).toList()),
                null,
                truncation);
    }

    /**
     * Batches of examples that look different in each epoch of training.
     *
     * @param together makes some of them a batch with its right answers
     * @param variation makes an example another one of the same size, by dice that fall the same
     *     way for the same seed, epoch and example
     */
    public static <E extends Encoded> Batches varying(
            List<E> examples,
            Function<List<E>, Batch> together,
            BiFunction<E, SplittableRandom, E> variation) {
        List<E> all = List.copyOf(examples);
        return new Batches(
                all,
                which -> together.apply(Arrays.stream(which).mapToObj(all::get).toList()),
                (seed, epoch, which) -> {
                    long pass = start(seed, epoch);
                    return together.apply(
                            Arrays.stream(which)
                                    .mapToObj(i -> variation.apply(all.get(i), dice(pass, i)))
                                    .toList());
                },
                Truncation.NONE);
    }

    private static long start(long seed, int epoch) {
        return new SplittableRandom(seed ^ (epoch * 0x9E3779B97F4A7C15L)).nextLong();
    }

    private static SplittableRandom dice(long pass, int example) {
        return new SplittableRandom(
                new SplittableRandom(pass ^ (example * 0xBF58476D1CE4E5B9L)).nextLong());
    }

    /** How many examples. */
    public int size() {
        return examples.size();
    }

    /** Example {@code i} as it was encoded. */
    public Encoded example(int i) {
        return examples.get(i);
    }

    /** Rows of example {@code i}. */
    public int length(int i) {
        return examples.get(i).length();
    }

    /** The classes to be predicted in example {@code i}. */
    public int[] labels(int i) {
        return examples.get(i).labels();
    }

    /** How much example {@code i} counts in the mean of the loss. */
    public int weight(int i) {
        return examples.get(i).weight();
    }

    /** What was cut off. */
    public Truncation truncation() {
        return truncation;
    }

    /** Examples as one batch with their right answers. */
    public Batch batch(int... which) {
        return together.apply(which);
    }

    /** Whether examples look different in each epoch. */
    public boolean varies() {
        return varied != null;
    }

    /** The same examples as they look in an epoch of training. */
    public Batch varied(long seed, int epoch, int... which) {
        return varies() ? varied.batch(seed, epoch, which) : batch(which);
    }

    /**
     * The batches of one epoch, as examples' numbers; every example is in exactly one. The order
     * depends on seed and epoch alone. Shuffled examples are taken sixteen batches at a time and
     * sorted by length within, so that a batch's examples are about equally long.
     *
     * @param batchSize examples in a batch, at least 1; the smallest batch has what is left
     */
    public List<int[]> epoch(long seed, int epoch, int batchSize) {
        Random random = new Random(start(seed, epoch));
        List<Integer> order = new ArrayList<>(IntStream.range(0, size()).boxed().toList());
        Collections.shuffle(order, random);
        int sorted = Math.multiplyExact(checked(batchSize), BATCHES_SORTED_TOGETHER);
        List<int[]> batches = new ArrayList<>();
        for (int from = 0; from < size(); from += sorted) {
            List<Integer> chunk = order.subList(from, Math.min(size(), from + sorted));
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
