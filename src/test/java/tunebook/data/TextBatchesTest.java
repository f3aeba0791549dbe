package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tunebook.core.Batch;
import tunebook.core.Input;
import tunebook.core.Tokenizer;

class TextBatchesTest {
    /** A token a character, between 1 and 2. */
    private static final class Characters implements Tokenizer {
        @Override
        public Tokens encode(String text, int limit) {
            int kept = Math.min(text.length(), limit - 2);
            int[] ids = new int[text.isEmpty() ? 0 : kept + 2];
            if (ids.length > 0) {
                ids[0] = 1;
                for (int i = 0; i < kept; i++) ids[i + 1] = text.charAt(i);
                ids[kept + 1] = 2;
            }
            return new Tokens(ids, text.length() - kept);
        }

        @Override
        public Located locate(String... texts) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String decode(int... ids) {
            return new String(ids, 0, ids.length);
        }

        @Override
        public int vocabulary() {
            return 256;
        }

        @Override
        public int id(String token) {
            return token.charAt(0);
        }

        @Override
        public String token(int id) {
            return Character.toString(id);
        }
    }

    private static Batches random(int count) {
        Random random = new Random(7);
        List<TextExample> part =
                IntStream.range(0, count)
                        .mapToObj(
                                i ->
                                        new TextExample(
                                                "e" + i,
                                                "x".repeat(1 + random.nextInt(60)),
                                                i % 3,
                                                "" + i % 3))
                        .toList();
        return TextBatches.of(part, new Characters(), 64);
    }

    private static List<List<Integer>> lists(List<int[]> batches) {
        return batches.stream().map(b -> Arrays.stream(b).boxed().toList()).toList();
    }

    private static void assertEveryExampleOnce(List<int[]> batches, int count, int size) {
        assertArrayEquals(
                IntStream.range(0, count).toArray(),
                batches.stream().flatMapToInt(Arrays::stream).sorted().toArray());
        assertTrue(batches.stream().allMatch(b -> b.length >= 1 && b.length <= size));
        assertEquals((count + size - 1) / size, batches.size());
    }

    @Test
    void everyExampleIsInOneBatchOfAnEpoch() {
        for (int count : new int[] {1, 7, 8, 128, 129, 1_000})
            for (int size : new int[] {1, 8, 32, 5_000})
                for (int epoch = 0; epoch < 3; epoch++)
                    assertEveryExampleOnce(random(count).epoch(3, epoch, size), count, size);
    }

    @Test
    void seedAndEpochAloneDecideTheOrder() {
        List<List<Integer>> first = lists(random(500).epoch(3, 1, 16));
        assertEquals(first, lists(random(500).epoch(3, 1, 16)));
        assertFalse(first.equals(lists(random(500).epoch(3, 2, 16))));
        assertFalse(first.equals(lists(random(500).epoch(4, 1, 16))));
    }

    @Test
    void textsOfABatchAreAboutEquallyLong() {
        Batches batches = random(2_000);
        double spread = 0;
        List<int[]> epoch = batches.epoch(1, 0, 16);
        for (int[] batch : epoch) {
            int[] lengths = Arrays.stream(batch).map(batches::length).sorted().toArray();
            spread += lengths[lengths.length - 1] - lengths[0];
        }
        assertTrue(spread / epoch.size() < 8, "mean spread " + spread / epoch.size() + " of 60");
        List<Integer> firstLengths = new ArrayList<>();
        for (int[] batch : epoch) firstLengths.add(batches.length(batch[0]));
        assertFalse(firstLengths.equals(firstLengths.stream().sorted().toList()), "not in order");
    }

    @Test
    void evaluationGoesFromShortToLong() {
        Batches batches = random(100);
        List<int[]> inOrder = batches.inOrder(8);
        assertEveryExampleOnce(inOrder, 100, 8);
        int[] lengths =
                inOrder.stream().flatMapToInt(Arrays::stream).map(batches::length).toArray();
        assertArrayEquals(Arrays.stream(lengths).sorted().toArray(), lengths);
    }

    @Test
    void aBatchHoldsTokensSegmentsAndLabels() {
        List<TextExample> part =
                List.of(new TextExample("a", "AB", 1, "1"), new TextExample("b", "C", 0, "0"));
        Batch batch = TextBatches.of(part, new Characters(), 9).batch(1, 0);
        assertArrayEquals(new int[] {1, 'C', 2, 1, 'A', 'B', 2}, batch.indices(Input.TOKENS));
        assertArrayEquals(new int[7], batch.indices(Input.SEGMENTS));
        assertArrayEquals(new int[] {0, 1, 2, 0, 1, 2, 3}, batch.indices(Input.POSITIONS));
        assertArrayEquals(new int[] {0, 1}, batch.indices(Input.LABELS));
        assertEquals(2, batch.sequences().count());
    }

    @Test
    void whatIsCutOffIsCounted() {
        List<TextExample> part =
                List.of(
                        new TextExample("a", "x".repeat(10), 1, "1"),
                        new TextExample("b", "x".repeat(3), 0, "0"),
                        new TextExample("c", "x".repeat(5), 0, "0"));
        Batches batches = TextBatches.of(part, new Characters(), 6);
        assertEquals(new Truncation(2, 7), batches.truncation());
        assertEquals(3, batches.size());
        assertEquals(6, batches.length(0));
        assertArrayEquals(new int[] {1}, batches.labels(0));
    }

    @Test
    void badCallsAreSaid() {
        List<TextExample> empty = List.of(new TextExample("e7", "", 0, "0"));
        assertSays(() -> TextBatches.of(empty, new Characters(), 6), "example e7", "no tokens");
        assertSays(() -> random(5).epoch(1, 0, 0), "batch size 0");
        assertSays(() -> random(5).inOrder(-1), "batch size -1");
    }
}
