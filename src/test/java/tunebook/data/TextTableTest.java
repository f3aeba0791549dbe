package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TextTableTest {
    private static final String HEADER = "id,review,mood\n";

    @TempDir Path folder;

    private Path csv(String text) {
        return csv(text, StandardCharsets.UTF_8);
    }

    private Path csv(String text, Charset charset) {
        try {
            return Files.writeString(folder.resolve("reviews.csv"), text, charset);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String rows(int from, int to) {
        StringBuilder rows = new StringBuilder();
        for (int i = from; i < to; i++)
            rows.append("r%d,text number %d,%s%n".formatted(i, i, i % 4 == 0 ? "bad" : "good"));
        return rows.toString();
    }

    private TextTable table(String text) {
        return TextTable.read(csv(text)).text("review").label("mood");
    }

    private static Dataset<TextExample> split(TextTable table) {
        return table.split(0.7, 0.15, 0.15);
    }

    private static List<TextExample> all(Dataset<TextExample> data) {
        return Stream.of(data.train(), data.validation(), data.test())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void semicolonsSeparateWhereTheFirstRowHasNoComma() {
        String rows = rows(0, 40).replace(',', ';');
        for (String header : List.of("id;review;mood\n", "\n\"id\";\"review\";mood\r\n")) {
            TextTable table = table(header + rows);
            assertTrue(table.toString().endsWith(": 40 rows of id, review, mood"), table::toString);
            Dataset<TextExample> data = split(table);
            assertEquals(40, all(data).size());
            assertEquals(List.of("bad", "good"), data.labels());
        }
        assertSays(() -> table("a;b,c\n1,2\n"), "there is no such column");
    }

    @Test
    void anotherEncodingIsSaid() {
        Charset charset = Charset.forName("windows-1252");
        Path file = csv(HEADER + rows(0, 40).replace("text", "Größe"), charset);
        assertSays(
                () -> TextTable.read(file),
                file + " line 2: is not UTF-8",
                "Charset.forName(\"windows-1252\")");
        Dataset<TextExample> data =
                split(TextTable.read(file, charset).text("review").label("mood"));
        assertTrue(data.train().get(0).content().startsWith("Größe"));
    }

    @Test
    void everyRowIsInExactlyOnePartAndLabelsKeepTheirShares() {
        Dataset<TextExample> data = split(table(HEADER + rows(0, 400)));
        assertEquals(List.of("bad", "good"), data.labels());
        assertEquals(280, data.train().size());
        assertEquals(60, data.validation().size());
        assertEquals(60, data.test().size());
        for (List<TextExample> part : List.of(data.train(), data.validation(), data.test()))
            assertEquals(part.size() / 4, part.stream().filter(e -> e.label() == 0).count());
        assertEquals(400, new HashSet<>(all(data)).size());
        for (TextExample e : all(data)) {
            int i = Integer.parseInt(e.id().substring(1));
            assertEquals("text number " + i, e.text());
            assertEquals(i % 4 == 0 ? 0 : 1, e.label());
        }
    }

    @Test
    void theSeedAloneDecidesTheSplit() {
        TextTable table = table(HEADER + rows(0, 100));
        assertEquals(split(table).sha256(), split(table).sha256());
        assertEquals(split(table).sha256(), split(table.splitSeed(1)).sha256());
        assertNotEquals(split(table).sha256(), split(table.splitSeed(2)).sha256());
        assertNotEquals(split(table).test(), split(table.splitSeed(2)).test());
    }

    @Test
    void theHashFollowsTextLabelAndIds() {
        String before = split(table(HEADER + rows(0, 40))).sha256();
        assertEquals(64, before.length());
        assertNotEquals(before, split(table(HEADER + rows(0, 41))).sha256());
        assertNotEquals(
                before, split(table(HEADER + rows(0, 40).replace("good", "fine"))).sha256());
        assertNotEquals(
                before, split(table(HEADER + rows(0, 40).replace("number", "no"))).sha256());
        assertNotEquals(before, split(table(HEADER + rows(0, 40).replace("\nr", "\nq"))).sha256());
    }

    @Test
    void equalTextsStayInOnePartAndAreCounted() {
        StringBuilder text = new StringBuilder(HEADER);
        for (int i = 0; i < 300; i++)
            text.append("r%d,text %d,%s%n".formatted(i, i % 120, i % 120 < 60 ? "bad" : "good"));
        for (long seed = 0; seed < 20; seed++) {
            Dataset<TextExample> data = split(table(text.toString()).splitSeed(seed));
            assertEquals(180, data.duplicates());
            Map<String, String> partOf = new HashMap<>();
            Map<String, List<TextExample>> parts =
                    Map.of(
                            "train", data.train(),
                            "validation", data.validation(),
                            "test", data.test());
            parts.forEach(
                    (part, examples) ->
                            examples.forEach(
                                    e -> {
                                        String before = partOf.putIfAbsent(e.text(), part);
                                        assertTrue(before == null || before.equals(part), e.text());
                                    }));
            assertEquals(300, all(data).size());
            assertTrue(Math.abs(data.train().size() - 210) <= 4, data.toString());
            assertTrue(Math.abs(data.test().size() - 45) <= 4, data.toString());
        }
    }

    @Test
    void smallClassesAreInEveryPart() {
        Dataset<TextExample> data =
                split(table(HEADER + rows(0, 30) + "x,one,rare\ny,two,rare\nz,three,rare"));
        for (List<TextExample> part : List.of(data.train(), data.validation(), data.test()))
            assertEquals(1, part.stream().filter(e -> e.label() == 2).count());
    }

    @Test
    void quotedCellsKeepCommasQuotesAndLineEnds() {
        String text =
                "\uFEFFid,review,mood\r\n"
                        + "a,\"one, two\",p\r\n"
                        + "\r\n"
                        + "b,\"say \"\"no\"\"\",p\r\n"
                        + "c,\"first\r\nsecond\",p\r\n"
                        + "d,5\" wide,q\r\ne,#3, q \r\nf,0012,q";
        Dataset<TextExample> data = split(table(text));
        Map<String, String> texts = new HashMap<>();
        all(data).forEach(e -> texts.put(e.id(), e.text()));
        assertEquals(
                Map.of(
                        "a",
                        "one, two",
                        "b",
                        "say \"no\"",
                        "c",
                        "first\nsecond",
                        "d",
                        "5\" wide",
                        "e",
                        "#3",
                        "f",
                        "0012"),
                texts);
        assertEquals(List.of("p", "q"), data.labels());
    }

    @Test
    void aTableOfTablesawIsTakenAsItIs() {
        Table table =
                Table.create(
                        IntColumn.create("stars", 1, 2, 1, 2, 1, 2),
                        StringColumn.create("words", "a", "b", "c", "d", "e", "f"));
        TextTable text = TextTable.of("memory", table).text("words").label("stars");
        Dataset<TextExample> data = split(text);
        assertEquals("memory", data.name());
        assertEquals(List.of("1", "2"), data.labels());
        Set<String> ids = new HashSet<>();
        all(data).forEach(e -> ids.add(e.id()));
        assertEquals(Set.of("row-1", "row-2", "row-3", "row-4", "row-5", "row-6"), ids);
        table.stringColumn("words").set(4, "");
        assertSays(
                () -> split(TextTable.of("memory", table).text("words").label("stars")),
                "memory row 5",
                "words is empty");
    }

    @Test
    void missingFilesAndColumnsAreSaidAtOnce() throws IOException {
        Path missing = folder.resolve("none.csv");
        assertSays(() -> TextTable.read(missing), missing.toString(), "no such file");
        assertSays(() -> TextTable.read(folder), "is a folder");
        Files.writeString(missing, "\n\n");
        assertSays(() -> TextTable.read(missing), "is empty", "names the columns");
        TextTable table = TextTable.read(csv(HEADER + rows(0, 30)));
        assertSays(
                () -> table.text("reviews"),
                "text(\"reviews\") of ",
                "columns are \"id\", \"review\", \"mood\"",
                "nearest is \"review\"");
        assertSays(() -> table.label("modo"), "label(\"modo\")", "nearest is \"mood\"");
        assertSays(() -> table.id("key"), "id(\"key\")", "no such column");
        assertSays(() -> split(table.label("mood")), "which column is the text", "text(column)");
        assertSays(() -> split(table.text("review")), "which column is the label");
    }

    @Test
    void brokenRowsAreRefusedByLine() {
        String more = "m,\"two\nlines\",good\n";
        record Bad(String row, String... words) {}
        for (Bad bad :
                List.of(
                        new Bad("x,only two", "has 2 cells, the header 3 (id, review, mood)"),
                        new Bad(
                                "x,a,b,good",
                                "has 4 cells",
                                "quotes around cells that hold a separator"),
                        new Bad("x, ,good", "review is empty", "skipBad()"),
                        new Bad("x,,good", "review is empty"),
                        new Bad("x,fine, ", "mood is empty"),
                        new Bad(",fine,good", "its id is empty"),
                        new Bad("r3,fine,good", "has the id \"r3\" of", "line 5"),
                        new Bad("x,a\0b,good", "has a NUL character"))) {
            String text = HEADER + rows(0, 20) + more + bad.row() + "\n" + rows(20, 40);
            List<String> words = new ArrayList<>(List.of(bad.words()));
            words.add("reviews.csv line 24: ");
            assertSays(() -> split(table(text)), words.toArray(String[]::new));
            Dataset<TextExample> rest = split(table(text).skipBad());
            assertEquals(1, rest.skipped());
            assertEquals(41, all(rest).size());
        }
        assertEquals(0, split(table(HEADER + rows(0, 40))).skipped());
    }

    @Test
    void tabsAndJsonLinesHoldTheSameRows() throws IOException {
        String csv = HEADER + rows(0, 40);
        StringBuilder json = new StringBuilder("\n");
        csv.lines()
                .skip(1)
                .map(line -> line.split(","))
                .forEach(
                        c ->
                                json.append(
                                        "{\"id\": \"%s\", \"review\": \"%s\", \"mood\": \"%s\", \"n\": 1}%n"
                                                .formatted((Object[]) c)));
        String wanted = split(table(csv)).sha256();
        assertEquals(wanted, split(file("r.tsv", csv.replace(',', '\t'))).sha256());
        assertEquals(wanted, split(file("r.jsonl", json.toString())).sha256());

        for (String[] bad :
                new String[][] {
                    {"{\"id\": \"x\", \"review\": \"a\"", "is no JSON object"},
                    {"[1]", "is no JSON object"},
                    {"{\"id\": \"x\", \"review\": \"a\"}", "has no \"mood\""},
                    {
                        "{\"id\": \"x\", \"review\": [], \"mood\": \"good\", \"n\": 1}",
                        "no single value"
                    },
                    {"{\"id\": \"x\", \"review\": null, \"mood\": \"good\", \"n\": 1}", "is null"}
                }) {
            TextTable table = file("r.jsonl", json + bad[0] + "\n");
            assertSays(() -> split(table), "r.jsonl line 42: ", bad[1], "skipBad()");
            assertEquals(1, split(table.skipBad()).skipped());
        }
        assertSays(() -> file("r.jsonl", "\n"), "is empty", "a JSON object a line");
        assertSays(() -> file("r.jsonl", "hello\n"), "line 1", "is no JSON object");
    }

    private TextTable file(String name, String text) {
        try {
            Path file = Files.writeString(folder.resolve(name), text);
            return TextTable.read(file).text("review").label("mood");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void brokenQuotesCannotBeSkipped() {
        String open = HEADER + rows(0, 20) + "x,\"never closed,good\n" + rows(20, 40);
        assertSays(() -> table(open), "line 22: ", "never closed");
        String after = HEADER + "x,\"one\ntwo\"three,good\n" + rows(0, 40);
        assertSays(() -> table(after), "line 3: ", "after a closing quote");
    }

    @Test
    void anotherEncodingIsSaidWithItsLine() {
        String text = HEADER + rows(0, 20) + "x,caf\u00e9,good\n";
        Path latin = csv(text, StandardCharsets.ISO_8859_1);
        assertSays(() -> TextTable.read(latin), "reviews.csv line 22: ", "is not UTF-8");
        Path wide = csv(text, StandardCharsets.UTF_16);
        assertSays(() -> TextTable.read(wide), "line 1: ", "is not UTF-8");
    }

    @Test
    void dataThatCannotBeLearnedFromIsRefused() {
        String one = HEADER + rows(0, 40).replace("bad", "good");
        assertSays(() -> split(table(one)), "one class only", "\"good\"");
        assertSays(() -> split(table(HEADER)), "has no rows");
        assertSays(
                () -> split(table(HEADER + rows(0, 20)).label("id")),
                "label \"r0\" has 1 different texts",
                "too few for 3 parts",
                "label column is right");
        String same = HEADER + "a,x,p\nb,x,p\nc,x,p\nd,x,p\n" + rows(0, 20);
        assertSays(() -> split(table(same)), "label \"p\" has 1 different texts");
    }

    @Test
    void sharesMustBePositiveAndSumToOne() {
        TextTable table = table(HEADER + rows(0, 40));
        assertSays(() -> table.split(0.7, 0.2, 0.2), "split(0.7, 0.2, 0.2)", "it is 1.1");
        assertSays(() -> table.split(0.8, 0.2, 0), "above 0");
        assertSays(() -> table.split(1.2, -0.1, -0.1), "above 0");
        assertSays(() -> table.split(Double.NaN, 0.5, 0.5), "above 0");
        assertEquals(40, all(table.split(0.1, 0.45, 0.45)).size());
    }

    @Test
    void aSampleKeepsSharesAndLeavesTheOtherPartsAlone() {
        Dataset<TextExample> data = split(table(HEADER + rows(0, 400)));
        Dataset<TextExample> few = data.sample(40);
        assertEquals(40, few.train().size());
        assertEquals(10, few.train().stream().filter(e -> e.label() == 0).count());
        assertTrue(data.train().containsAll(few.train()));
        assertEquals(data.test(), few.test());
        assertEquals(data.validation(), few.validation());
        assertEquals(few.sha256(), data.sample(40).sha256());
        assertNotEquals(data.sha256(), few.sha256());
        assertEquals(28, data.sample(0.1).train().size());
        assertEquals(data.train(), data.sample(1.0).train());
        assertTrue(data.sample(80).train().containsAll(few.train()), "samples are nested");
        assertEquals(
                2, data.sample(2).train().stream().mapToInt(TextExample::label).distinct().count());
        assertSays(() -> data.sample(1), "sample(1)", "from 2 to 280");
        assertSays(() -> data.sample(281), "280 examples");
        assertSays(() -> data.sample(1.5), "sample(1.5)", "at most 1");
        assertSays(() -> data.sample(0.0), "above 0");
    }

    @Test
    void theDescriptionCountsExamplesAndWords() {
        Dataset<TextExample> data = split(table(HEADER + rows(0, 400)));
        Table table = data.describe();
        assertEquals(
                List.of(
                        "part",
                        "label",
                        "examples",
                        "share",
                        "words min",
                        "words median",
                        "words max",
                        "in another part too"),
                table.columnNames());
        assertEquals(9, table.rowCount());
        assertEquals("train", table.getString(0, "part"));
        assertEquals("bad", table.getString(0, "label"));
        assertEquals("70", table.getString(0, "examples"));
        assertEquals(0.25, table.doubleColumn("share").get(0));
        assertEquals("all", table.getString(8, "label"));
        assertEquals("60", table.getString(8, "examples"));
        assertEquals(3, table.intColumn("words min").get(8));
        assertEquals(3.0, table.doubleColumn("words median").get(8));
    }
}
