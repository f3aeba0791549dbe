package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The project's own sentences with entities are what their card says. */
class EntityDatasetTest {
    private static final Path FOLDER = Path.of(System.getProperty("datasets", "datasets"));
    private static final Path FILE = FOLDER.resolve("clinic-entities.conll");
    private static final Pattern ROW =
            Pattern.compile("\\| `(\\w+)` \\| (\\d+) \\| (\\d+) \\| (\\d+) \\|.*");

    private static List<EntityExample> all() {
        Dataset<EntityExample> data = Conll.of(FILE).split(0.7, 0.15, 0.15);
        assertEquals(0, data.duplicates());
        assertEquals(0, data.skipped());
        return Stream.of(data.train(), data.validation(), data.test())
                .flatMap(List::stream)
                .toList();
    }

    private static String words(EntityExample e, Bio.Span span) {
        return String.join(" ", e.words().subList(span.from(), span.end()));
    }

    @Test
    void everyTagIsBioAsItStands() throws IOException {
        StringBuilder tags = new StringBuilder();
        for (String line : Files.readAllLines(FILE)) {
            if (line.startsWith("# ")) continue;
            String[] cells = line.split("\t", -1);
            assertTrue(line.isEmpty() || cells.length == 2, line);
            tags.append(line.isEmpty() ? "O" : cells[1]).append(' ');
        }
        List<String> given = List.of(tags.toString().strip().split(" ", -1));
        assertEquals(Bio.of(given), given, "nothing had to be mended");
    }

    @Test
    void theCardsCountsAreTrue() throws IOException {
        List<EntityExample> all = all();
        String card = Files.readString(FOLDER.resolve("clinic-entities.md"));
        Set<String> types = new TreeSet<>();
        for (Matcher row = ROW.matcher(card); row.find(); ) {
            String type = row.group(1);
            types.add(type);
            List<String> texts =
                    all.stream()
                            .flatMap(
                                    e ->
                                            e.entities().stream()
                                                    .filter(s -> s.type().equals(type))
                                                    .map(s -> words(e, s)))
                            .toList();
            assertEquals(Integer.parseInt(row.group(2)), texts.size(), type);
            assertEquals(
                    Integer.parseInt(row.group(3)),
                    texts.stream().map(t -> t.toLowerCase(Locale.ROOT)).distinct().count(),
                    type + ", distinct");
            assertEquals(
                    Integer.parseInt(row.group(4)),
                    texts.stream().filter(t -> t.contains(" ")).count(),
                    type + ", of several words");
        }
        assertEquals(
                types,
                all.stream()
                        .flatMap(e -> e.entities().stream())
                        .map(Bio.Span::type)
                        .collect(Collectors.toSet()));
        long entities = all.stream().mapToLong(e -> e.entities().size()).sum();
        long tokens = all.stream().mapToLong(e -> e.words().size()).sum();
        long outside =
                all.stream().flatMap(e -> e.tags().stream()).filter(t -> t.equals("O")).count();
        long without = all.stream().filter(e -> e.entities().isEmpty()).count();
        for (String claim :
                List.of(
                        all.size() + " English sentences",
                        entities + " entities in " + tokens + " tokens",
                        "of which " + outside + " are `O`",
                        without + " sentences (12.3%) have no entity"))
            assertTrue(card.contains(claim), claim);
        assertEquals(12.3, 100.0 * without / all.size(), 0.05);
        assertEquals(all.size(), all.stream().map(EntityExample::id).distinct().count());
        assertTrue(all.stream().allMatch(e -> e.id().matches("e\\d{3}")));
    }

    @Test
    void noTwoSentencesAreAlike() {
        List<EntityExample> all = all();
        double nearest = DatasetsTest.nearestPair(all);
        assertEquals(0.30, nearest, 0.005, "as its card says");
        System.out.printf("clinic-entities: %d rows, nearest pair %.2f%n", all.size(), nearest);
    }
}
