package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tunebook.core.Batch;
import tunebook.core.Input;
import tunebook.core.Rows;
import tunebook.core.Tokenizer;
import tunebook.model.Backbone;
import tunebook.support.Tiny;
import tunebook.train.Embedded;

class EncodedWordsTest {
    private static final Tokenizer TINY = Tiny.tokenizer();
    private static final Tokenizer BYTES =
            HuggingFaceTokens.of(
                    "bytes",
                    new ByteArrayInputStream(
                            ByteLevelBpe.bytes().getBytes(StandardCharsets.UTF_8)));

    private static EncodedWords encoded(Tokenizer tokenizer, int limit, String... words) {
        int[] labels = IntStream.range(0, words.length).map(i -> 10 * i).toArray();
        return EncodedWords.of(List.of(words), labels, tokenizer, limit);
    }

    @Test
    void theFirstTokenOfEachWordCarriesItsLabel() {
        Tokenizer english = Embedded.read("tiny-english").tokenizer();
        EncodedWords words = encoded(english, 100, "Hydroxychloroquine", "helped", ",", "Zoë");
        assertArrayEquals(new int[] {0, 1, 2, 3}, words.words());
        assertArrayEquals(new int[] {0, 10, 20, 30}, words.labels());
        assertEquals(1, words.rows()[0]);
        assertTrue(words.rows()[1] > 2, "the first word is of several pieces");
        assertEquals(english.id("helped"), words.ids()[words.rows()[1]]);
        assertEquals(english.id(","), words.ids()[words.rows()[2]]);
        assertTrue(english.token(words.ids()[words.rows()[3]]).startsWith("z"));
        assertEquals(words.ids().length, words.length());
        assertEquals(4, words.weight());
    }

    @Test
    void aWordThatMakesNoTokenHasNoLabel() {
        EncodedWords words = encoded(TINY, 100, "\u0301", "the", "\u200b", "was", "\ufe0f");
        assertArrayEquals(new int[] {1, 3}, words.words());
        assertArrayEquals(new int[] {10, 30}, words.labels());
        assertArrayEquals(new int[] {1, 2}, words.rows());
        assertEquals(0, encoded(TINY, 100, "\u200b").rows().length);
    }

    @Test
    void wordsBeyondTheLimitHaveNoLabelAndAreCounted() {
        EncodedWords words = encoded(TINY, 4, "the", "was", "and", "a");
        assertArrayEquals(new int[] {0, 1}, words.words());
        assertEquals(2, words.lost());
        assertEquals(TINY.id("[SEP]"), words.ids()[3]);
        EncodedWords cut = encoded(BYTES, 6, "abc", "defg", "h");
        assertArrayEquals(new int[] {0, 1}, cut.words(), "a word is there if its first token is");
        assertEquals(4, cut.lost());
    }

    @Test
    void bytesThatBelongToABlankAreNoWords() {
        EncodedWords words = encoded(BYTES, 100, "ab", "é", "😀", "c");
        assertArrayEquals(new int[] {0, 1, 2, 3}, words.words());
        assertArrayEquals(new int[] {0, 3, 6, 11}, words.rows());
    }

    /** 3,000 random sentences; the first token of a word covers its first known character. */
    @Test
    void labelledTokensStandInTheirWords() {
        String[] some = {
            "nurse", "unkind", "x", ",", "\u0301", "é", "😀", "room.", "\u200b", "东京", "#"
        };
        Long only = Long.getLong("seed");
        for (long seed = only == null ? 0 : only;
                seed < (only == null ? 3_000 : only + 1);
                seed++) {
            Random random = new Random(seed);
            String[] words = new String[1 + random.nextInt(12)];
            for (int i = 0; i < words.length; i++) words[i] = some[random.nextInt(some.length)];
            Tokenizer tokenizer = random.nextBoolean() ? TINY : BYTES;
            int limit = 3 + random.nextInt(20);
            EncodedWords got = encoded(tokenizer, limit, words);
            assertEquals(
                    expected(tokenizer, limit, words), told(got), "repeat with -Dseed=" + seed);
            assertTrue(got.ids().length <= limit);
        }
    }

    private static List<List<Integer>> told(EncodedWords got) {
        List<List<Integer>> told = new ArrayList<>();
        for (int k = 0; k < got.rows().length; k++)
            told.add(List.of(got.words()[k], got.rows()[k]));
        return told;
    }

    /** Word and row of each labelled token, word by word and token by token. */
    private static List<List<Integer>> expected(Tokenizer tokenizer, int limit, String... words) {
        Tokenizer.Located at = tokenizer.locate(String.join(" ", words));
        int special = (int) Arrays.stream(at.sides()).filter(side -> side < 0).count();
        List<List<Integer>> expected = new ArrayList<>();
        int from = 0;
        for (int w = 0; w < words.length; w++) {
            for (int t = 0; t < at.ids().length; t++) {
                boolean inside = at.from()[t] < from + words[w].length() && at.end()[t] > from;
                if (at.sides()[t] != 0 || !inside) continue;
                if (t < limit - special / 2) expected.add(List.of(w, t));
                break;
            }
            from += words[w].length() + 1;
        }
        return expected;
    }

    @Test
    void aBatchHasTheRowsAndLabelsOfItsSentences() {
        List<EntityExample> part =
                List.of(
                        new EntityExample("a", List.of("the", "was"), List.of("O", "B-X")),
                        new EntityExample(
                                "b", List.of("and", "\u200b", "a"), List.of("B-X", "I-X", "I-X")));
        List<String> tags = List.of("O", "B-X", "I-X");
        Batches batches = EntityBatches.of(part, tags, TINY, 100);
        Batch batch = batches.batch(1, 0);
        assertArrayEquals(new int[] {1, 2, 5, 6}, batch.rows(Rows.PREDICTED));
        assertArrayEquals(new int[] {1, 2, 0, 1}, batch.indices(Input.LABELS));
        assertArrayEquals(new int[] {3, 4, 9, 10}, batch.prefix(2).rows(Rows.PREDICTED));
        assertArrayEquals(new int[] {1, 2}, batches.labels(1));
        assertEquals(Truncation.NONE, batches.truncation());
        assertEquals(new Truncation(2, 2), EntityBatches.of(part, tags, TINY, 3).truncation());
        EntityExample nothing = new EntityExample("c", List.of("\u200b"), List.of("O"));
        assertSays(
                () -> EntityBatches.of(List.of(nothing), tags, TINY, 100),
                "example c",
                "has no tokens",
                "remove the sentence");
    }

    @Test
    void theEmbeddedTokenizerLabelsEveryWordOfTheDataSet() {
        Backbone backbone = Embedded.read("tiny-english");
        Dataset<EntityExample> data =
                Conll.of(java.nio.file.Path.of("datasets/clinic-entities.conll"))
                        .split(0.6, 0.2, 0.2);
        Batches batches = EntityBatches.of(data.train(), data.labels(), backbone.tokenizer(), 128);
        for (int i = 0; i < batches.size(); i++) {
            EntityExample example = data.train().get(i);
            int[] labels = batches.labels(i);
            assertEquals(example.words().size(), labels.length, example.id());
            for (int w = 0; w < labels.length; w++)
                assertEquals(example.tags().get(w), data.labels().get(labels[w]));
        }
        assertEquals(Truncation.NONE, batches.truncation());
    }
}
