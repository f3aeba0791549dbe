package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.Attention;
import tunebook.core.Sequences;
import tunebook.core.Tensor;

class FloatMathTest {
    private static final int GRID = 1_000_000;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final Random random = new Random(11);
    private final Kernels plain = new PlainKernels();
    private final Kernels fast = new FloatKernels(2);

    FloatMathTest() {
        Backend.prepare();
    }

    @ParameterizedTest
    @CsvSource({"-40, 0, 3e-5", "-87, -40, 4e-3"})
    void exponentialKeepsItsStatedRelativeError(double low, double high, double stated) {
        float[] x = grid(low, high);
        float[] got = x.clone();
        FloatMath.exp(got, got.length);
        double worst = 0;
        for (int i = 0; i < x.length; i++)
            worst = Math.max(worst, Math.abs(got[i] / Math.exp(x[i]) - 1));
        assertTrue(worst <= stated, "worst relative error " + worst);
        assertTrue(worst > stated / 20, "the stated figure is far too wide: " + worst);
    }

    @Test
    void exponentialBelowItsRangeStaysAtTheLowestValue() {
        float[] x = {-87, -88, -1e10f, Float.NEGATIVE_INFINITY};
        FloatMath.exp(x, x.length);
        for (float value : x) assertEquals(x[0], value);
        assertTrue(x[0] > 0 && x[0] < 2e-38f);
    }

    @Test
    void normalDistributionKeepsItsStatedAbsoluteError() {
        float[] x = grid(-10, 10);
        float[] got = new float[x.length];
        FloatMath.normalDistribution(x, got, x.length);
        double worst = 0;
        for (int i = 0; i < x.length; i += 5)
            worst = Math.max(worst, Math.abs(got[i] - NORMAL.cumulativeProbability(x[i])));
        assertTrue(worst <= 3e-7, "worst absolute error " + worst);
    }

    @Test
    void productsHaveTheSameBitsForAnyNumberOfThreads() {
        Kernels[] threads = {
            new FloatKernels(1), new FloatKernels(2), new FloatKernels(3), new FloatKernels(7)
        };
        for (int round = 0; round < 200; round++) {
            int large = round % 10 == 0 ? 3 : 1;
            int m = 1 + random.nextInt(large * 600);
            int n = 1 + random.nextInt(large * 300);
            int k = 1 + random.nextInt(large * 300);
            // such as LoRA's
            if (round % 4 == 1) n = 1 + random.nextInt(34);
            if (round % 4 == 2) k = 1 + random.nextInt(34);
            if (round % 4 != 0) m *= 4;
            // a token of a text that goes on
            if (round % 20 == 3) {
                m = 1;
                n *= 4;
            }
            boolean left = round % 2 == 1;
            boolean right = round / 2 % 2 == 1;
            INDArray a = left ? draw(1, k, m) : draw(1, m, k);
            INDArray b = right ? draw(1, n, k) : draw(1, k, n);
            INDArray start = draw(1, m, n);
            Tensor first = null;
            for (Kernels kernels : threads) {
                INDArray out = start.dup('c');
                kernels.product(a, left, b, right, out, round % 3 == 0);
                Tensor got = Memory.download(out);
                if (first == null) first = got;
                assertArrayEquals(first.floats(), got.floats(), m + "x" + n + "x" + k);
            }
        }
    }

    @Test
    void dropoutIsTheSameInBothFormsAndForAnyStretch() {
        INDArray x = draw(1, 333, 71);
        INDArray[] got = {like(x), like(x)};
        Mask mask = new Mask(-77, 0.1);
        plain.dropout(x, mask, got[0]);
        fast.dropout(x, mask, got[1]);
        assertArrayEquals(Memory.download(got[0]).floats(), Memory.download(got[1]).floats());
        long zeros = 0;
        for (float value : Memory.download(got[1]).floats()) if (value == 0) zeros++;
        assertEquals(0.1, zeros / (333.0 * 71), 0.006, "share of zeros");
    }

    @Test
    void geluAndItsGradientAgreeWithThePlainOnes() {
        INDArray x = draw(2, 333, 71);
        INDArray dy = draw(1, 333, 71);
        INDArray[] expected = {like(x), like(x)};
        INDArray[] got = {like(x), like(x)};
        plain.gelu(x, expected[0]);
        fast.gelu(x, got[0]);
        plain.geluGrad(x, dy, expected[1]);
        fast.geluGrad(x, dy, got[1]);
        compare("gelu", expected[0], got[0]);
        compare("gradient", expected[1], got[1]);
    }

    @Test
    void normAndItsGradientsAgreeWithThePlainOnes() {
        INDArray x = draw(3, 257, 96);
        INDArray gain = draw(1, 96);
        INDArray bias = draw(1, 96);
        INDArray dy = draw(1, 257, 96);
        INDArray[] expected = norm(plain, x, gain, bias, dy);
        INDArray[] got = norm(fast, x, gain, bias, dy);
        String[] names = {"out", "dx", "gain", "bias"};
        for (int i = 0; i < names.length; i++) compare(names[i], expected[i], got[i]);
    }

    private static INDArray[] norm(
            Kernels kernels, INDArray x, INDArray gain, INDArray bias, INDArray dy) {
        INDArray[] to = {like(x), like(x), like(gain), like(bias)};
        kernels.norm(x, gain, bias, 1e-12, to[0]).back(dy, to[1], to[2], to[3]);
        return to;
    }

    @Test
    void attentionAndItsGradientsAgreeWithThePlainOnes() {
        Sequences rows = new Sequences(1, 40, 3, 97, 64);
        INDArray[] in = new INDArray[4];
        for (int i = 0; i < in.length; i++) in[i] = draw(1.5, rows.rows(), 48);
        INDArray[] expected = attention(plain, in, rows);
        INDArray[] got = attention(fast, in, rows);
        String[] names = {"out", "dq", "dk", "dv"};
        for (int i = 0; i < names.length; i++) compare(names[i], expected[i], got[i]);
    }

    private static INDArray[] attention(Kernels kernels, INDArray[] in, Sequences rows) {
        INDArray[] to = {like(in[0]), like(in[0]), like(in[0]), like(in[0])};
        kernels.attention(
                        in[0],
                        in[1],
                        in[2],
                        rows,
                        rows,
                        new Attention("a", 3),
                        new Spare(in[0].dataType(), kernels.crew(), false),
                        to[0])
                .back(in[3], to[1], to[2], to[3]);
        return to;
    }

    @Test
    void crossEntropyAndItsGradientAgreeWithThePlainOnes() {
        int n = 130;
        INDArray logits = draw(4, n, 501);
        int[] labels = IntStream.range(0, n).map(i -> random.nextInt(501)).toArray();
        double[] shares = IntStream.range(0, n).mapToDouble(i -> (1 + i % 3) / 260.0).toArray();
        INDArray expected = like(logits);
        INDArray got = like(logits);
        Kernels.Loss slow = plain.crossEntropy(logits, labels, shares);
        Kernels.Loss quick = fast.crossEntropy(logits, labels, shares);
        assertEquals(slow.value(), quick.value(), 1e-4 * slow.value());
        slow.back(0.7, expected);
        quick.back(0.7, got);
        compare("gradient", expected, got);
    }

    @Test
    void adamAgreesWithThePlainOneOverSeveralSteps() {
        INDArray[] expected = {draw(1, 9001), draw(1, 9001), like(9001), like(9001)};
        Stretches all = Stretches.of(0, 9001);
        INDArray[] got = new INDArray[4];
        for (int i = 0; i < got.length; i++) got[i] = expected[i].dup('c');
        for (int t = 1; t <= 5; t++) {
            Kernels.AdamStep step =
                    new Kernels.AdamStep(
                            0.3,
                            0.9,
                            0.999,
                            1 - Math.pow(0.9, t),
                            1 - Math.pow(0.999, t),
                            1e-8,
                            1e-2,
                            0.1);
            plain.adam(expected[0], expected[1], expected[2], expected[3], all, step);
            fast.adam(got[0], got[1], got[2], got[3], all, step);
        }
        String[] names = {"weights", "gradient", "mean", "square"};
        for (int i = 0; i < names.length; i++) compare(names[i], expected[i], got[i]);
    }

    /** Within 1e-4 of the largest value: what is near zero cannot be compared relatively. */
    private static void compare(String what, INDArray expected, INDArray got) {
        float[] right = expected.dup('c').data().asFloat();
        float largest = 0;
        for (float value : right) largest = Math.max(largest, Math.abs(value));
        assertTrue(largest > 0, what + " is zero everywhere");
        assertArrayEquals(right, got.dup('c').data().asFloat(), 1e-4f * largest, what);
    }

    private static float[] grid(double low, double high) {
        float[] x = new float[GRID + 1];
        for (int i = 0; i <= GRID; i++) x[i] = (float) (low + (high - low) * i / GRID);
        return x;
    }

    private INDArray draw(double deviation, int... sizes) {
        INDArray array = like(sizes);
        long n = array.length();
        for (long i = 0; i < n; i++) array.putScalar(i, deviation * random.nextGaussian());
        return array;
    }

    private static INDArray like(INDArray array) {
        return Nd4j.zeros(DataType.FLOAT, array.shape());
    }

    private static INDArray like(int... sizes) {
        return Nd4j.zeros(DataType.FLOAT, IntStream.of(sizes).asLongStream().toArray());
    }
}
