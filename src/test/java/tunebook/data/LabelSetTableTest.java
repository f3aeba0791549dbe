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

class LabelSetTableTest {
    private static final String HEADER = "id,letter,topics\n";

    @TempDir Path folder;

    private TextTable file(String name, String text) {
        try {
            return TextTable.read(Files.writeString(folder.resolve(name), text));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private LabelSetTable table(String text) {
        return file("letters.csv", text).text("letter").labels("topics");
    }

    private static Dataset<LabelSetExample> split(LabelSetTable table) {
        return table.split(0.7, 0.15, 0.15);
    }

    private static List<LabelSetExample> all(Dataset<LabelSetExample> data) {
        return Stream.of(data.train(), data.validation(), data.test())
                .flatMap(List::stream)
                .toList();
    }

    private static List<String> labels(Dataset<LabelSetExample> data, String id) {
        return all(data).stream().filter(e -> e.id().equals(id)).findFirst().get().labels();
    }

    /** Topics of falling frequency, some texts without any. */
    private static String rows(int count) {
        Random random = new Random(3);
        StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < count; i++) {
            StringBuilder topics = new StringBuilder();
            for (int t = 1; t <= 6; t++)
                if (random.nextInt(2 * t) == 0) topics.append("t" + t + ";");
            rows.append("r" + i + ",letter " + i + "," + topics + "\n");
        }
        return rows.toString();
    }

    private static int count(List<LabelSetExample> part, String label) {
        return (int) part.stream().filter(e -> e.has(label)).count();
    }

    @Test
    void everyLabelHasItsShareInEveryPart() {
        for (long seed = 1; seed <= 20; seed++) {
            Dataset<LabelSetExample> data = split(table(rows(400)).splitSeed(seed));
            assertEquals(Kind.LABEL_SETS, data.kind());
            assertEquals(List.of("t1", "t2", "t3", "t4", "t5", "t6"), data.labels());
            assertEquals(400, new HashSet<>(all(data)).size());
            assertEquals(280, data.train().size(), 3);
            assertEquals(60, data.validation().size(), 3);
            assertEquals(60, data.test().size(), 3);
            for (String label : data.labels()) {
                double whole = count(all(data), label);
                assertEquals(0.7 * whole, count(data.train(), label), 3, label);
                assertEquals(0.15 * whole, count(data.validation(), label), 2, label);
                assertEquals(0.15 * whole, count(data.test(), label), 2, label);
            }
        }
    }

    @Test
    void aLabelThatIsTooRareForAllPartsIsLearnedFromFirst() {
        for (long seed = 1; seed <= 20; seed++) {
            String once = rows(60) + "a,a rare one,once\n";
            Dataset<LabelSetExample> data = split(table(once).splitSeed(seed));
            assertEquals(1, count(data.train(), "once"));
            String three = once + "b,another,twice\nc,third,twice\nd,fourth,twice\n";
            data = split(table(three).splitSeed(seed));
            assertEquals(1, count(data.train(), "once"));
            assertEquals(2, count(data.train(), "twice"));
        }
    }

    @Test
    void theSeedAloneDecidesAndTheHashFollowsTheLabels() {
        LabelSetTable table = table(rows(80));
        assertEquals(split(table).sha256(), split(table.splitSeed(1)).sha256());
        assertNotEquals(split(table).test(), split(table.splitSeed(2)).test());
        String other = rows(80).replaceFirst("r7,letter 7,.*", "r7,letter 7,t6");
        assertNotEquals(split(table).sha256(), split(table(other)).sha256());
    }

    @Test
    void cellsAreDividedStrippedAndMayBeEmpty() {
        String text = rows(40) + "x,first, roof ;hen;; roof|bell \ny,second,\nz,third,  \n";
        Dataset<LabelSetExample> data = split(table(text));
        assertEquals(List.of("bell", "hen", "roof"), labels(data, "x"));
        assertEquals(List.of(), labels(data, "y"));
        assertEquals(List.of(), labels(data, "z"));
        Dataset<LabelSetExample> slashes =
                split(
                        file("s.csv", rows(40).replace(';', '/') + "x,first,roof; wet / hen\n")
                                .text("letter")
                                .labels("topics", "/"));
        assertEquals(List.of("hen", "roof; wet"), labels(slashes, "x"));
        assertSays(() -> file("s.csv", text).labels("topics", ""), "has no separator", "\";\"");
    }

    @Test
    void jsonLinesMayHoldListsWithSeparatorsInThem() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 30; i++)
            lines.append(
                    "{\"id\": \"r%d\", \"letter\": \"letter %d\", \"topics\": [\"a; b\", \"c%d\"]}%n"
                            .formatted(i, i, i % 2));
        lines.append("{\"id\": \"none\", \"letter\": \"last\", \"topics\": []}\n");
        lines.append("{\"id\": \"one\", \"letter\": \"one\", \"topics\": \"c0; c1\"}\n");
        LabelSetTable table = file("l.jsonl", lines.toString()).text("letter").labels("topics");
        Dataset<LabelSetExample> data = split(table);
        assertEquals(List.of("a; b", "c0", "c1"), data.labels());
        assertEquals(List.of("a; b", "c1"), labels(data, "r7"));
        assertEquals(List.of(), labels(data, "none"));
        assertEquals(List.of("c0", "c1"), labels(data, "one"));
        assertSays(
                () -> split(file("l.jsonl", lines.toString()).text("topics").labels("letter")),
                "l.jsonl line 1",
                "no single value");
        assertSays(
                () ->
                        file("l.jsonl", lines.toString())
                                .text("letter")
                                .label("topics")
                                .split(0.6, 0.2, 0.2),
                "l.jsonl line 1",
                "topics is a list",
                "labels(column)");
        assertSays(
                () ->
                        split(
                                file("n.jsonl", "{\"t\": \"a\", \"l\": [[1]]}\n")
                                        .text("t")
                                        .labels("l")),
                "line 1",
                "[1] in its list");
    }

    @Test
    void equalTextsStayInOnePart() {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 200; i++) text.append("r%d,text %d,t%d%n".formatted(i, i % 50, i % 7));
        Dataset<LabelSetExample> data = split(table(text.toString()));
        Map<String, String> partOf = new HashMap<>();
        Map.of("train", data.train(), "validation", data.validation(), "test", data.test())
                .forEach(
                        (part, some) ->
                                some.forEach(
                                        e ->
                                                assertEquals(
                                                        part,
                                                        partOf.computeIfAbsent(
                                                                e.text(), t -> part))));
        assertEquals(50, partOf.size());
    }

    @Test
    void whatCannotBeLearnedFromIsSaid() {
        StringBuilder none = new StringBuilder(HEADER);
        for (int i = 0; i < 20; i++) none.append("r%d,letter %d,%n".formatted(i, i));
        assertSays(() -> split(table(none.toString())), "has no label in any row to learn from");
        assertSays(() -> split(table(rows(9) + "x,,t1\n")), "line 11", "letter is empty");
        assertEquals(1, split(table(rows(9) + "x,,t1\n").skipBad()).skipped());
        assertSays(
                () -> split(file("a.csv", rows(9)).labels("topics")),
                "which column is the text",
                "labels(column)");
    }

    @Test
    void theDescriptionCountsEachLabel() {
        Dataset<LabelSetExample> data = split(table(rows(100)));
        var table = data.describe();
        assertEquals(3 * 7, table.rowCount());
        assertEquals("t1", table.getString(0, "label"));
        assertEquals(count(data.train(), "t1"), table.intColumn("examples").get(0).longValue());
        assertTrue(table.getString(6, "label").equals("all"));
    }
}
