package tunebook.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Divides rows with several labels: the rarest label's rows first, each to the part that still
 * lacks that label most; rows of one group together.
 *
 * @see <a href="https://doi.org/10.1007/978-3-642-23808-6_10">Sechidis et al. 2011, algorithm 1</a>
 */
record LabelSetSplit(long seed) {
    /** A row and its labels. */
    record Row(Labelled given, Set<String> labels) {}

    /** Rows that stay together. */
    private record Group(List<Integer> rows, Map<String, Long> labels) {}

    /** As many parts as shares, each in the rows' order. */
    List<List<Row>> parts(List<Row> rows, double... shares) {
        List<Group> left = groups(rows);
        Collections.shuffle(left, new Random(seed));
        double[] wanted = new double[shares.length];
        List<Map<String, Double>> wantedOf = new ArrayList<>();
        Map<String, Long> all = count(left);
        for (int part = 0; part < shares.length; part++) {
            double share = shares[part];
            wanted[part] = share * rows.size();
            Map<String, Double> of = new HashMap<>();
            all.forEach((label, count) -> of.put(label, share * count));
            wantedOf.add(of);
        }
        int[] partOf = new int[rows.size()];
        while (!left.isEmpty()) {
            Map<String, Long> counts = count(left);
            String rarest =
                    counts.entrySet().stream()
                            .min(Map.Entry.comparingByValue())
                            .map(Map.Entry::getKey)
                            .orElse("");
            List<Group> next =
                    left.stream()
                            .filter(g -> counts.isEmpty() || g.labels().containsKey(rarest))
                            .toList();
            left.removeAll(next);
            for (Group group : next) {
                int part = neediest(rarest, wantedOf, wanted);
                group.rows().forEach(row -> partOf[row] = part);
                wanted[part] -= group.rows().size();
                group.labels()
                        .forEach((l, n) -> wantedOf.get(part).merge(l, -(double) n, Double::sum));
            }
        }
        return IntStream.range(0, shares.length)
                .mapToObj(
                        part ->
                                IntStream.range(0, partOf.length)
                                        .filter(i -> partOf[i] == part)
                                        .mapToObj(rows::get)
                                        .toList())
                .toList();
    }

    private static List<Group> groups(List<Row> rows) {
        Map<String, Group> groups = new LinkedHashMap<>();
        for (int i = 0; i < rows.size(); i++) {
            Group group =
                    groups.computeIfAbsent(
                            rows.get(i).given().group(),
                            g -> new Group(new ArrayList<>(), new TreeMap<>()));
            group.rows().add(i);
            rows.get(i).labels().forEach(label -> group.labels().merge(label, 1L, Long::sum));
        }
        return new ArrayList<>(groups.values());
    }

    /** Rows with each label, by name so that equals come in a fixed order. */
    private static Map<String, Long> count(List<Group> groups) {
        return groups.stream()
                .flatMap(g -> g.labels().entrySet().stream())
                .collect(
                        Collectors.groupingBy(
                                Map.Entry::getKey,
                                TreeMap::new,
                                Collectors.summingLong(Map.Entry::getValue)));
    }

    /**
     * Where the label is missing most; of equals where rows are missing most, the first of these.
     */
    private static int neediest(
            String label, List<Map<String, Double>> wantedOf, double... wanted) {
        int best = 0;
        for (int part = 1; part < wanted.length; part++) {
            int byLabel =
                    Double.compare(
                            wantedOf.get(part).getOrDefault(label, 0.0),
                            wantedOf.get(best).getOrDefault(label, 0.0));
            if (byLabel > 0 || (byLabel == 0 && wanted[part] > wanted[best])) best = part;
        }
        return best;
    }
}
