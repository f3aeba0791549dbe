package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tunebook.Tunebook;
import tunebook.data.QuestionExample.Accepted;

/** The travel questions are what their card says; {@code -Ddatasets} names another folder. */
class TravelAnswersTest {
    private static final Path FOLDER = Path.of(System.getProperty("datasets", "datasets"));
    private static final Path FILE = FOLDER.resolve("travel-answers.json");
    private static final Pattern QUESTION_WORD =
            Pattern.compile(
                    "\\b(what|whom?|whose|which|where|when|why|how(?: (?:long|much|many|soon|old))?)\\b");

    private final List<String> card = lines(FOLDER.resolve("travel-answers.md"));
    private final JsonObject json = JsonParser.parseString(text(FILE)).getAsJsonObject();
    private final Dataset<QuestionExample> data =
            Tunebook.answers(FILE.toString()).split(0.7, 0.15, 0.15);
    private final List<QuestionExample> all =
            Stream.of(data.train(), data.validation(), data.test()).flatMap(List::stream).toList();

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path file) {
        return text(file).lines().toList();
    }

    private static List<JsonObject> objects(JsonObject of, String list) {
        return of.getAsJsonArray(list).asList().stream().map(JsonElement::getAsJsonObject).toList();
    }

    private List<JsonObject> paragraphs() {
        return objects(json, "data").stream()
                .flatMap(a -> objects(a, "paragraphs").stream())
                .toList();
    }

    private List<JsonObject> questions() {
        return paragraphs().stream().flatMap(p -> objects(p, "qas").stream()).toList();
    }

    private String card() {
        return String.join(" ", card).replaceAll("\\s+", " ");
    }

    /** The numbers in the card's row of this name. */
    private List<Double> row(String name) {
        String row =
                card.stream()
                        .filter(l -> l.startsWith("| " + name + " |"))
                        .findFirst()
                        .orElseThrow();
        Matcher number = Pattern.compile("[\\d.]+").matcher(row.substring(name.length() + 3));
        List<Double> numbers = new ArrayList<>();
        while (number.find()) numbers.add(Double.parseDouble(number.group()));
        return numbers;
    }

    /** Looked up in the JSON itself, without the library's reader. */
    @Test
    void everyAnswerStandsWhereItSays() {
        int answers = 0;
        for (JsonObject paragraph : paragraphs()) {
            String context = paragraph.get("context").getAsString();
            for (JsonObject question : objects(paragraph, "qas")) {
                for (JsonObject answer : objects(question, "answers")) {
                    int start = answer.get("answer_start").getAsInt();
                    String text = answer.get("text").getAsString();
                    assertEquals(text, context.substring(start, start + text.length()));
                    boolean begins = start == 0 || !word(context.charAt(start - 1));
                    int end = start + text.length();
                    boolean ends = end == context.length() || !word(context.charAt(end));
                    assertTrue(begins && ends, text + " is no whole words");
                    answers++;
                }
            }
        }
        assertEquals(344 + 130, answers);
    }

    private static boolean word(char c) {
        return Character.isLetterOrDigit(c);
    }

    @Test
    void idsAndQuestionsAreUniqueAndNothingIsSkipped() {
        List<String> ids = questions().stream().map(q -> q.get("id").getAsString()).toList();
        for (int i = 0; i < ids.size(); i++)
            assertEquals(String.format(Locale.ROOT, "t%03d", i + 1), ids.get(i));
        assertEquals(344, ids.size());
        assertEquals(344, all.stream().map(QuestionExample::question).distinct().count());
        assertEquals(344, all.stream().map(QuestionExample::id).distinct().count());
        assertEquals(0, data.skipped());
        assertEquals(0, data.duplicates());
        assertTrue(text(FILE).chars().allMatch(c -> c < 128 && c != '\r'), "ASCII and LF");
    }

    @Test
    void theCardCountsPassagesAndQuestionsRightly() {
        assertTrue(card().contains("71 short English passages about travel, with 344 questions"));
        assertEquals(71, paragraphs().size());
        for (JsonObject article : objects(json, "data")) {
            List<JsonObject> own = objects(article, "paragraphs");
            double questions = own.stream().mapToInt(p -> objects(p, "qas").size()).sum();
            assertEquals(
                    List.of((double) own.size(), questions),
                    row(article.get("title").getAsString()));
            own.forEach(p -> assertTrue(Set.of(4, 5).contains(objects(p, "qas").size())));
        }
        assertEquals(14, json.getAsJsonArray("data").size());
        assertTrue(card().contains("130 questions have a second accepted answer, which overlaps"));
        List<List<Accepted>> two =
                all.stream().map(QuestionExample::answers).filter(a -> a.size() > 1).toList();
        assertEquals(130, two.size());
        for (List<Accepted> pair : two) {
            assertEquals(2, pair.size());
            assertTrue(pair.get(0).from() < pair.get(1).end(), "they overlap: " + pair);
            assertTrue(pair.get(1).from() < pair.get(0).end(), "they overlap: " + pair);
            assertNotEquals(pair.get(0), pair.get(1));
        }
    }

    @Test
    void theCardMeasuresLengthsRightly() {
        assertEquals(
                row("Passage, words (split at spaces)"),
                measures(paragraphs().stream().map(p -> words(p.get("context").getAsString()))));
        assertEquals(row("Question, words"), measures(all.stream().map(q -> words(q.question()))));
        assertEquals(
                row("Preferred answer, words"), measures(preferred().stream().map(t -> words(t))));
        assertEquals(
                row("Preferred answer, characters"),
                measures(preferred().stream().map(String::length)));
        List<Integer> words = preferred().stream().map(TravelAnswersTest::words).toList();
        assertTrue(card().contains("72 are one word, 259 are two to six, 13 are longer"));
        assertEquals(72, words.stream().filter(n -> n == 1).count());
        assertEquals(259, words.stream().filter(n -> n > 1 && n < 7).count());
        assertEquals(13, words.stream().filter(n -> n > 6).count());
    }

    private List<String> preferred() {
        return all.stream().map(q -> q.answers().get(0).text()).toList();
    }

    private static int words(String text) {
        return text.split(" ", -1).length;
    }

    /** Least, median, mean to one place, most. */
    private static List<Double> measures(Stream<Integer> values) {
        List<Integer> sorted = values.sorted().toList();
        int n = sorted.size();
        double median = (sorted.get((n - 1) / 2) + sorted.get(n / 2)) / 2.0;
        double mean = sorted.stream().mapToInt(v -> v).average().orElseThrow();
        return List.of(
                (double) sorted.get(0),
                median,
                Math.round(10 * mean) / 10.0,
                (double) sorted.get(n - 1));
    }

    @Test
    void theCardCountsQuestionWordsRightly() {
        Map<String, Integer> counts = new TreeMap<>();
        for (QuestionExample q : all) {
            Matcher word = QUESTION_WORD.matcher(q.question().toLowerCase(Locale.ROOT));
            String found = word.find() ? word.group() : "none";
            String kind =
                    found.startsWith("who")
                            ? "who, whom, whose"
                            : found.startsWith("how ")
                                    ? "how long, much, many, soon, old"
                                    : Set.of("how", "none").contains(found)
                                            ? "how, otherwise"
                                            : found;
            counts.merge(kind, 1, Integer::sum);
        }
        assertEquals(8, counts.size());
        counts.forEach((kind, count) -> assertEquals(List.of((double) count), row(kind), kind));
    }

    @Test
    void theCardsNearestPassagesAreThatNear() {
        List<Set<String>> sets =
                paragraphs().stream()
                        .map(p -> p.get("context").getAsString().toLowerCase(Locale.ROOT))
                        .map(
                                t ->
                                        Set.copyOf(
                                                List.of(
                                                        t.replaceAll("[^a-z0-9]+", " ")
                                                                .strip()
                                                                .split(" ", -1))))
                        .toList();
        double nearest = 0;
        for (int i = 0; i < sets.size(); i++) {
            for (int j = 0; j < i; j++) {
                Set<String> both = new HashSet<>(sets.get(i));
                both.retainAll(sets.get(j));
                int union = sets.get(i).size() + sets.get(j).size() - both.size();
                nearest = Math.max(nearest, (double) both.size() / union);
            }
        }
        assertTrue(card().contains("Jaccard similarity between two passages is 0.20."));
        assertEquals(0.20, nearest, 0.03);
    }

    @Test
    void passagesFitIntoTheirPartsWhole() {
        Map<String, Set<String>> partsOf =
                Map.of("train", data.train(), "validation", data.validation(), "test", data.test())
                        .entrySet()
                        .stream()
                        .flatMap(
                                p ->
                                        p.getValue().stream()
                                                .map(q -> Map.entry(q.passage(), p.getKey())))
                        .collect(
                                Collectors.groupingBy(
                                        Map.Entry::getKey,
                                        Collectors.mapping(
                                                Map.Entry::getValue, Collectors.toSet())));
        assertEquals(71, partsOf.size());
        partsOf.values().forEach(parts -> assertEquals(1, parts.size()));
        assertEquals(0.7 * 344, data.train().size(), 5);
    }
}
