package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

class MemoryTest {
    private static final int ARRAYS = 16;
    private static final long BYTES = 64L << 20;

    /** Garbage of a gigabyte, which the small objects on the heap give no reason to collect. */
    private static void litter() {
        for (int i = 0; i < ARRAYS; i++)
            Nd4j.createUninitialized(DataType.FLOAT, BYTES / 4).assign(1);
    }

    @Test
    void whatNobodyReachesCountsAsFreeWhereItIsWanted() {
        long wanted = Memory.free(Long.MAX_VALUE) - 4 * BYTES;
        litter();
        assertTrue(Memory.free(0) < wanted, "nothing was collected yet");
        assertTrue(Memory.free(wanted) >= wanted, "what was dropped is free again");
    }
}
