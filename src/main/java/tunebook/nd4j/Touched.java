package tunebook.nd4j;

import java.util.BitSet;

/**
 * Which rows of a weight have a gradient: since the last step, and since the first. A row that
 * never had one has moments of 0 and does not move, so a table of which a data set uses some rows
 * costs an optimizer no more than these.
 */
final class Touched {
    private final BitSet now = new BitSet();
    private final BitSet ever = new BitSet();
    private final int rows;

    Touched(int rows) {
        this.rows = rows;
    }

    void all() {
        now.set(0, rows);
        ever.set(0, rows);
    }

    void rows(int... some) {
        for (int row : some) {
            now.set(row);
            ever.set(row);
        }
    }

    int count() {
        return rows;
    }

    /** That it had a gradient at some time. */
    void before(int row) {
        ever.set(row);
    }

    BitSet now() {
        return now;
    }

    BitSet ever() {
        return ever;
    }

    BitSet never() {
        BitSet never = (BitSet) ever.clone();
        never.flip(0, rows);
        return never;
    }

    /** After a step. */
    void forget() {
        now.clear();
    }
}
