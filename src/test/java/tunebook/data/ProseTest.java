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
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.Tokenizer;
import tunebook.support.TinyProse;

class ProseTest {
    @TempDir Path folder;

    private Prose prose(String text) {
        return prose(text, StandardCharsets.UTF_8);
    }

    private Prose prose(String text, Charset charset) {
        try {
            return Prose.of(Files.writeString(folder.resolve("text.txt"), text, charset));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Dataset<ProseExample> split(Prose prose) {
        return prose.split(0.8, 0.1, 0.1);
    }

    private static List<ProseExample> all(Dataset<ProseExample> data) {
        return Stream.of(data.train(), data.validation(), data.test())
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(ProseExample::place))
                .toList();
    }

    private static String text(List<ProseExample> part) {
        return part.stream().map(ProseExample::text).collect(Collectors.joining());
    }

    @Test
    void partsAreStretchesOfWholeParagraphsThatMakeTheTextAgain() {
        String text = TinyProse.text(200);
        Set<Integer> places = new HashSet<>();
        for (long seed = 1; seed <= 40; seed++) {
            Dataset<ProseExample> data = split(prose(text).splitSeed(seed));
            assertEquals(Kind.PROSE, data.kind());
            assertEquals(200, all(data).size());
            assertEquals(text, text(all(data)));
            for (List<ProseExample> part : List.of(data.validation(), data.test())) {
                for (int i = 1; i < part.size(); i++)
                    assertEquals(part.get(0).place() + i, part.get(i).place(), "one stretch");
                assertEquals(0.1, (double) text(part).length() / text.length(), 0.008);
            }
            long borders =
                    IntStream.range(1, data.train().size())
                            .filter(
                                    i ->
                                            data.train().get(i).place()
                                                    != data.train().get(i - 1).place() + 1)
                            .count();
            assertTrue(borders <= 2, "training text is in " + (borders + 1) + " stretches");
            places.add(data.test().get(0).place());
        }
        assertTrue(places.size() > 30, "the seed moves the test text: " + places);
    }

    @Test
    void theSeedAloneDecidesAndTheHashFollowsTheText() {
        Prose prose = prose(TinyProse.text(100));
        String hash = split(prose).sha256();
        assertEquals(hash, split(prose.splitSeed(1)).sha256());
        assertNotEquals(hash, split(prose.splitSeed(2)).sha256());
        assertNotEquals(
                hash, split(prose(TinyProse.text(100).replace("day 7.", "day 8."))).sha256());
    }

    @Test
    void blankLinesDivideParagraphsAndWhereThereAreNoneLineEndsDo() {
        StringBuilder letters = new StringBuilder();
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            letters.append("Dear " + i + ",\r\nhow are you?\r\n \r\n\r\n");
            lines.append("line " + i + "\n");
        }
        List<ProseExample> paragraphs = all(split(prose(letters.toString())));
        assertEquals(40, paragraphs.size());
        assertEquals("Dear 0,\nhow are you?\n \n\n", paragraphs.get(0).text());
        assertEquals("paragraph 1", paragraphs.get(0).id());
        assertEquals("line 7\n", all(split(prose(lines.toString()))).get(7).text());
        String title = "A TITLE\n\n" + lines;
        assertEquals(41, all(split(prose(title))).size(), "one paragraph would be nearly all");
    }

    @Test
    void neighboursStayTogetherInCrossValidation() {
        Dataset<ProseExample> data = split(prose(TinyProse.text(200)));
        Map<Integer, Set<String>> partsOf = new HashMap<>();
        List<Dataset<ProseExample>> folds = data.folds(5);
        for (Dataset<ProseExample> fold : folds)
            fold.test()
                    .forEach(
                            p ->
                                    partsOf.computeIfAbsent(p.block(), b -> new HashSet<>())
                                            .add(fold.name()));
        assertEquals(20, partsOf.size());
        partsOf.forEach((block, names) -> assertEquals(1, names.size(), "block " + block));
    }

    @Test
    void windowsPredictEveryTokenOnceButTheFirstOfAStretch() {
        Tokenizer bytes = TinyProse.bytes();
        Dataset<ProseExample> data = split(prose(TinyProse.text(50)).splitSeed(3));
        for (int limit : new int[] {1, 7, 32, 100_000}) {
            ProseWindows test = ProseWindows.of(data.test(), bytes, limit);
            String read = text(data.test());
            assertEquals(read.substring(1), bytes.decode(labels(test)));
            assertTrue(test.windows().stream().allMatch(w -> w.length() <= limit));
            ProseWindows train = ProseWindows.of(data.train(), bytes, limit);
            long stretches =
                    data.train().stream()
                            .filter(
                                    p ->
                                            data.train().stream()
                                                    .noneMatch(q -> q.place() == p.place() - 1))
                            .count();
            assertTrue(stretches > 1, "the seed leaves more than one stretch");
            assertEquals(text(data.train()).length() - stretches, labels(train).length);
        }
    }

    private static int[] labels(ProseWindows windows) {
        return windows.windows().stream().flatMapToInt(w -> IntStream.of(w.labels())).toArray();
    }

    @Test
    void specialTokensAreNoText() {
        Tokenizer words = tunebook.support.Tiny.tokenizer();
        ProseWindows windows = ProseWindows.of("the nurse was kind", words, 32);
        assertEquals("nurse was kind", words.decode(labels(windows)));
        assertEquals(
                words.encode("the nurse was kind", 99).ids().length - 2,
                words.plain("the nurse was kind").length);
    }

    @Test
    void whatCannotBeLearnedFromIsSaid() {
        assertSays(
                () -> split(prose("one\ntwo\n")), "text.txt", "has 2 paragraphs", "too few for 3");
        assertSays(() -> split(prose("")), "has 0 paragraphs");
        assertSays(
                () -> split(prose("caf\u00e9\n".repeat(20), StandardCharsets.ISO_8859_1)),
                "text.txt line 1",
                "is not UTF-8");
        assertEquals(
                20,
                all(split(
                                prose("caf\u00e9\n".repeat(20), StandardCharsets.ISO_8859_1)
                                        .charset(StandardCharsets.ISO_8859_1)))
                        .size());
        assertSays(() -> split(Prose.of(folder.resolve("none.txt"))), "there is no such file");
        assertSays(() -> prose("a\nb\nc\n").split(0.5, 0.2, 0.2), "their sum 1");
        assertSays(
                () -> ProseWindows.of("a", TinyProse.bytes(), 8),
                "has no two tokens",
                "give more text");
        assertEquals(3, all(prose("a\nb\nc\n").split(0.34, 0.33, 0.33)).size());
    }
}
