package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.Table;
import tunebook.support.Shared;

class ConllTest {
    private static final String GOOD = "Kim B-PER\nsleeps O\n";

    @TempDir Path folder;

    private Path file(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The file as it is, as training part; validation and test are small. */
    private ConllParts parts(String text) {
        return ConllParts.of(file("a.conll", text), file("b.conll", GOOD), file("c.conll", GOOD));
    }

    private List<EntityExample> read(String text) {
        return parts(text).read("x").train();
    }

    private static EntityExample example(String id, String words, String tags) {
        return new EntityExample(id, List.of(words.split(" ", -1)), List.of(tags.split(" ", -1)));
    }

    private static Stream<EntityExample> all(Dataset<EntityExample> data) {
        return Stream.of(data.train(), data.validation(), data.test()).flatMap(List::stream);
    }

    @Test
    void wordsAndTagsBecomeSentencesNamedByTheirLines() {
        Dataset<EntityExample> data =
                parts("Kim\tB-PER\r\nsleeps  O\n\n \nUK I-LOC\n").read("mine");
        assertEquals("mine", data.name());
        assertEquals(Kind.ENTITIES, data.kind());
        assertEquals(List.of("O", "B-LOC", "I-LOC", "B-PER", "I-PER"), data.labels());
        assertEquals(
                List.of(
                        example("a.conll:1", "Kim sleeps", "B-PER O"),
                        example("a.conll:5", "UK", "B-LOC")),
                data.train());
        EntityExample first = data.train().get(0);
        assertEquals("Kim sleeps", first.content());
        assertEquals("B-PER O", first.answer());
        assertEquals(List.of(new Bio.Span("PER", 0, 1)), first.entities());
        assertEquals(List.of(example("c.conll:1", "Kim sleeps", "B-PER O")), data.test());
    }

    @Test
    void commentsNameSentencesAndDocumentLinesPartThem() {
        String text =
                "-DOCSTART- -X- O O\n\n# id = e1\n# text = Kim\nKim NNP I-NP I-PER\n-DOCSTART- -X- O"
                        + " O\nUK NNP I-NP I-LOC\n\n# sent_id = s 2\n# NN B-NP O\nx NN I-NP O\n";
        assertEquals(
                List.of(
                        example("e1", "Kim", "B-PER"),
                        example("a.conll:7", "UK", "B-LOC"),
                        example("s 2", "# x", "O O")),
                read(text));
        assertEquals(
                List.of(example("a.conll:2", "Kim", "B-PER")),
                read("#begin document (x); part 0\nKim B-PER\n#end document\n"));
    }

    @Test
    void columnsCanBeChosen() {
        String text = "1 Kim B-PER NNP _\n2 left O VBD _\n\n";
        Path file = file("columns.conll", text);
        ConllParts parts = ConllParts.of(file, file, file);
        assertEquals(
                List.of(example("columns.conll:1", "Kim left", "B-PER O")),
                parts.word(2).tag(3).read("x").train());
        assertSays(
                () -> parts.read("x"),
                "columns.conll line 1",
                "\"_\" is no tag",
                "say which column has the tags with tag(column)");
        assertSays(() -> parts.word(0), "word(0)", "counted from 1");
        assertSays(() -> Conll.of(file).tag(0), "tag(0)", "counted from 1");
        assertSays(() -> parts.tag(6).read("x"), "has 5 columns", "tag 6");
        assertSays(() -> parts.word(5).read("x"), "word 5 and tag 5", "word(column)");
    }

    @ParameterizedTest
    @CsvSource({
        "'Kim B-PER\nsleeps\n', 2, '\"sleeps\" has no tag beside it', 'a tab or a blank'",
        "'Kim B-PER\nsleeps X\n', 2, '\"X\" is no tag', 'write O, B-TYPE or I-TYPE'",
        "'Kim B-PER\nsleeps B\n', 2, '\"B\" is no tag', 'write O, B-TYPE'",
        "'Kim B-PER\nhe B_PER\n', 2, '\"B_PER\" is no tag', 'or skipBad()'",
        "'Kim B-PER\nO\n', 2, '\"O\" has no tag', 'skipBad()'",
        "'Kim B-PER\nin NN O\nX O\n', 2, '3 columns where most lines have 2', 'one tag'",
        "'Kim B-PER\n\nNew York\tB-LOC\nX O\n', 3, '3 columns where most', 'one tag'",
        "'Kim B-PER\na{NUL}b O\n', 2, 'NUL character', 'remove it'",
        "'# id = a\nx B-X\n\n# id = a\ny O\n', 5, 'the id \"a\" of line 2', 'give each its own'"
    })
    void aBrokenSentenceIsRefusedByLine(String text, int line, String what, String mend) {
        ConllParts parts = parts(text.replace("{NUL}", "\0") + "\n" + GOOD);
        assertSays(() -> parts.read("x"), "a.conll line " + line + ": ", what, mend);
        Dataset<EntityExample> rest = parts.skipBad().read("x");
        assertEquals(1, rest.skipped());
        assertTrue(rest.train().stream().anyMatch(e -> e.content().equals("Kim sleeps")));
        assertTrue(rest.train().stream().noneMatch(e -> e.content().contains("\0")));
    }

    @Test
    void aFileThatIsNoneIsRefused() throws IOException {
        assertSays(() -> parts("").read("x"), "a.conll", "has no sentences", "a word and its tag");
        assertSays(() -> parts("# only\n\n").read("x"), "has no sentences");
        assertSays(() -> parts("a\nb\nc\n").read("x"), "has one column where word 1", "put a tab");
        assertSays(() -> parts("a O\nb O\n").read("x"), "no entity to learn from", "B-TYPE");
        Path none = folder.resolve("none");
        assertSays(() -> Conll.of(none).split(0.7, 0.15, 0.15), "none", "no such file");
        Path latin = folder.resolve("latin");
        Files.write(latin, (GOOD + "\ncafé O\n").getBytes(StandardCharsets.ISO_8859_1));
        assertSays(
                () -> ConllParts.of(latin, latin, latin).read("x"), "latin line 4", "is not UTF-8");
        ConllParts named = ConllParts.of(latin, latin, latin).charset(StandardCharsets.ISO_8859_1);
        assertEquals("café", named.read("x").train().get(1).content());
    }

    @Test
    void aTypeThatTrainingLacksIsNamed() {
        ConllParts parts =
                ConllParts.of(
                        file("a", GOOD), file("b", GOOD), file("c", "x O\n\nKim O\nLee I-PRE\n"));
        assertSays(
                () -> parts.read("x"),
                "c:3",
                "type \"PRE\" of the test part is not among those of the training part [PER]",
                "nearest is \"PER\"");
    }

    private String many(int sentences) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sentences; i++)
            text.append(
                    "n%d %s\nsleeps O\n\n"
                            .formatted(i % (sentences / 2), i % 3 == 0 ? "O" : "B-PER"));
        return text.toString();
    }

    @Test
    void aSplitKeepsEqualSentencesTogetherAndDependsOnItsSeedAlone() {
        Conll conll = Conll.of(file("many", many(200)));
        Dataset<EntityExample> data = conll.split(0.7, 0.15, 0.15);
        assertEquals(folder.resolve("many").toString(), data.name());
        assertEquals(140, data.train().size(), 1);
        assertEquals(30, data.test().size(), 1);
        assertEquals(200, all(data).map(EntityExample::id).distinct().count());
        Map<String, Integer> partOf = new HashMap<>();
        for (List<EntityExample> part : List.of(data.train(), data.validation(), data.test()))
            for (EntityExample e : part)
                assertEquals(
                        part.hashCode(),
                        partOf.computeIfAbsent(e.content(), c -> part.hashCode()),
                        e + " is in two parts");
        assertEquals(100, partOf.size());
        assertEquals(100, data.duplicates());
        assertEquals(data.sha256(), conll.split(0.7, 0.15, 0.15).sha256());
        assertNotEquals(data.sha256(), conll.splitSeed(2).split(0.7, 0.15, 0.15).sha256());
        assertEquals(50, data.sample(50).train().size());
        assertSays(() -> conll.split(0.7, 0.7, 0.1), "split(0.7, 0.7, 0.1)");
        Path two = file("two", GOOD + "\nLee B-PER\n");
        assertSays(() -> Conll.of(two).split(0.7, 0.15, 0.15), "2 different texts, too few for 3");
    }

    @Test
    void aDescriptionCountsTheSentencesWithEachType() {
        Table table = parts(GOOD + "\nUK I-LOC\nKim I-PER\nLee B-PER\n").read("x").describe();
        assertEquals(
                List.of("LOC", "PER", "all"), table.stringColumn("label").asList().subList(0, 3));
        assertEquals(List.of(1, 2, 2), table.intColumn("examples").asList().subList(0, 3));
        assertEquals(0.5, table.doubleColumn("share").get(0));
    }

    @Test
    void anExampleHasATagForEachWordAndTheyAreBio() {
        assertSays(
                () -> example("e6", "a b", "O I-X"), "example e6", "not in BIO: O I-X", "B-TYPE");
        assertSays(() -> example("e6", "a b", "O X"), "not in BIO: O X");
        assertSays(() -> example("e7", "a b", "O"), "example e7", "2 words and 1 tags");
        assertSays(() -> new EntityExample("e8", List.of(), List.of()), "0 words");
    }

    private static long count(Dataset<EntityExample> data, String type) {
        return all(data)
                .flatMap(e -> e.entities().stream())
                .filter(s -> s.type().equals(type))
                .count();
    }

    @Test
    void wikigoldAndEmergingEntitiesAreRead() {
        Path ner = Shared.path("data/ner");
        Dataset<EntityExample> wikigold =
                Conll.of(ner.resolve("wikigold/wikigold.conll.txt")).split(0.7, 0.15, 0.15);
        List<EntityExample> sentences = all(wikigold).toList();
        assertEquals(1_696, sentences.size());
        assertEquals(39_007, sentences.stream().mapToInt(e -> e.words().size()).sum());
        assertEquals(
                1_634,
                sentences.stream()
                        .flatMap(e -> e.tags().stream())
                        .filter(t -> t.endsWith("-PER"))
                        .count());
        Path w = ner.resolve("wnut17");
        Dataset<EntityExample> wnut =
                ConllParts.of(
                                w.resolve("wnut17train.conll"),
                                w.resolve("emerging.dev.conll"),
                                w.resolve("emerging.test.annotated"))
                        .read("WNUT 2017");
        assertEquals(3_394, wnut.train().size());
        assertEquals(1_009, wnut.validation().size());
        assertEquals(1_287, wnut.test().size());
        assertEquals(660 + 470 + 429, count(wnut, "person"));
        assertEquals(140 + 105 + 142, count(wnut, "creative-work"));
        System.out.println(wikigold + ", duplicates " + wikigold.duplicates());
        System.out.println(wnut + ", duplicates " + wnut.duplicates());
    }
}
