package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tunebook.Tunebook;
import tunebook.core.TunebookException;
import tunebook.data.QuestionExample.Accepted;
import tunebook.support.Shared;

class SquadTest {
    @TempDir Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("squad.json"), text.replace('\'', '"'));
    }

    private static String article(String title, String... paragraphs) {
        return "{'title': '" + title + "', 'paragraphs': [" + String.join(",", paragraphs) + "]}";
    }

    private static String paragraph(String context, String... questions) {
        return "{'context': '" + context + "', 'qas': [" + String.join(",", questions) + "]}";
    }

    private static String question(String id, String answers) {
        return "{'id': '" + id + "', 'question': 'Who?', 'answers': [" + answers + "]}";
    }

    private static String answer(String text, int start) {
        return "{'text': '" + text + "', 'answer_start': " + start + "}";
    }

    private static String squad(String... articles) {
        return "{'version': '1.1', 'data': [" + String.join(",", articles) + "]}";
    }

    /** A question on each of so many passages, and a second one on every third. */
    private static String many(String name, int passages) {
        return squad(
                article(
                        name,
                        IntStream.range(0, passages)
                                .mapToObj(
                                        i -> {
                                            String a = answer("nurse " + i, 4);
                                            String q = question(name + i, a);
                                            String more = question(name + i + "b", a);
                                            String text = "The nurse " + i + " of " + name;
                                            return i % 3 == 0
                                                    ? paragraph(text, q, more)
                                                    : paragraph(text, q);
                                        })
                                .toArray(String[]::new)));
    }

    private static List<QuestionExample> all(Dataset<QuestionExample> data) {
        return Stream.of(data.train(), data.validation(), data.test())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void questionsComeWithPassageAndEveryAcceptedAnswer() throws IOException {
        String three = answer("The nurse", 0) + "," + answer("nurse", 4) + "," + answer("a", 14);
        Path file =
                file(
                        squad(
                                article(
                                        "Clinic",
                                        paragraph("The nurse was here.", question("q1", three)),
                                        paragraph("x", question("q2", answer("x", 0))),
                                        paragraph("y", question("q3", answer("y", 0))))));
        assertSays(() -> Tunebook.answers(file.toString()).split(0.4, 0.3, 0.3), "\"a\"");
        String two = answer("The nurse", 0) + "," + answer("nurse", 4);
        Files.writeString(
                file,
                squad(
                                article(
                                        "Clinic",
                                        paragraph("The nurse was here.", question("q1", two)),
                                        paragraph("x", question("q2", answer("x", 0))),
                                        paragraph("y", question("q3", answer("y", 0)))))
                        .replace('\'', '"'));
        Dataset<QuestionExample> data = Tunebook.answers(file.toString()).split(0.4, 0.3, 0.3);
        QuestionExample first =
                all(data).stream().filter(q -> q.id().equals("q1")).findFirst().orElseThrow();
        assertEquals("Who?", first.question());
        assertEquals("The nurse was here.", first.passage());
        assertEquals(
                List.of(new Accepted("The nurse", 0, 9), new Accepted("nurse", 4, 9)),
                first.answers());
        assertEquals("Who?\nThe nurse was here.", first.content());
        assertEquals("0–9 The nurse\n4–9 nurse", first.answer());
        assertEquals(Kind.ANSWERS, data.kind());
        assertEquals(List.of(), data.labels());
        assertEquals(file.toString(), data.name());
        assertEquals(
                3, data.describe().where(t -> t.stringColumn("label").isEqualTo("all")).rowCount());
    }

    /** A clef takes one code point and two UTF-16 units. */
    @ParameterizedTest
    @CsvSource({
        "7, nurse",
        "8, nurse",
        "9, nurse",
        "10, nurse",
        "0, \ud834\udd1e a",
        "13, \ud834\udd1e",
        "14, \ud834\udd1e",
        "15, \ud834\udd1e"
    })
    void placesMayBeCountedInCodePointsOrInUtf16Units(int start, String text) throws IOException {
        String passage = "\ud834\udd1e a the nurse \ud834\udd1e here";
        // code points: clef 0, a 2, the 4, nurse 8, clef 14; UTF-16 units: one more
        boolean right = passage.startsWith(text, passage.offsetByCodePoints(0, start));
        boolean units = passage.startsWith(text, start);
        Path file =
                file(
                        squad(
                                article(
                                        "t",
                                        paragraph(passage, question("q", answer(text, start))),
                                        paragraph("x", question("r", answer("x", 0))),
                                        paragraph("y", question("s", answer("y", 0))))));
        if (!right && !units) {
            assertSays(
                    () -> Squad.read(file).split(0.4, 0.3, 0.3),
                    "at answer_start " + start,
                    "the passage has it at " + passage.codePointCount(0, passage.indexOf(text)));
            return;
        }
        QuestionExample found =
                all(Squad.read(file).split(0.4, 0.3, 0.3)).stream()
                        .filter(q -> q.id().equals("q"))
                        .findFirst()
                        .orElseThrow();
        Accepted answer = found.answers().get(0);
        assertEquals(text, passage.substring(answer.from(), answer.end()));
        assertEquals(right ? passage.offsetByCodePoints(0, start) : start, answer.from());
    }

    @Test
    void anAnswerThatStandsElsewhereIsRefusedWithFileTitleQuestionAndPlace() throws IOException {
        String wrong = question("56d9", answer("nurse", 3));
        Path file = file(squad(article("Clinics of the north", paragraph("The nurse.", wrong))));
        TunebookException e = assertSays(() -> Squad.read(file).split(0.4, 0.3, 0.3));
        assertEquals(file + ", \"Clinics of the north\", question 56d9", e.where());
        assertEquals("its answer \"nurse\" does not stand at answer_start 3", e.what());
        assertEquals("the passage has it at 4, or skipBad()", e.mend());
        String absent = question("56d9", answer("doctor", 3));
        Files.writeString(
                file, squad(article("t", paragraph("The nurse.", absent))).replace('\'', '"'));
        assertSays(
                () -> Squad.read(file).split(0.4, 0.3, 0.3),
                "the passage has it nowhere: copy it word for word");
        for (int start : new int[] {-1, 10, 11, Integer.MAX_VALUE}) {
            String beyond = question("56d9", answer("nurse", start));
            Files.writeString(
                    file, squad(article("t", paragraph("The nurse.", beyond))).replace('\'', '"'));
            assertSays(() -> Squad.read(file).split(0.4, 0.3, 0.3), "answer_start " + start);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '~',
            value = {
                "{'id': 'q', 'question': 'Who?'}; question q; has no \"answers\"",
                "{'id': 'q', 'question': 'Who?', 'answers': 3}; question q; \"answers\" is not a list",
                "{'id': 'q', 'question': 'Who?', 'answers': []}; question q; has no answers",
                "{'id': 'q', 'question': 'Who?', 'answers': [3]}; question q; is no object",
                "{'id': 'q', 'question': 'Who?', 'answers': [{'text': 'x'}]}; q; has no \"answer_start\"",
                "{'id': 'q', 'question': 'Who?', 'answers': [{'answer_start': 0}]}; q; has no \"text\"",
                "{'id': 'q', 'question': 'Who?', 'answers': [{'text': 'x', 'answer_start': 0.5}]};"
                        + " q; \"answer_start\" is not a whole number",
                "{'id': 'q', 'question': 'Who?', 'answers': [{'text': 'x', 'answer_start': null}]};"
                        + " q; \"answer_start\" is not a whole number",
                "{'id': 'q', 'question': 'Who?', 'answers': [{'text': ' ', 'answer_start': 0}]};"
                        + " q; an answer is empty",
                "{'id': 'q', 'question': ' ', 'answers': []}; question q; its question is empty",
                "{'id': 'q', 'question': [1], 'answers': []}; question q; \"question\" is not a text",
                "{'id': 'q', 'answers': []}; question q; has no \"question\"",
                "{'question': 'Who?', 'answers': []}; paragraph 1 question 1; has no \"id\"",
                "{'id': '  ', 'question': 'Who?'}; paragraph 1 question 1; its id is empty",
                "{'id': 'q', 'question': 'Wh\\u0000o?', 'answers': []}; question q; has a NUL",
                "{'id': 'q', 'question': 'Who?', 'answers': [], 'is_impossible': true};"
                        + " question q; has no answer in its passage (is_impossible of SQuAD v2)",
                "[]; paragraph 1 question 1; is no object"
            })
    void aBrokenQuestionIsRefusedWithItsPlace(String question, String where, String what)
            throws IOException {
        Path file = file(squad(article("Clinics", paragraph("x marks it", question))));
        TunebookException e = assertSays(() -> Squad.read(file).split(0.4, 0.3, 0.3), what);
        assertTrue(e.where().startsWith(file + ", \"Clinics\""), e.where());
        assertTrue(e.where().endsWith(where), e.where());
        assertTrue(e.mend().contains("skipBad()") || e.mend().contains("SQuAD v1.1"), e.mend());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "''; is no JSON object",
                "{\"data\": [; is no JSON object",
                "[1, 2]; is no JSON object",
                "{\"version\": 1}; has no \"data\"",
                "{\"data\": {}}; \"data\" is not a list"
            })
    void aFileThatIsNoSquadIsRefusedWhateverIsSkipped(String text, String what) throws IOException {
        Path file = Files.writeString(folder.resolve("squad.json"), text);
        TunebookException e = assertSays(() -> Squad.read(file), what, "give SQuAD v1.1: data →");
        assertEquals(file.toString(), e.where());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3",
                "{'title': 't'}",
                "{'title': 't', 'paragraphs': 1}",
                "{'title': 't', 'paragraphs': [1]}",
                "{'title': 't', 'paragraphs': [{'context': 'x'}]}",
                "{'title': 't', 'paragraphs': [{'qas': [{'id': 'a', 'question': 'b', 'answers': []}]}]}",
                "{'title': 't', 'paragraphs': [{'context': ' ',"
                        + " 'qas': [{'id': 'a', 'question': 'b', 'answers': []}]}]}"
            })
    void aBrokenArticleOrParagraphIsRefusedOrSkippedAsOne(String article) throws IOException {
        Path file = file(squad(article, many("fine", 5).replaceAll("^.*'data': \\[|\\]\\}$", "")));
        assertSays(() -> Squad.read(file).split(0.4, 0.3, 0.3), file.toString(), "Mend: ");
        Dataset<QuestionExample> data = Squad.read(file).skipBad().split(0.4, 0.3, 0.3);
        assertEquals(1, data.skipped());
        assertEquals(7, all(data).size());
    }

    @Test
    void anArticleWithoutTitleIsCalledByItsNumber() throws IOException {
        String one = paragraph("x", question("q", answer("z", 0)));
        Path file = file(squad("{'paragraphs': [" + one + "]}"));
        assertSays(() -> Squad.read(file).split(0.4, 0.3, 0.3), ", article 1, question q");
    }

    @Test
    void whatIsWrongOtherwiseSaysSo() throws IOException {
        Path absent = folder.resolve("absent.json");
        assertSays(() -> Squad.read(absent), absent.toString(), "there is no such file");
        Path latin = folder.resolve("latin.json");
        Files.write(latin, "{\n\"data\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertSays(() -> Squad.read(latin), latin + " line 2", "is not UTF-8");
        Path few = file(many("few", 2));
        assertSays(
                () -> Squad.read(few).split(0.4, 0.3, 0.3),
                "has questions on 2 different passages, too few for 3 parts",
                "give at least 3 passages");
        assertSays(() -> Squad.read(few).split(0.4, 0.3, 0.4), "their sum 1");
        assertSays(() -> Squad.read(few).parts(1.0, few), "each share must be above 0");
    }

    @Test
    void theSecondQuestionOfAnIdIsRefused() throws IOException {
        String q = question("q", answer("x", 0));
        Path file =
                file(squad(article("One", paragraph("x", q)), article("Two", paragraph("x y", q))));
        assertSays(
                () -> Squad.read(file).split(0.4, 0.3, 0.3),
                "\"Two\", question q: there is one of this id already, in ",
                "\"One\"");
    }

    @Test
    void skippedQuestionsAreCountedAndTheOthersKept() throws IOException {
        String bad = question("bad", answer("nurse", 0));
        String impossible =
                "{'id': 'v2', 'question': 'Who?', 'answers': [], 'is_impossible': true}";
        String possible =
                "{'id': 'v1', 'question': 'Who?', 'answers': ["
                        + answer("x", 0)
                        + "], 'is_impossible': false}";
        Path file =
                file(
                        squad(
                                article(
                                        "t",
                                        paragraph("x", bad, impossible, possible),
                                        paragraph("y", question("b", answer("y", 0))),
                                        paragraph("z", question("c", answer("z", 0))))));
        assertSays(() -> Squad.read(file).split(0.4, 0.3, 0.3), "question bad");
        Dataset<QuestionExample> data = Squad.read(file).skipBad().split(0.4, 0.3, 0.3);
        assertEquals(2, data.skipped());
        assertEquals(
                List.of("b", "c", "v1"),
                all(data).stream().map(QuestionExample::id).sorted().toList());
    }

    @Test
    void questionsOnOnePassageStayTogetherAndSharesAreKept() throws IOException {
        Path file = file(many("p", 60));
        Dataset<QuestionExample> data = Squad.read(file).split(0.7, 0.15, 0.15);
        assertEquals(80, all(data).size());
        assertEquals(56, data.train().size(), 1);
        assertEquals(12, data.validation().size(), 1);
        Map<String, Integer> partOf = new HashMap<>();
        List<List<QuestionExample>> parts = List.of(data.train(), data.validation(), data.test());
        for (int p = 0; p < 3; p++) {
            for (QuestionExample q : parts.get(p)) {
                Integer before = partOf.put(q.passage(), p);
                assertTrue(before == null || before == p, q.passage() + " stands in two parts");
            }
        }
        assertEquals(60, partOf.size());
    }

    @Test
    void theSeedDecidesTheSplitAndTheBuilderNeverChanges() throws IOException {
        Squad squad = Squad.read(file(many("p", 40)));
        String usual = squad.split(0.6, 0.2, 0.2).sha256();
        assertNotEquals(usual, squad.splitSeed(2).split(0.6, 0.2, 0.2).sha256());
        assertEquals(usual, squad.split(0.6, 0.2, 0.2).sha256());
        assertEquals(usual, squad.splitSeed(2).splitSeed(1).split(0.6, 0.2, 0.2).sha256());
    }

    @Test
    void theHashKnowsEveryAcceptedAnswerAndItsPlace() {
        List<String> hashes = new ArrayList<>();
        for (List<Accepted> answers :
                List.of(
                        List.of(new Accepted("so", 0, 2)),
                        List.of(new Accepted("so", 3, 5)),
                        List.of(new Accepted("so", 0, 2), new Accepted("so", 3, 5)))) {
            QuestionExample q = new QuestionExample("q", "How?", "so so", answers);
            List<List<QuestionExample>> parts = List.of(List.of(q), List.of(q), List.of(q));
            hashes.add(
                    Dataset.of("d", Kind.ANSWERS, List.of(), parts, (part, row) -> row, 1, 0)
                            .sha256());
        }
        assertEquals(3, hashes.stream().distinct().count());
        assertSays(
                () -> new QuestionExample("q", "How?", "so so", List.of(new Accepted("so", 2, 4))),
                "question q",
                "\"so\" is not characters 2–4");
    }

    @Test
    void partsMayComeFromFilesOfTheirOwn() throws IOException {
        Path train =
                Files.writeString(folder.resolve("train.json"), many("a", 20).replace('\'', '"'));
        Path validation =
                Files.writeString(folder.resolve("val.json"), many("b", 6).replace('\'', '"'));
        Path test = Files.writeString(folder.resolve("test.json"), many("c", 3).replace('\'', '"'));
        Dataset<QuestionExample> given = Squad.read(train).parts(validation, test);
        assertEquals(27, given.train().size());
        assertTrue(given.validation().stream().allMatch(q -> q.id().startsWith("b")));
        assertEquals(4, given.test().size());
        Dataset<QuestionExample> shared = Squad.read(train).parts(0.25, test);
        assertEquals(20, shared.train().size(), 1);
        assertEquals(27, shared.train().size() + shared.validation().size());
        assertTrue(shared.test().stream().allMatch(q -> q.id().startsWith("c")));
        assertSays(
                () -> Squad.read(train).parts(test, test),
                test + ", question c0",
                "stands in " + test + " too",
                "give each part questions of its own");
    }

    @Test
    void aPublishedFileIsReadWhole() {
        Dataset<QuestionExample> data =
                Squad.read(Shared.path("data/qa/xquad.en.json")).split(0.7, 0.15, 0.15);
        assertEquals(1190, all(data).size());
        assertEquals(240, all(data).stream().map(QuestionExample::group).distinct().count());
        assertEquals(0.7 * 1190, data.train().size(), 5);
        assertEquals(List.of(), data.leaks());
    }
}
