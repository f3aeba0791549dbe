package tunebook.core;

/**
 * Convolutions' weights between the order of files and the order of rows: [out, in, height, width]
 * and [out, height·width·in].
 */
public final class Filters {
    private Filters() {}

    /** [out, in, height, width] as [out, height·width·in]. */
    public static Tensor channelsLast(Tensor x) {
        Shape s = x.shape();
        int positions = s.size(2) * s.size(3);
        return turned(x, s.size(1), positions, s.size(0), positions * s.size(1));
    }

    /**
     * [out, height·width·in] as [out, in, height, width].
     *
     * @throws TunebookException if the columns are no whole number of kernels
     */
    public static Tensor channelsFirst(Tensor x, int height, int width) {
        int columns = x.shape().size(1);
        if (columns % (height * width) != 0) {
            throw new TunebookException(
                    "filter " + x.shape(),
                    columns + " columns for kernels of " + height + " × " + width,
                    "take the weights that belong to the model");
        }
        int in = columns / (height * width);
        return turned(x, height * width, in, x.shape().size(0), in, height, width);
    }

    /** [n, a, b] as [n, b, a], under other sizes. */
    private static Tensor turned(Tensor x, int a, int b, int... sizes) {
        double[] to = new double[(int) x.shape().elements()];
        for (int i = 0; i < to.length; i += a * b)
            for (int j = 0; j < a; j++)
                for (int k = 0; k < b; k++) to[i + k * a + j] = x.get(i + j * b + k);
        return Tensor.of(to, sizes).as(x.type());
    }
}
