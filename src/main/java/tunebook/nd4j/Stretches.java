package tunebook.nd4j;

import java.util.Arrays;
import java.util.BitSet;

/** Stretches of a flat array, in ascending order; none touches the next. */
final class Stretches {
    private long[] from = new long[4];
    private long[] end = new long[4];
    private int count;

    static Stretches of(long from, long end) {
        Stretches one = new Stretches();
        one.add(from, end);
        return one;
    }

    /** Adds one that begins where the last ends, or later. */
    void add(long first, long last) {
        if (first == last) return;
        if (count > 0 && end[count - 1] == first) {
            end[count - 1] = last;
            return;
        }
        if (count == from.length) {
            from = Arrays.copyOf(from, 2 * count);
            end = Arrays.copyOf(end, 2 * count);
        }
        from[count] = first;
        end[count++] = last;
    }

    /** Adds some rows of a matrix. */
    void addRows(long start, BitSet rows, long width) {
        for (int r = rows.nextSetBit(0); r >= 0; ) {
            int next = rows.nextClearBit(r);
            add(start + r * width, start + next * width);
            r = rows.nextSetBit(next);
        }
    }

    int count() {
        return count;
    }

    long from(int i) {
        return from[i];
    }

    long end(int i) {
        return end[i];
    }

    int length(int i) {
        return Math.toIntExact(end[i] - from[i]);
    }

    /** All lengths together. */
    long size() {
        long size = 0;
        for (int i = 0; i < count; i++) size += end[i] - from[i];
        return size;
    }

    /** The same, none longer than this. */
    Stretches cut(int most) {
        Stretches pieces = new Stretches();
        int needed = 0;
        for (int i = 0; i < count; i++) needed += (int) ((length(i) + most - 1L) / most);
        pieces.from = new long[needed];
        pieces.end = new long[needed];
        for (int i = 0; i < count; i++) {
            for (long at = from[i]; at < end[i]; at += most) {
                pieces.from[pieces.count] = at;
                pieces.end[pieces.count++] = Math.min(end[i], at + most);
            }
        }
        return pieces;
    }
}
