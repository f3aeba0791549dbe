package tunebook.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import tunebook.core.Batch;
import tunebook.core.Sequences;

/**
 * Batches for causal language modelling: windows of one length, each row to predict the next token.
 * A drawn batch depends on seed and number alone, so a stopped run goes on exactly.
 */
final class NextTokens {
    private final int[] ids;
    private final int from;
    private final int end;
    private final int length;
    private final int windows;
    private final long seed;

    /**
     * @param from first token of this part
     * @param end behind its last one
     */
    NextTokens(int[] ids, int from, int end, Objective.Shape shape) {
        this.ids = ids;
        this.from = from;
        this.end = end;
        this.length = shape.longest();
        this.windows = Math.max(1, shape.size() / length);
        this.seed = shape.seed();
    }

    /** Windows from anywhere. */
    Batch drawn(long number) {
        SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + number);
        return batch(
                IntStream.generate(() -> random.nextInt(from, end - length))
                        .limit(windows)
                        .toArray());
    }

    /** How many batches the whole part has, one window after the other. */
    int count() {
        int all = (end - from - 1) / length;
        return (all + windows - 1) / windows;
    }

    /** Of these one; the last one may be smaller. */
    Batch inOrder(long number) {
        int first = (int) number * windows;
        int last = Math.min(first + windows, (end - from - 1) / length);
        return batch(IntStream.range(first, last).map(i -> from + i * length).toArray());
    }

    private Batch batch(int[] starts) {
        int[] lengths = new int[starts.length];
        Arrays.fill(lengths, length);
        int[] tokens = new int[starts.length * length];
        int[] next = new int[tokens.length];
        for (int s = 0; s < starts.length; s++) {
            System.arraycopy(ids, starts[s], tokens, s * length, length);
            System.arraycopy(ids, starts[s] + 1, next, s * length, length);
        }
        return Batch.text(new Sequences(lengths), tokens, new int[tokens.length])
                .predicted(IntStream.range(0, tokens.length).toArray())
                .labels(next, null);
    }
}
