package tunebook.bench.work;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import tunebook.core.Batch;
import tunebook.data.Batches;
import tunebook.data.EncodedText;
import tunebook.data.Truncation;

/**
 * Texts of one batch with their labels.
 *
 * @param ids token ids of each text
 * @param labels a class each
 */
public record Texts(List<int[]> ids, int[] labels) implements Examples {
    /** Drawn texts. */
    public static List<Texts> drawn(int batches, int size, int tokens, int vocabulary, long seed) {
        Random random = new Random(seed);
        List<Texts> all = new ArrayList<>();
        for (int b = 0; b < batches; b++) {
            int[] lengths = new int[size];
            Arrays.fill(lengths, tokens);
            all.add(drawn(lengths, vocabulary, random));
        }
        return all;
    }

    /** Texts of these lengths, drawn; of two classes. */
    public static Texts drawn(int[] lengths, int vocabulary, Random random) {
        List<int[]> ids = new ArrayList<>();
        int[] labels = new int[lengths.length];
        for (int i = 0; i < labels.length; i++) {
            ids.add(random.ints(lengths[i], 0, vocabulary).toArray());
            labels[i] = random.nextInt(2);
        }
        return new Texts(ids, labels);
    }

    /** Encoded texts of one batch. */
    public static Texts of(Batches examples, int... which) {
        return new Texts(
                Arrays.stream(which)
                        .mapToObj(i -> ((EncodedText) examples.example(i)).ids())
                        .toList(),
                Arrays.stream(which).map(i -> examples.labels(i)[0]).toArray());
    }

    /** As the trainer takes them. */
    public Batches batches() {
        List<EncodedText> encoded = new ArrayList<>();
        for (int i = 0; i < labels.length; i++)
            encoded.add(new EncodedText(ids.get(i), new int[] {labels[i]}));
        return Batches.of(encoded, some -> together(some).batch(), Truncation.NONE);
    }

    private static Texts together(List<EncodedText> some) {
        return new Texts(
                some.stream().map(EncodedText::ids).toList(),
                some.stream().mapToInt(e -> e.labels()[0]).toArray());
    }

    @Override
    public Batch batch() {
        return EncodedText.batch(ids).labels(labels, null);
    }

    /** Tokens of the longest text. */
    public int longest() {
        return ids.stream().mapToInt(t -> t.length).max().orElse(0);
    }

    /** Whether all are equally long. */
    public boolean even() {
        return ids.stream().allMatch(t -> t.length == longest());
    }
}
