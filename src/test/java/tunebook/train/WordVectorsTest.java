package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tunebook.core.Tensor;

class WordVectorsTest {
    private static final int WORDS = 40;
    private static final int UNSEEN = 39;
    private static final int WIDTH = 6;

    /**
     * Paragraphs of a hundred words, each about one of three subjects of 12 words; 36 to 38
     * anywhere.
     */
    private static Corpus.Stream text(int paragraphs) {
        Random random = new Random(8);
        List<Integer> ids = new ArrayList<>();
        int[] starts = new int[paragraphs];
        for (int p = 0; p < paragraphs; p++) {
            starts[p] = ids.size();
            int subject = random.nextInt(3);
            for (int i = 0; i < 100; i++)
                ids.add(
                        random.nextInt(4) == 0
                                ? 36 + random.nextInt(3)
                                : 12 * subject + random.nextInt(12));
        }
        return new Corpus.Stream(
                ids.stream().mapToInt(i -> i).toArray(), starts, new BitSet(ids.size()));
    }

    private static Tensor drawn() {
        Random random = new Random(9);
        return Tensor.of(random.doubles(WORDS * WIDTH).toArray(), WORDS, WIDTH);
    }

    private static Tensor vectors(long seed) {
        return new WordVectors(text(3_000), WORDS, seed).over(drawn());
    }

    private static double cosine(Tensor table, int a, int b) {
        double ab = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < WIDTH; i++) {
            double x = table.get(a * WIDTH + i);
            double y = table.get(b * WIDTH + i);
            ab += x * y;
            aa += x * x;
            bb += y * y;
        }
        return ab / Math.sqrt(aa * bb);
    }

    @Test
    void wordsOfOneSubjectAreNearerThanThoseOfTwo() {
        Tensor table = vectors(1);
        for (int a = 0; a < 36; a++) {
            for (int b = 0; b < 36; b++) {
                boolean same = a / 12 == b / 12;
                double cosine = cosine(table, a, b);
                assertTrue(same ? cosine > 0.5 : cosine < 0.5, a + ", " + b + ": " + cosine);
            }
        }
    }

    @Test
    void theDeviationIsKnownAndWordsThatNeverOccurKeepTheirRows() {
        Tensor table = vectors(1);
        double squares = 0;
        for (int i = 0; i < UNSEEN * WIDTH; i++) squares += table.get(i) * table.get(i);
        assertEquals(0.05, Math.sqrt(squares / (WORDS * WIDTH)), 1e-6);
        for (int i = UNSEEN * WIDTH; i < WORDS * WIDTH; i++)
            assertEquals(drawn().get(i), table.get(i));
    }

    @Test
    void oneSeedGivesOneTable() {
        assertArrayEquals(vectors(1).doubles(), vectors(1).doubles());
        assertFalse(Arrays.equals(vectors(1).doubles(), vectors(2).doubles()));
    }
}
