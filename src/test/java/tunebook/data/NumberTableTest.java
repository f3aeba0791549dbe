package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTableTest {
    private static final String HEADER = "id,review,stars\n";

    @TempDir Path folder;

    private NumberTable table(String text) {
        return file("reviews.csv", text).text("review").number("stars");
    }

    private TextTable file(String name, String text) {
        try {
            return TextTable.read(Files.writeString(folder.resolve(name), text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Dataset<NumberExample> split(NumberTable table) {
        return table.split(0.7, 0.15, 0.15);
    }

    private static List<NumberExample> all(Dataset<NumberExample> data) {
        return Stream.of(data.train(), data.validation(), data.test())
                .flatMap(List::stream)
                .toList();
    }

    private static String rows(int count) {
        Random random = new Random(5);
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < count; i++)
            rows.append("r" + i + ",text number " + i + "," + random.nextGaussian() + "\n");
        return rows.toString();
    }

    @Test
    void everyRowIsInOnePartAndBandsOfNumbersKeepTheirShares() {
        for (long seed = 1; seed <= 20; seed++) {
            Dataset<NumberExample> data = split(table(rows(400)).splitSeed(seed));
            assertEquals(Kind.NUMBERS, data.kind());
            assertEquals(List.of(), data.labels());
            assertEquals(
                    List.of(280, 60, 60),
                    List.of(data.train().size(), data.validation().size(), data.test().size()));
            assertEquals(400, new HashSet<>(all(data)).size());
            double[] sorted =
                    all(data).stream().mapToDouble(NumberExample::value).sorted().toArray();
            for (int band = 0; band < 5; band++) {
                double from = sorted[band * 80];
                double last = sorted[band * 80 + 79];
                long tested =
                        data.test().stream()
                                .filter(e -> e.value() >= from && e.value() <= last)
                                .count();
                assertEquals(12, tested, "test examples of band " + band + ", seed " + seed);
            }
        }
    }

    @Test
    void theSeedAloneDecidesTheSplitAndTheHashFollowsTheNumbers() {
        NumberTable table = table(rows(100));
        assertEquals(split(table).sha256(), split(table.splitSeed(1)).sha256());
        assertNotEquals(split(table).test(), split(table.splitSeed(2)).test());
        String other = rows(100).replace("text number 7,", "text number 7,9");
        assertNotEquals(split(table).sha256(), split(table(other)).sha256());
    }

    @Test
    void equalTextsStayInOnePartThoughTheirNumbersDiffer() {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 300; i++) text.append("r%d,text %d,%d%n".formatted(i, i % 100, i));
        Dataset<NumberExample> data = split(table(text.toString()));
        Map<String, String> partOf = new HashMap<>();
        Map.of("train", data.train(), "validation", data.validation(), "test", data.test())
                .forEach(
                        (part, examples) ->
                                examples.forEach(
                                        e ->
                                                assertEquals(
                                                        part,
                                                        partOf.computeIfAbsent(
                                                                e.text(), t -> part))));
        assertEquals(100, partOf.size());
    }

    @ParameterizedTest
    @CsvSource({"3,3", "-1.5,-1.5", "+2e3,2000", ".5,0.5", "7.,7", "1E-2,0.01", "' 4 ',4"})
    void numbersAreReadAsTheyAreWritten(String cell, double value) {
        Dataset<NumberExample> data = split(table(rows(9) + "last,the last," + cell + "\n"));
        assertEquals(
                value,
                all(data).stream().filter(e -> e.id().equals("last")).findFirst().get().value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"good", "NaN", "Infinity", "1e999", "3d", "0x10", "1 000", "--1", "٣"})
    void aCellThatIsNoFiniteNumberIsAnErrorWithFileLineAndMend(String cell) {
        String text = rows(9) + "last,the last," + cell + "\n";
        assertSays(
                () -> split(table(text)),
                "reviews.csv line 11",
                "stars is \"" + cell + "\", no finite number",
                "decimal point, as in 3.5, or skipBad()");
        Dataset<NumberExample> data = split(table(text).skipBad());
        assertEquals(1, data.skipped());
        assertEquals(9, all(data).size());
    }

    @Test
    void anEmptyCellAndADecimalCommaAreErrors() {
        assertSays(() -> split(table(rows(9) + "x,t,\n")), "line 11", "stars is empty");
        assertSays(() -> split(table(rows(9) + "x,t,\"4,5\"\n")), "line 11", "\"4,5\"", "3.5");
    }

    @Test
    void jsonLinesAndColumnsInAnyOrderWork() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 20; i++)
            lines.append(
                    "{\"name\": \"n%d\", \"t\": \"text %d\", \"v\": %d.5}%n".formatted(i, i, i));
        Dataset<NumberExample> data =
                file("x.jsonl", lines.toString())
                        .number("v")
                        .id("name")
                        .text("t")
                        .split(0.6, 0.2, 0.2);
        assertEquals(190 + 10, all(data).stream().mapToDouble(NumberExample::value).sum(), 1e-12);
        assertTrue(all(data).stream().allMatch(e -> e.id().startsWith("n")));
    }

    @Test
    void whatIsMissingIsSaid() {
        assertSays(
                () -> split(file("a.csv", rows(9)).number("stars")),
                "which column is the text",
                "text(column) and number(column)");
        assertSays(
                () -> file("a.csv", rows(9)).number("star"),
                "number(\"star\")",
                "nearest is \"stars\"");
        assertSays(() -> split(table(rows(2))), "too few for 3 parts");
    }
}
