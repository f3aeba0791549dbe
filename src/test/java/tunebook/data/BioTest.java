package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BioTest {
    private static List<String> tags(String words) {
        return List.of(words.split(" ", -1));
    }

    /** The rules of conlleval and of seqeval's default mode, case by case. */
    @ParameterizedTest
    @CsvSource({
        "O O, O O",
        "B-X I-X O B-Y, B-X I-X O B-Y",
        "B-X B-X I-X, B-X B-X I-X",
        // IOB1, and files without any B
        "I-X I-X O I-X, B-X I-X O B-X",
        "I-X B-X I-X, B-X B-X I-X",
        // tags out of order
        "O I-X I-Y I-Y, O B-X B-Y I-Y",
        "B-X I-Y I-X, B-X B-Y B-X",
        // BIOES and BILOU
        "B-X I-X E-X S-Y O, B-X I-X I-X B-Y O",
        "B-X L-X U-X U-X, B-X I-X B-X B-X",
        "B-X E-X I-X, B-X I-X B-X",
        "S-X I-X, B-X B-X",
        "S-X E-X, B-X B-X",
        "O E-X E-X, O B-X B-X",
        "B-X E-Y, B-X B-Y",
        // a type may have a hyphen
        "B-creative-work I-creative-work, B-creative-work I-creative-work"
    })
    void everySchemeBecomesBio(String given, String expected) {
        assertEquals(tags(expected), Bio.of(tags(given)));
        assertEquals(tags(expected), Bio.of(tags(expected)), "BIO stays as it is");
    }

    @Test
    void spansSayTypeFirstWordAndEnd() {
        assertEquals(
                List.of(
                        new Bio.Span("PER", 1, 3),
                        new Bio.Span("PER", 3, 4),
                        new Bio.Span("ORG", 5, 6)),
                Bio.spans(tags("O B-PER I-PER B-PER O I-ORG")));
        assertEquals(List.of(), Bio.spans(tags("O")));
    }

    @Test
    void whatIsATag() {
        for (String tag : tags("O B-X I-X E-X S-X L-X U-X I-a-b B-Ö")) assertTrue(Bio.isTag(tag));
        for (String no : tags("o B I B- X-PER B_PER b-PER PER OO 0 -X"))
            assertFalse(Bio.isTag(no), no);
    }

    /**
     * 20,000 random rows of tags against a definition that tries every stretch of words: tags of
     * one type, of which the first begins an entity, no other does, and the next goes not on.
     */
    @Test
    void spansAgreeWithASlowDefinition() {
        String[] letters = {"B", "I", "I", "E", "S"};
        Long only = Long.getLong("seed");
        int entities = 0;
        for (long seed = only == null ? 0 : only;
                seed < (only == null ? 20_000 : only + 1);
                seed++) {
            Random random = new Random(seed);
            List<String> tags = new ArrayList<>();
            for (int n = 1 + random.nextInt(9); n > 0; n--)
                tags.add(
                        random.nextInt(3) == 0
                                ? "O"
                                : letters[random.nextInt(5)]
                                        + (random.nextBoolean() ? "-X" : "-Y"));
            List<Bio.Span> expected = new ArrayList<>();
            for (int from = 0; from < tags.size(); from++)
                for (int end = from + 1; end <= tags.size(); end++)
                    if (isEntity(tags, from, end))
                        expected.add(new Bio.Span(tags.get(from).substring(2), from, end));
            assertEquals(expected, Bio.spans(tags), tags + ", repeat with -Dseed=" + seed);
            assertEquals(expected, Bio.spans(Bio.of(tags)), tags + " in BIO");
            entities += expected.size();
        }
        assertTrue(only != null || entities > 40_000, "only " + entities + " entities");
    }

    private static boolean isEntity(List<String> tags, int from, int end) {
        if (tags.get(from).equals("O") || !begins(tags, from)) return false;
        for (int i = from + 1; i < end; i++)
            if (tags.get(i).equals("O") || begins(tags, i)) return false;
        return end == tags.size() || tags.get(end).equals("O") || begins(tags, end);
    }

    private static boolean begins(List<String> tags, int at) {
        String now = tags.get(at);
        String before = at == 0 ? "O" : tags.get(at - 1);
        boolean first = now.startsWith("B-") || now.startsWith("S-");
        boolean over = before.equals("O") || before.startsWith("E-") || before.startsWith("S-");
        return first || over || !before.substring(2).equals(now.substring(2));
    }
}
