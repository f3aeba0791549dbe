package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The project's own data sets are what their cards say; {@code -Ddatasets} names another folder.
 */
class DatasetsTest {
    private static final Path FOLDER = Path.of(System.getProperty("datasets", "datasets"));

    @ParameterizedTest
    @CsvSource({
        "clinic-reviews, review, mood, 2",
        "bank-messages, message, intent, 5",
        "lease-clauses, clause, verdict, 2"
    })
    void isLargeBalancedAndWithoutNearDuplicates(
            String name, String text, String label, int labels) {
        Path csv = FOLDER.resolve(name + ".csv");
        assertTrue(Files.isRegularFile(FOLDER.resolve(name + ".md")), "it has a card");
        Dataset<TextExample> data =
                TextTable.read(csv).text(text).label(label).split(0.7, 0.15, 0.15);
        List<TextExample> all =
                Stream.of(data.train(), data.validation(), data.test())
                        .flatMap(List::stream)
                        .toList();
        assertTrue(all.size() >= 400, "only " + all.size() + " rows");
        assertEquals(0, data.duplicates());
        assertEquals(labels, data.labels().size());
        assertEquals(all.size(), all.stream().map(TextExample::id).distinct().count());
        Map<Integer, Integer> counts = new HashMap<>();
        all.forEach(e -> counts.merge(e.label(), 1, Integer::sum));
        int most = counts.values().stream().max(Integer::compare).orElseThrow();
        int fewest = counts.values().stream().min(Integer::compare).orElseThrow();
        assertTrue(40 * most <= 60 * fewest, "balance " + counts);
        double nearest = nearestPair(all);
        System.out.printf(
                "%s: %d rows, %s, nearest pair %.2f%n", name, all.size(), counts, nearest);
    }

    /** Largest Jaccard similarity of word sets over all pairs of texts with six or more words. */
    static double nearestPair(List<? extends Example> examples) {
        List<Set<String>> words = new ArrayList<>();
        List<Example> long6 = new ArrayList<>();
        for (Example e : examples) {
            List<String> all =
                    Arrays.stream(
                                    e.content()
                                            .toLowerCase(Locale.ROOT)
                                            .split("[^\\p{L}\\p{N}']+", 0))
                            .filter(w -> !w.isEmpty())
                            .toList();
            if (all.size() < 6) continue;
            words.add(new HashSet<>(all));
            long6.add(e);
        }
        double nearest = 0;
        for (int i = 0; i < words.size(); i++) {
            for (int j = 0; j < i; j++) {
                int shared = 0;
                for (String word : words.get(i)) if (words.get(j).contains(word)) shared++;
                double jaccard =
                        (double) shared / (words.get(i).size() + words.get(j).size() - shared);
                String pair = long6.get(i) + " and " + long6.get(j);
                assertTrue(jaccard <= 0.5, () -> pair + " are alike: " + jaccard);
                nearest = Math.max(nearest, jaccard);
            }
        }
        return nearest;
    }
}
