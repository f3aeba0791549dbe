package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tunebook.core.Tokenizer;

class ByteLevelBpeTrainerTest {
    private static final List<String> LINES =
            List.of(
                    "The nurse said: don't, they've said it twice; we'll see in 2026!",
                    "  Two spaces, a tab\tand\u00a0more   ",
                    "",
                    "Caf\u00e9 \u4e2d\u6587 \ud83d\ude00 na\u00efve caf\u00e9s, caf\u00e9 12 345");

    private static Tokenizer tokenizer(int size) {
        byte[] json =
                ByteLevelBpeTrainer.train(LINES.stream(), size).getBytes(StandardCharsets.UTF_8);
        return HuggingFaceTokens.of("learned", new ByteArrayInputStream(json));
    }

    private static List<String> tokens(Tokenizer tokenizer, String text) {
        return Arrays.stream(tokenizer.encode(text, 1 << 20).ids())
                .mapToObj(tokenizer::token)
                .toList();
    }

    @Test
    void theMostFrequentNeighboursAreJoinedFirst() {
        String json = ByteLevelBpeTrainer.train(Stream.of("ab ab ab bc bc abc"), 260);
        Tokenizer learned =
                HuggingFaceTokens.of(
                        "learned", new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
        assertEquals(260, learned.vocabulary());
        // "\u0120" is the space before a word
        assertEquals("ab", learned.token(256));
        assertEquals("\u0120ab", learned.token(257));
        assertEquals(List.of("ab", "\u0120ab"), tokens(learned, "ab ab"));
    }

    @Test
    void theLibraryCutsTextsAsTheyWereLearnedAndGivesThemBack() {
        for (int size : new int[] {256, 270, 300, 100_000}) {
            Tokenizer tokenizer = tokenizer(size);
            for (String line : LINES)
                assertEquals(line, tokenizer.decode(tokenizer.encode(line, 1 << 20).ids()));
        }
        // with all there is to join every word is one token
        Tokenizer all = tokenizer(100_000);
        assertEquals(
                List.of("The", "\u0120nurse", "\u0120said", ":", "\u0120don", "'t"),
                tokens(all, LINES.get(0)).subList(0, 6));
        assertTrue(all.vocabulary() < 500, all.vocabulary() + " tokens");
    }

    @Test
    void equalLinesGiveEqualMerges() {
        assertEquals(
                ByteLevelBpeTrainer.train(LINES.stream(), 300),
                ByteLevelBpeTrainer.train(LINES.stream(), 300));
    }

    @Test
    void bytesNeedRoom() {
        assertSays(
                () -> ByteLevelBpeTrainer.train(LINES.stream(), 255),
                "byte pairs of 255",
                "leave no room for the bytes",
                "give 256 or more");
    }
}
