package tunebook.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tunebook.core.TunebookException;

/** Fewer examples with the same share of each stratum. */
final class Sample {
    private Sample() {}

    /**
     * {@code examples} of them in their order, at least one of each stratum.
     *
     * @throws TunebookException if that is fewer than strata or more than there are
     */
    static <E> List<E> stratified(
            String data, List<E> from, Function<E, String> stratum, int examples, long seed) {
        Map<String, List<Integer>> byStratum =
                IntStream.range(0, from.size())
                        .boxed()
                        .collect(
                                Collectors.groupingBy(
                                        i -> stratum.apply(from.get(i)),
                                        TreeMap::new,
                                        Collectors.toCollection(ArrayList::new)));
        List<List<Integer>> strata = List.copyOf(byStratum.values());
        if (examples < strata.size() || examples > from.size()) {
            throw new TunebookException(
                    "sample(" + examples + ") of " + data,
                    "there are " + strata.size() + " labels and " + from.size() + " examples",
                    "give a number from " + strata.size() + " to " + from.size());
        }
        for (int s = 0; s < strata.size(); s++)
            Collections.shuffle(strata.get(s), new Random(seed * 31 + s));
        int[] counts = counts(strata, from.size(), examples);
        Set<Integer> kept = new HashSet<>();
        for (int s = 0; s < counts.length; s++) kept.addAll(strata.get(s).subList(0, counts[s]));
        return IntStream.range(0, from.size()).filter(kept::contains).mapToObj(from::get).toList();
    }

    /** Rounds shares so that they sum up: whole parts first, then the largest remainders. */
    private static int[] counts(List<List<Integer>> strata, int all, int examples) {
        int[] counts = new int[strata.size()];
        double[] exact = new double[counts.length];
        int sum = 0;
        for (int s = 0; s < counts.length; s++) {
            exact[s] = (double) strata.get(s).size() * examples / all;
            counts[s] = Math.max(1, (int) exact[s]);
            sum += counts[s];
        }
        Comparator<Integer> byExcess =
                Comparator.<Integer>comparingDouble(s -> counts[s] - exact[s])
                        .thenComparing(s -> s);
        for (; sum < examples; sum++) counts[places(counts).min(byExcess).orElseThrow()]++;
        for (; sum > examples; sum--)
            counts[places(counts).filter(s -> counts[s] > 1).max(byExcess).orElseThrow()]--;
        return counts;
    }

    private static Stream<Integer> places(int[] counts) {
        return IntStream.range(0, counts.length).boxed();
    }
}
