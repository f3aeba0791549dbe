package tunebook.support;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * What OpenBLAS's kernels give a row in whatever product it stands. Those that it chooses itself
 * give it the same bits. Where the system forces others on it by {@code OPENBLAS_CORETYPE}, the
 * last bits of a row were seen to depend on the rows beside it.
 */
public final class Kernels {
    private static final String FORCED = System.getenv("OPENBLAS_CORETYPE");
    private static final double LAST_BITS = 1e-5;

    private Kernels() {}

    /** Whether a row has the same bits wherever it stands; says so where it has not. */
    public static boolean exact() {
        if (FORCED != null)
            System.out.println(
                    "compared within "
                            + LAST_BITS
                            + ", not to the bit: OPENBLAS_CORETYPE="
                            + FORCED
                            + " forces kernels on OpenBLAS");
        return FORCED == null;
    }

    /** Floats that are the same to the bit, or within the last bits where kernels are forced. */
    public static void same(byte[] expected, byte[] got, String message) {
        if (exact()) {
            assertArrayEquals(expected, got, message);
            return;
        }
        FloatBuffer one = floats(expected);
        FloatBuffer other = floats(got);
        assertEquals(one.remaining(), other.remaining(), message);
        for (int i = 0; i < one.remaining(); i++)
            assertEquals(one.get(i), other.get(i), LAST_BITS, message);
    }

    private static FloatBuffer floats(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    }
}
