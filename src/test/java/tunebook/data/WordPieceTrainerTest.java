package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tunebook.core.Tokenizer;
import tunebook.support.Shared;

class WordPieceTrainerTest {
    private static final List<String> LINES =
            List.of(
                    "The lower, the slower: newest widest lowest!",
                    "Caf\u00e9 cafes, the newer caf\u00e9's widening; \u00fcber-wide.",
                    "the the the low low new new \u4e2d\u6587 wide 1234 12 34",
                    "\ud83d\ude00 slow\u200bly \u0391\u03a3 \u0130stanbul na\u00efve");

    private static Tokenizer tokenizer(WordPiece pieces) {
        byte[] json = pieces.json().getBytes(StandardCharsets.UTF_8);
        return HuggingFaceTokens.of("learned", new ByteArrayInputStream(json));
    }

    private static List<String> tokens(Tokenizer tokenizer, String text) {
        int[] ids = tokenizer.encode(text, 1 << 20).ids();
        return Arrays.stream(ids, 1, ids.length - 1).mapToObj(tokenizer::token).toList();
    }

    private static List<String> longestMatches(Set<String> pieces, String word) {
        List<String> found = new ArrayList<>();
        for (int from = 0, to = word.length(); from < word.length(); to = word.length()) {
            String prefix = from == 0 ? "" : "##";
            while (!pieces.contains(prefix + word.substring(from, to))) to--;
            found.add(prefix + word.substring(from, to));
            from = to;
        }
        return found;
    }

    @Test
    void specialPiecesComeFirstAndTheSizeIsKept() {
        WordPiece pieces = WordPieceTrainer.train(LINES.stream(), 90);
        assertEquals(90, pieces.vocabulary().size());
        assertEquals(
                List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"),
                pieces.vocabulary().subList(0, 5));
    }

    @Test
    void theMostFrequentPairIsJoinedFirst() {
        List<String> learned =
                WordPieceTrainer.train(Stream.of("ab ab ab bc bc abc"), 12).vocabulary();
        assertEquals(List.of("a", "b", "##b", "##c", "ab", "bc", "abc"), learned.subList(5, 12));
    }

    @Test
    void everyTrainingWordIsCutWithoutUnknownsAndGreedily() {
        for (int size : new int[] {75, 90, 120, 100_000}) {
            WordPiece pieces = WordPieceTrainer.train(LINES.stream(), size);
            Tokenizer tokenizer = tokenizer(pieces);
            Set<String> known = new HashSet<>(pieces.vocabulary());
            for (String line : LINES) {
                List<String> expected = new ArrayList<>();
                Words.of(line, word -> expected.addAll(longestMatches(known, word)));
                assertEquals(expected, tokens(tokenizer, line));
                assertFalse(expected.contains("[UNK]"));
            }
        }
    }

    @Test
    void equalTextGivesAnEqualVocabulary() {
        List<String> first = WordPieceTrainer.train(LINES.stream(), 120).vocabulary();
        assertEquals(first, WordPieceTrainer.train(LINES.stream().parallel(), 120).vocabulary());
        List<String> turned = new ArrayList<>(LINES);
        Collections.reverse(turned);
        assertEquals(first, WordPieceTrainer.train(turned.stream(), 120).vocabulary());
    }

    @Test
    void whenAllIsJoinedThereAreFewerPieces() {
        List<String> pieces =
                WordPieceTrainer.train(Stream.of("aa aaa aaaa b"), 1_000).vocabulary();
        assertTrue(pieces.containsAll(List.of("aa", "aaa", "aaaa", "b")), pieces.toString());
        assertTrue(pieces.size() < 20);
        assertEquals(pieces.size(), new HashSet<>(pieces).size());
    }

    @Test
    void tooFewWordsOrTooSmallASizeIsSaid() {
        assertSays(() -> WordPieceTrainer.train(Stream.of(" ", ""), 50), "has no words");
        assertSays(() -> WordPieceTrainer.train(Stream.of("abc"), 7), "of 7", "needs 8");
    }

    @Test
    void countsFollowMergesAsIfCountedAnew() throws IOException {
        Path text = Shared.path("data/text/tinyshakespeare.txt");
        List<String> lines = Files.readAllLines(text).subList(0, 400);
        assertEquals(slowly(lines, 300), WordPieceTrainer.train(lines.stream(), 300).vocabulary());
    }

    /** The definition: counts all pairs anew for every merge. */
    private static List<String> slowly(List<String> lines, int size) {
        List<List<String>> words = new ArrayList<>();
        for (String line : lines)
            Words.of(
                    line,
                    word -> {
                        List<String> symbols = new ArrayList<>();
                        for (int i = 0; i < word.length(); i++)
                            symbols.add((i == 0 ? "" : "##") + word.charAt(i));
                        words.add(symbols);
                    });
        List<String> pieces = new ArrayList<>(WordPiece.SPECIAL);
        words.stream()
                .flatMap(List::stream)
                .distinct()
                .sorted(
                        Comparator.comparing((String s) -> s.startsWith("##"))
                                .thenComparing(s -> s))
                .forEach(pieces::add);
        while (pieces.size() < size) {
            Map<List<String>, Integer> pairs = new HashMap<>();
            for (List<String> word : words)
                for (int i = 0; i + 1 < word.size(); i++)
                    pairs.merge(List.of(word.get(i), word.get(i + 1)), 1, Integer::sum);
            List<String> best =
                    pairs.entrySet().stream()
                            .min(
                                    Comparator.<Map.Entry<List<String>, Integer>>comparingInt(
                                                    e -> -e.getValue())
                                            .thenComparing(e -> pieces.indexOf(e.getKey().get(0)))
                                            .thenComparing(e -> pieces.indexOf(e.getKey().get(1))))
                            .orElseThrow()
                            .getKey();
            String joined = best.get(0) + best.get(1).substring(2);
            if (!pieces.contains(joined)) pieces.add(joined);
            for (List<String> word : words)
                for (int i = 0; i + 1 < word.size(); i++)
                    if (word.subList(i, i + 2).equals(best)) {
                        word.set(i, joined);
                        word.remove(i + 1);
                    }
        }
        return pieces;
    }
}
