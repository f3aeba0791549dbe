package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Tensor;
import tunebook.core.Window;

/** Fast windows, pools and convolutions of floats against the plain ones in double. */
class ConvolutionTest {
    /** Images, channels in and out, window: several bands, several images a band, several parts. */
    static Stream<Arguments> sizes() {
        Window.Axis odd = new Window.Axis(9, 3, 2, 2, 2, 1);
        return Stream.of(
                Arguments.of(1, 3, 5, Window.of(7, 9, 3, 1, 1)),
                Arguments.of(5, 16, 16, Window.of(32, 32, 3, 1, 1)),
                Arguments.of(33, 4, 7, Window.of(5, 4, 3, 2, 1)),
                Arguments.of(3, 6, 9, new Window(odd, Window.of(8, 8, 2, 1, 1).horizontal())),
                Arguments.of(3, 6, 9, new Window(odd, new Window.Axis(6, 3, 1, 2, 0, 3))),
                Arguments.of(9, 300, 340, Window.of(4, 4, 3, 1, 1)),
                Arguments.of(2, 900, 1100, Window.of(2, 2, 3, 1, 1)),
                Arguments.of(2, 3, 8, Window.of(40, 40, 7, 2, 3)));
    }

    private static Tensor drawn(Random random, int rows, int width) {
        float[] values = new float[rows * width];
        for (int i = 0; i < values.length; i++) values[i] = (float) random.nextGaussian();
        return Tensor.of(values, rows, width);
    }

    /** All that the kernels make of the same images, weights and gradients. */
    private static double[][] answers(
            Kernels kernels, DataType type, int images, int in, int out, Window window) {
        Random random = new Random(images * 31L + in);
        int columns = window.positions() * in;
        INDArray x = Memory.upload(drawn(random, images * window.pixels(), in), type);
        INDArray w = Memory.upload(drawn(random, out, columns), type);
        INDArray dy = Memory.upload(drawn(random, images * window.windows(), out), type);
        INDArray few = Memory.upload(drawn(random, images * window.windows(), in), type);
        INDArray y = Memory.upload(drawn(random, images * window.windows(), out), type);
        INDArray more = y.dup('c');
        INDArray dx = x.ulike();
        INDArray dw = w.dup('c');
        INDArray most = few.ulike();
        INDArray back = x.ulike();
        INDArray mean = few.ulike();
        INDArray meanBack = x.ulike();
        kernels.convolution(x, window, w, y, false);
        kernels.convolution(x, window, w, more, true);
        kernels.convolutionGrad(dy, window, w, dx);
        kernels.convolutionWeightGrad(x, dy, window, dw);
        kernels.maxPool(x, window, most);
        kernels.maxPoolGrad(x, few, window, back);
        kernels.averagePool(x, window, false, mean);
        kernels.averagePoolGrad(few, window, false, meanBack);
        kernels.close();
        return Stream.of(y, more, dx, dw, most, back, mean, meanBack)
                .map(a -> Memory.download(a).doubles())
                .toArray(double[][]::new);
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void fastAndPlainAgree(int images, int in, int out, Window window) {
        double[][] exact = answers(new PlainKernels(), DataType.DOUBLE, images, in, out, window);
        double[][] fast = answers(new FloatKernels(2), DataType.FLOAT, images, in, out, window);
        for (int i = 0; i < exact.length; i++) {
            double size = 0;
            double gap = 0;
            for (int j = 0; j < exact[i].length; j++) {
                size = Math.max(size, Math.abs(exact[i][j]));
                gap = Math.max(gap, Math.abs(exact[i][j] - fast[i][j]));
            }
            assertEquals(0, gap / size, 2e-6, "answer " + i);
        }
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void theBitsDoNotDependOnTheThreads(int images, int in, int out, Window window) {
        double[][] one = answers(new FloatKernels(1), DataType.FLOAT, images, in, out, window);
        for (int threads : new int[] {2, 3, 8}) {
            double[][] many =
                    answers(new FloatKernels(threads), DataType.FLOAT, images, in, out, window);
            for (int i = 0; i < one.length; i++)
                assertArrayEquals(one[i], many[i], "answer " + i + " on " + threads);
        }
    }
}
