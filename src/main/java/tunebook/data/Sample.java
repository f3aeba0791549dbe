package tunebook.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Fewer examples with the same share of each label. */
final class Sample {
    private Sample() {}

    /** {@code examples} of them in their order, at least one of each label. */
    static List<TextExample> stratified(
            List<TextExample> from, int labels, int examples, long seed) {
        List<List<TextExample>> byLabel = new ArrayList<>();
        for (int label = 0; label < labels; label++) {
            int wanted = label;
            List<TextExample> some =
                    new ArrayList<>(from.stream().filter(e -> e.label() == wanted).toList());
            Collections.shuffle(some, new Random(seed * 31 + label));
            byLabel.add(some);
        }
        int[] counts = counts(byLabel, from.size(), examples);
        Set<TextExample> kept = new HashSet<>();
        for (int label = 0; label < labels; label++)
            kept.addAll(byLabel.get(label).subList(0, counts[label]));
        return from.stream().filter(kept::contains).toList();
    }

    /** Rounds shares so that they sum up: whole parts first, then the largest remainders. */
    private static int[] counts(List<List<TextExample>> byLabel, int all, int examples) {
        int[] counts = new int[byLabel.size()];
        double[] exact = new double[counts.length];
        int sum = 0;
        for (int label = 0; label < counts.length; label++) {
            exact[label] = (double) byLabel.get(label).size() * examples / all;
            counts[label] = Math.max(1, (int) exact[label]);
            sum += counts[label];
        }
        Comparator<Integer> byExcess =
                Comparator.<Integer>comparingDouble(label -> counts[label] - exact[label])
                        .thenComparing(label -> label);
        for (; sum < examples; sum++) counts[labels(counts).min(byExcess).orElseThrow()]++;
        for (; sum > examples; sum--)
            counts[labels(counts).filter(l -> counts[l] > 1).max(byExcess).orElseThrow()]--;
        return counts;
    }

    private static Stream<Integer> labels(int[] counts) {
        return IntStream.range(0, counts.length).boxed();
    }
}
