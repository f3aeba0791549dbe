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
import java.util.stream.Collectors;
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

    /** Data with three parts. */
    TextData apply(String name, List<Labelled> rows, double[] shares, int skipped) {
        List<List<Labelled>> parts = parts(name, rows, shares);
        return TextData.of(name, parts.get(0), parts.get(1), parts.get(2), seed, skipped);
    }

    /** As many parts as shares, each in the rows' order. */
    List<List<Labelled>> parts(String name, List<Labelled> rows, double... shares) {
        Map<String, List<Labelled>> byText =
                rows.stream()
                        .collect(
                                Collectors.groupingBy(
                                        row -> row.text().strip(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        Map<String, List<List<Labelled>>> byLabel =
                byText.values().stream()
                        .collect(
                                Collectors.groupingBy(
                                        group -> group.get(0).label(),
                                        TreeMap::new,
                                        Collectors.toList()));
        TextData.checkLabels(name, byLabel.keySet());
        Map<Labelled, Integer> partOf = new LinkedHashMap<>();
        byLabel.forEach((label, groups) -> assign(name, label, groups, shares, partOf));
        List<List<Labelled>> parts = new ArrayList<>();
        for (int part = 0; part < shares.length; part++) {
            int wanted = part;
            parts.add(rows.stream().filter(row -> partOf.get(row) == wanted).toList());
        }
        return parts;
    }

    private void assign(
            String name,
            String label,
            List<List<Labelled>> groups,
            double[] shares,
            Map<Labelled, Integer> partOf) {
        if (groups.size() < shares.length) {
            throw new TunebookException(
                    name,
                    "label \""
                            + label
                            + "\" has "
                            + groups.size()
                            + " different texts, too few for "
                            + shares.length
                            + " parts",
                    "give it at least "
                            + shares.length
                            + ", remove it, or check that the label column is right");
        }
        List<List<Labelled>> shuffled = new ArrayList<>(groups);
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
            for (Labelled row : shuffled.get(i)) partOf.put(row, part);
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
