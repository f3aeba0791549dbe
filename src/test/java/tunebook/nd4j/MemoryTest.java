package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ref.WeakReference;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class MemoryTest {
    @Test
    void whatNobodyReachesCountsAsFreeWhereItIsWanted() {
        WeakReference<byte[]> dropped = new WeakReference<>(new byte[1 << 20]);
        LongSupplier free = () -> dropped.get() == null ? 100 : 40;
        assertEquals(100, Memory.free(50, free));
        assertEquals(40, Memory.free(50, () -> 40), "what is in use stays so");
        assertTrue(Memory.free(0) > 0);
    }
}
