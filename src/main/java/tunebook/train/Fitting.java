package tunebook.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import tunebook.core.OutOfMemory;

/** In how many parts a batch goes through an engine: more from then on when it found no room. */
final class Fitting {
    private final int asked;
    private int parts;

    /**
     * @param parts of a batch at first
     */
    Fitting(int parts) {
        this.asked = parts;
        this.parts = parts;
    }

    /**
     * Does something with each part of a batch, one after another.
     *
     * @param work is begun anew with smaller parts where there is no room
     * @param anew forgets what was done so far
     * @throws OutOfMemory if a single example finds no room
     */
    <R> List<R> each(int[] which, Function<int[], R> work, Runnable anew) {
        while (true) {
            int now = Math.min(which.length, parts);
            try {
                List<R> results = new ArrayList<>();
                for (int[] part : split(which, now)) results.add(work.apply(part));
                return results;
            } catch (OutOfMemory e) {
                if (now >= which.length) throw e;
                parts = 2 * now;
                anew.run();
            }
        }
    }

    /** A batch in so many parts that are about as large, in as many as it has examples at most. */
    static List<int[]> split(int[] which, int parts) {
        int of = Math.min(which.length, parts);
        return IntStream.range(0, of)
                .mapToObj(
                        p ->
                                Arrays.copyOfRange(
                                        which, which.length * p / of, which.length * (p + 1) / of))
                .toList();
    }

    /** What became of batches of a size, in words; empty where they found room. */
    String said(int size) {
        int now = Math.min(size, parts);
        return now <= asked
                ? ""
                : "batches of "
                        + size
                        + " found no room in memory and were computed in "
                        + now
                        + " parts";
    }
}
