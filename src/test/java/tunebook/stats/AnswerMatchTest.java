package tunebook.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerMatchTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "The  Grey Gannet!|grey gannet",
                "an island, a boat; the harbour|island boat harbour",
                "a|''",
                "Half-past six|halfpast six",
                "theatre and anthem|theatre and anthem",
                "the-end|theend",
                "a.m.|am",
                "\u00a0a\u2003Gannet\u3000|gannet",
                "a\u0301 la carte|\u0301 la carte",
                "_the_|''",
                "\u00c4an the\u00e9|\u00e4an the\u00e9",
                "5\u00a0\u20ac \u201cfare\u201d|5 \u20ac \u201cfare\u201d",
                "B\u00c9 THE\u2019S|b\u00e9 \u2019s",
                "$1,000.50|100050"
            })
    void textsAreComparedWithoutCasePunctuationAndArticles(String text, String normalized) {
        assertEquals(normalized, AnswerMatch.normalized(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "the smaller Petrel | Petrel | 0.6666666666666666 | 0",
                "The Petrel. | petrel | 1 | 1",
                "on Wednesdays | Wednesdays | 0.6666666666666666 | 0",
                "half past six | at half past six | 0.8571428571428571 | 0",
                "six six six | six | 0.5 | 0",
                "six six | six six six | 0.8 | 0",
                "Gannet | Petrel | 0 | 0",
                "the | a | 0 | 1",
                "'' | Petrel | 0 | 0"
            })
    void wordsAreCountedAsInSquad(String answer, String accepted, double f1, double exact) {
        assertEquals(f1, AnswerMatch.f1(answer, List.of(accepted)), 1e-15);
        assertEquals(f1, AnswerMatch.f1(accepted, List.of(answer)), 1e-15);
        assertEquals(exact, AnswerMatch.exact(answer, List.of(accepted)));
    }

    @Test
    void theBestAcceptedAnswerCounts() {
        List<String> accepted = List.of("Petrel", "the smaller Petrel", "Gannet");
        assertEquals(1, AnswerMatch.f1("smaller Petrel", accepted));
        assertEquals(1, AnswerMatch.exact("smaller petrel", accepted));
        assertEquals(2 / 3.0, AnswerMatch.f1("old Petrel", accepted), 1e-15);
        assertEquals(0, AnswerMatch.exact("old Petrel", accepted));
        assertEquals(0, AnswerMatch.f1("Petrel", List.of()));
    }

    /** The definition as precision and recall, with lists instead of counts. */
    private static double slow(String answer, String accepted) {
        List<String> given = words(answer);
        List<String> right = words(accepted);
        List<String> left = new ArrayList<>(right);
        int common = 0;
        for (String word : given) if (left.remove(word)) common++;
        if (common == 0) return 0;
        double precision = (double) common / given.size();
        double recall = (double) common / right.size();
        return 2 * precision * recall / (precision + recall);
    }

    private static List<String> words(String text) {
        String kept =
                text.chars()
                        .filter(c -> "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~".indexOf(c) < 0)
                        .mapToObj(c -> Character.toString(Character.toLowerCase(c)))
                        .collect(Collectors.joining());
        return Arrays.stream(kept.trim().split(" +", 0))
                .filter(w -> !List.of("a", "an", "the", "").contains(w))
                .toList();
    }

    @Test
    void anIndependentImplementationAgreesOnRandomAnswers() {
        String[] pieces = {
            "a", "The ", "an,", " six", "Six.", " past", " half-past", "  ", "x_y", "?"
        };
        Random random = new Random(6);
        int partly = 0;
        for (int trial = 0; trial < 5000; trial++) {
            String[] texts = new String[2];
            for (int t = 0; t < 2; t++)
                texts[t] =
                        IntStream.range(0, random.nextInt(8))
                                .mapToObj(i -> pieces[random.nextInt(pieces.length)])
                                .collect(Collectors.joining(random.nextBoolean() ? " " : ""));
            double slow = slow(texts[0], texts[1]);
            String pair = "\"" + texts[0] + "\" and \"" + texts[1] + "\"";
            assertEquals(slow, AnswerMatch.f1(texts[0], List.of(texts[1])), 1e-12, pair);
            boolean equal = words(texts[0]).equals(words(texts[1]));
            assertEquals(equal ? 1 : 0, AnswerMatch.exact(texts[0], List.of(texts[1])), pair);
            if (slow > 0 && slow < 1) partly++;
        }
        assertEquals(true, partly > 500, partly + " pairs match in part");
    }
}
