package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the card beside the letters says of their sizes is so. */
class GrandmotherLettersTest {
    private static final Path FOLDER = Path.of(System.getProperty("datasets", "datasets"));

    @Test
    void theCardsSizesAreTrue() throws IOException {
        String card = Files.readString(FOLDER.resolve("grandmother-letters.md"));
        Path file = FOLDER.resolve("grandmother-letters.txt");
        byte[] bytes = Files.readAllBytes(file);
        for (byte b : bytes) assertTrue(b == '\n' || (b >= ' ' && b < 127), "only ASCII, LF");
        String text = Files.readString(file);
        List<String> letters = List.of(text.strip().split("\n\n"));
        for (String letter : letters) {
            long lines = letter.lines().count();
            assertTrue(lines >= 7 && lines <= 11, lines + " lines:\n" + letter);
            assertTrue(letter.lines().noneMatch(String::isBlank));
        }
        int[] words = letters.stream().mapToInt(l -> l.split("\\s+").length).sorted().toArray();
        says(card, "Letters", "%d", letters.size());
        says(card, "Bytes", "%,d", bytes.length);
        says(card, "Words (split at spaces)", "%,d", Arrays.stream(words).sum());
        says(
                card,
                "Words in a letter",
                "min %d, median %d, max %d",
                words[0],
                words[words.length / 2],
                words[words.length - 1]);
        says(
                card,
                "Lines (" + text.lines().filter(String::isBlank).count() + " of them blank)",
                "%d",
                text.lines().count());
        says(
                card,
                "Longest line",
                "%d characters",
                text.lines().mapToInt(String::length).max().orElseThrow());
    }

    private static void says(String card, String what, String format, Object... values) {
        String line = "| " + what + " | " + String.format(Locale.ROOT, format, values) + " |";
        assertTrue(card.contains(line), "the card does not say: " + line);
    }

    @Test
    void asProseEachLetterIsAParagraph() {
        Dataset<ProseExample> data =
                Prose.of(FOLDER.resolve("grandmother-letters.txt")).split(0.8, 0.1, 0.1);
        assertEquals(
                59,
                Stream.of(data.train(), data.validation(), data.test()).mapToInt(List::size).sum());
        assertEquals(0, data.duplicates());
        assertEquals(List.of(), data.leaks());
        assertTrue(data.test().size() >= 5 && data.validation().size() >= 5, data.toString());
    }
}
