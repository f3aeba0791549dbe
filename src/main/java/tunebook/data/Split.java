package tunebook.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tunebook.core.TunebookException;

/** Divides rows by a seed: the same share of each label everywhere, equal texts together. */
record Split(long seed) {
    /** Shares that can be split by. */
    static double[] checked(double... shares) {
        double sum = Arrays.stream(shares).sum();
        if (!(Math.abs(sum - 1) < 1e-6) || Arrays.stream(shares).anyMatch(s -> !(s > 0))) {
            throw new TunebookException(
                    "split("
                            + Arrays.stream(shares)
                                    .mapToObj(String::valueOf)
                                    .collect(Collectors.joining(", "))
                            + ")",
                    "each share must be above 0 and their sum 1, it is "
                            + Math.round(sum * 1e6) / 1e6,
                    "for example split(0.7, 0.15, 0.15)");
        }
        return shares;
    }

    /**
     * As many parts as shares, each in the rows' order.
     *
     * @param group rows of one group stay in one part
     * @param stratum has the same share everywhere; a group's is that of its first row
     * @throws TunebookException if a stratum has fewer groups than there are parts
     */
    <R> List<List<R>> parts(
            String name,
            List<R> rows,
            Function<R, String> group,
            Function<R, String> stratum,
            double... shares) {
        Map<String, List<Integer>> groups =
                IntStream.range(0, rows.size())
                        .boxed()
                        .collect(
                                Collectors.groupingBy(
                                        i -> group.apply(rows.get(i)),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        Map<String, List<List<Integer>>> strata =
                groups.values().stream()
                        .collect(
                                Collectors.groupingBy(
                                        some -> stratum.apply(rows.get(some.get(0))),
                                        TreeMap::new,
                                        Collectors.toList()));
        int[] partOf = new int[rows.size()];
        strata.forEach((label, some) -> assign(name, label, some, shares, partOf));
        List<List<R>> parts = new ArrayList<>();
        for (int part = 0; part < shares.length; part++) {
            int wanted = part;
            parts.add(
                    IntStream.range(0, rows.size())
                            .filter(i -> partOf[i] == wanted)
                            .mapToObj(rows::get)
                            .toList());
        }
        return parts;
    }

    private void assign(
            String name, String label, List<List<Integer>> groups, double[] shares, int[] partOf) {
        if (groups.size() < shares.length) {
            throw new TunebookException(
                    name,
                    (label.isEmpty() ? "" : "label \"" + label + "\" ")
                            + "has "
                            + groups.size()
                            + " different texts, too few for "
                            + shares.length
                            + " parts",
                    "give it at least "
                            + shares.length
                            + ", remove it, or check that the label column is right");
        }
        List<List<Integer>> shuffled = new ArrayList<>(groups);
        Collections.shuffle(shuffled, new Random(seed * 31 + label.hashCode()));
        // Largest groups first, so that what is left evens them out; equals stay shuffled.
        shuffled.sort((a, b) -> b.size() - a.size());
        int rows = groups.stream().mapToInt(Collection::size).sum();
        int[] missing = counts(rows, shares);
        boolean[] filled = new boolean[shares.length];
        for (int i = 0; i < shuffled.size(); i++) {
            boolean last = shuffled.size() - i <= empty(filled);
            int part = neediest(missing, filled, last);
            filled[part] = true;
            missing[part] -= shuffled.get(i).size();
            for (int row : shuffled.get(i)) partOf[row] = part;
        }
    }

    private static int empty(boolean[] filled) {
        int empty = 0;
        for (boolean f : filled) if (!f) empty++;
        return empty;
    }

    private static int neediest(int[] missing, boolean[] filled, boolean onlyEmpty) {
        int neediest = -1;
        for (int part = 0; part < missing.length; part++) {
            if (onlyEmpty && filled[part]) continue;
            if (neediest < 0 || missing[part] > missing[neediest]) neediest = part;
        }
        return neediest;
    }

    /** How many of {@code rows} each share gets: at least one, and all together exactly all. */
    private static int[] counts(int rows, double[] shares) {
        int[] counts = new int[shares.length];
        for (int part = 1; part < shares.length; part++)
            counts[part] = (int) Math.max(1, Math.round(rows * shares[part]));
        counts[0] = rows - Arrays.stream(counts).sum();
        return counts;
    }
}
