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
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What OpenBLAS's kernels give a row in whatever product it stands. Most that it chooses itself
 * give it the same bits. Where the system forces others on it by {@code OPENBLAS_CORETYPE}, and
 * where it has others for small products (AVX-512), the last bits of a row depend on the rows
 * beside it.
 */
public final class Kernels {
    private static final double LAST_BITS = 1e-5;
    private static final int WIDTH = 192;
    private static final int ROWS = 24;
    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+(E-?\\d+)?");
    private static final Optional<String> REASON = reason();

    private Kernels() {}

    static {
        REASON.ifPresent(
                reason ->
                        System.out.println(
                                "compared within " + LAST_BITS + ", not to the bit: " + reason));
    }

    private static Optional<String> reason() {
        String forced = System.getenv("OPENBLAS_CORETYPE");
        if (forced != null)
            return Optional.of("OPENBLAS_CORETYPE=" + forced + " forces kernels on OpenBLAS");
        return dependent()
                ? Optional.of("OpenBLAS's small products differ from its large ones here")
                : Optional.empty();
    }

    /** Whether the first rows of a product have other bits where fewer follow. */
    private static boolean dependent() {
        Random random = new Random(1);
        float[] rows = floats(ROWS * WIDTH, random);
        float[] weights = floats(WIDTH * WIDTH, random);
        float[] all = product(rows, ROWS, weights);
        return IntStream.range(2, ROWS)
                .anyMatch(
                        m ->
                                !Arrays.equals(
                                        product(rows, m, weights),
                                        0,
                                        m * WIDTH,
                                        all,
                                        0,
                                        m * WIDTH));
    }

    private static float[] floats(int count, Random random) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) floats[i] = random.nextFloat() - 0.5f;
        return floats;
    }

    /** Rows by the transposed weights, as the engine multiplies. */
    private static float[] product(float[] rows, int m, float[] weights) {
        INDArray left = Nd4j.createFromArray(rows).reshape(ROWS, WIDTH);
        INDArray right = Nd4j.createFromArray(weights).reshape(WIDTH, WIDTH);
        INDArray out = Nd4j.create(DataType.FLOAT, m, WIDTH);
        cblas_sgemm(
                CblasRowMajor,
                CblasNoTrans,
                CblasTrans,
                m,
                WIDTH,
                WIDTH,
                1,
                new FloatPointer(left.data().pointer()),
                WIDTH,
                new FloatPointer(right.data().pointer()),
                WIDTH,
                0,
                new FloatPointer(out.data().pointer()),
                WIDTH);
        return out.reshape((long) m * WIDTH).toFloatVector();
    }

    /** Whether a row has the same bits wherever it stands; where it has not, that was printed. */
    public static boolean exact() {
        return REASON.isEmpty();
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
