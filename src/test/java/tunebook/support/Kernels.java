package tunebook.support;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;

/**
 * What OpenBLAS's kernels give a row in whatever product it stands. Most that it chooses itself
 * give it the same bits. Where {@code OPENBLAS_CORETYPE} forces others on it, and where it has
 * others for small products (AVX-512), the last bits of a row depend on the rows beside it: that is
 * measured.
 */
public final class Kernels {
    private static final double LAST_BITS = 1e-5;
    private static final int WIDTH = 192;
    private static final int ROWS = 24;
    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");
    private static final boolean EXACT = independent();

    static {
        if (!EXACT)
            System.out.println(
                    "compared within "
                            + LAST_BITS
                            + ", not to the bit: a row's bits depend on the rows beside it here");
    }

    private Kernels() {}

    /** Whether the first rows of a product have the same bits where fewer follow. */
    private static boolean independent() {
        Random random = new Random(1);
        float[] rows = floats(ROWS * WIDTH, random);
        float[] weights = floats(WIDTH * WIDTH, random);
        float[] all = product(rows, ROWS, weights);
        return IntStream.range(2, ROWS)
                .allMatch(
                        m ->
                                Arrays.equals(
                                        product(rows, m, weights), Arrays.copyOf(all, m * WIDTH)));
    }

    private static float[] floats(int count, Random random) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) floats[i] = random.nextFloat() - 0.5f;
        return floats;
    }

    /** Rows by the transposed weights, as the engine multiplies. */
    private static float[] product(float[] rows, int m, float[] weights) {
        float[] product = new float[m * WIDTH];
        try (FloatPointer left = new FloatPointer(rows);
                FloatPointer right = new FloatPointer(weights);
                FloatPointer out = new FloatPointer(product)) {
            cblas_sgemm(
                    CblasRowMajor,
                    CblasNoTrans,
                    CblasTrans,
                    m,
                    WIDTH,
                    WIDTH,
                    1,
                    left,
                    WIDTH,
                    right,
                    WIDTH,
                    0,
                    out,
                    WIDTH);
            out.get(product);
        }
        return product;
    }

    /** Whether a row has the same bits wherever it stands; where it has not, that was printed. */
    public static boolean exact() {
        return EXACT;
    }

    /** Equal, or equal in words with the numbers within the last bits. */
    public static void same(Object expected, Object got) {
        if (exact()) {
            assertEquals(expected, got);
            return;
        }
        String one = expected.toString();
        String other = got.toString();
        assertEquals(NUMBER.matcher(one).replaceAll("#"), NUMBER.matcher(other).replaceAll("#"));
        assertArrayEquals(numbers(one), numbers(other), LAST_BITS);
    }

    private static double[] numbers(String words) {
        return NUMBER.matcher(words)
                .results()
                .mapToDouble(found -> Double.parseDouble(found.group()))
                .toArray();
    }

    /** Floats that are the same to the bit, or within the last bits. */
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
