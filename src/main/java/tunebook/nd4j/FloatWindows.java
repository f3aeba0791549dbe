package tunebook.nd4j;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Window;

/** Windows over float images in Java: an image, or a band of its windows, at a time. */
final class FloatWindows {
    /** Floats that a band of windows may fill: what stays in a core's own cache. */
    private static final int BAND = 1 << 15;

    private FloatWindows() {}

    static void patches(Rowwise rowwise, INDArray x, Window window, INDArray out) {
        int width = (int) x.size(1);
        int line = line(window, width);
        int lines = Math.max(1, BAND / line);
        int all = (int) x.size(0) / window.pixels() * window.vertical().out();
        FloatBuffer in = Memory.floats(x);
        FloatBuffer to = Memory.floats(out);
        rowwise.each(
                (all + lines - 1) / lines,
                band -> {
                    int first = band * lines;
                    float[] block = new float[Math.min(lines, all - first) * line];
                    lay(in, window, width, first, block);
                    to.put(first * line, block);
                });
    }

    static void patchesGrad(Rowwise rowwise, INDArray dy, Window window, INDArray dx) {
        int width = (int) dx.size(1);
        int line = line(window, width);
        int lines = window.vertical().out();
        int size = window.pixels() * width;
        FloatBuffer up = Memory.floats(dy);
        FloatBuffer to = Memory.floats(dx);
        rowwise.each(
                to.remaining() / size,
                image -> {
                    float[] sums = new float[size];
                    float[] block = new float[line];
                    for (int o = 0; o < lines; o++) {
                        up.get((image * lines + o) * line, block);
                        line(sums, 0, window, o, width, block, 0, true);
                    }
                    to.put(image * size, sums);
                });
    }

    /** Floats of one line of windows. */
    private static int line(Window window, int width) {
        return window.horizontal().out() * window.positions() * width;
    }

    /**
     * Lines of windows from one on, counted over all images, into a block of zeros that has room
     * for so many.
     */
    private static void lay(FloatBuffer in, Window window, int width, int first, float[] block) {
        Window.Axis v = window.vertical();
        int line = line(window, width);
        int row = window.horizontal().size() * width;
        float[] pixels = new float[Math.min(v.size(), v.dilation() * (v.kernel() - 1) + 1) * row];
        for (int l = 0; l < block.length / line; l++) {
            int o = (first + l) % v.out();
            int top = Math.max(0, v.pixel(o, 0));
            int bottom = Math.min(v.size(), v.pixel(o, v.kernel() - 1) + 1);
            int from = ((first + l) / v.out() * v.size() + top) * row;
            if (bottom > top) in.get(from, pixels, 0, (bottom - top) * row);
            line(pixels, top, window, o, width, block, l * line, false);
        }
    }

    /** One line of windows: their pixels into the block, or the block added to the pixels. */
    private static void line(
            float[] pixels,
            int top,
            Window window,
            int o,
            int width,
            float[] block,
            int at,
            boolean back) {
        Window.Axis v = window.vertical();
        Window.Axis h = window.horizontal();
        int step = window.positions() * width;
        for (int ky = 0; ky < v.kernel(); ky++) {
            int y = v.pixel(o, ky);
            if (y < 0 || y >= v.size()) continue;
            int from = (y - top) * h.size() * width;
            across(pixels, from, h, width, block, at + ky * h.kernel() * width, step, back);
        }
    }

    /**
     * One line of pixels as the windows across it see it, zeros outside the image; or what stands
     * there added to the pixels. What lies side by side in the image does so in the window too.
     *
     * @param step from one window to the next
     */
    static void across(
            float[] pixels,
            int from,
            Window.Axis h,
            int width,
            float[] block,
            int at,
            int step,
            boolean back) {
        int together = h.dilation() == 1 ? h.kernel() : 1;
        for (int kx = 0; kx < h.kernel(); kx += together) {
            int to = at + kx * width;
            for (int ox = 0; ox < h.out(); ox++, to += step) {
                int x = h.pixel(ox, kx);
                int left = Math.max(0, -x);
                int n = (Math.min(together, h.size() - x) - left) * width;
                if (!back && n < together * width) Arrays.fill(block, to, to + together * width, 0);
                if (n <= 0) continue;
                int there = to + left * width;
                int pixel = from + (x + left) * width;
                if (back) for (int j = 0; j < n; j++) pixels[pixel + j] += block[there + j];
                else System.arraycopy(pixels, pixel, block, there, n);
            }
        }
    }

    static void maxPool(Rowwise rowwise, INDArray x, Window window, INDArray out) {
        images(
                rowwise,
                x,
                window.pixels(),
                out,
                window.windows(),
                (image, from, to, width) -> {
                    Arrays.fill(to, Float.NEGATIVE_INFINITY);
                    Sliding.each(
                            window,
                            (o, p, k) -> {
                                for (int j = 0; j < width; j++)
                                    to[o * width + j] =
                                            Math.max(to[o * width + j], from[p * width + j]);
                            });
                });
    }

    static void maxPoolGrad(Rowwise rowwise, INDArray x, INDArray dy, Window window, INDArray dx) {
        int size = window.windows() * (int) dx.size(1);
        FloatBuffer up = Memory.floats(dy);
        images(
                rowwise,
                x,
                window.pixels(),
                dx,
                window.pixels(),
                (image, from, to, width) -> {
                    int[] winner = new int[size];
                    Arrays.fill(winner, -1);
                    Sliding.each(
                            window,
                            (o, p, k) -> {
                                for (int j = 0; j < width; j++) {
                                    int y = o * width + j;
                                    int here = p * width + j;
                                    if (winner[y] < 0 || from[here] > from[winner[y]])
                                        winner[y] = here;
                                }
                            });
                    float[] d = new float[size];
                    up.get(image * size, d);
                    for (int y = 0; y < size; y++) to[winner[y]] += d[y];
                });
    }

    static void averagePool(
            Rowwise rowwise, INDArray x, Window window, boolean countPadding, INDArray out) {
        double[] shares = window.shares(countPadding);
        images(
                rowwise,
                x,
                window.pixels(),
                out,
                window.windows(),
                (image, from, to, width) -> {
                    Sliding.each(
                            window,
                            (o, p, k) -> {
                                for (int j = 0; j < width; j++)
                                    to[o * width + j] += from[p * width + j];
                            });
                    for (int i = 0; i < to.length; i++) to[i] *= (float) shares[i / width];
                });
    }

    static void averagePoolGrad(
            Rowwise rowwise, INDArray dy, Window window, boolean countPadding, INDArray dx) {
        double[] shares = window.shares(countPadding);
        images(
                rowwise,
                dy,
                window.windows(),
                dx,
                window.pixels(),
                (image, from, to, width) -> {
                    for (int i = 0; i < from.length; i++) from[i] *= (float) shares[i / width];
                    Sliding.each(
                            window,
                            (o, p, k) -> {
                                for (int j = 0; j < width; j++)
                                    to[p * width + j] += from[o * width + j];
                            });
                });
    }

    private interface Image {
        void turn(int image, float[] from, float[] to, int width);
    }

    /** Each image of in, so many rows, into the same one of out, which begins at zero. */
    private static void images(
            Rowwise rowwise, INDArray in, int rowsIn, INDArray out, int rowsOut, Image turn) {
        int width = (int) in.size(1);
        FloatBuffer from = Memory.floats(in);
        FloatBuffer to = Memory.floats(out);
        rowwise.each(
                (int) in.size(0) / rowsIn,
                image -> {
                    float[] own = new float[rowsIn * width];
                    float[] made = new float[rowsOut * width];
                    from.get(image * own.length, own);
                    turn.turn(image, own, made, width);
                    to.put(image * made.length, made);
                });
    }
}
