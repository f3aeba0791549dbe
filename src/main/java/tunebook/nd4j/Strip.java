package tunebook.nd4j;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import tunebook.core.Window;

/**
 * What some lines of an image's windows see: each line of pixels once, laid out sideways for the
 * windows across it. A line of the kernel then sees a whole stretch of these lines, so that a
 * convolution is a product a kernel line, and no pixel is laid out again for every one of them.
 * Pixel lines that a stride keeps apart are kept apart here too.
 */
final class Strip {
    /** Floats that a strip may have: what stays in a core's own cache. */
    private static final int MOST = 1 << 15;

    private final Window window;
    private final int width;
    private final int lines;

    /** The pixel lines in order, as the first line of windows has them. */
    private final int[] pixelLines;

    /** For each line of the kernel, which of them its first is. */
    private final int[] firsts;

    /**
     * @param width channels of a pixel
     * @param lines of windows
     */
    Strip(Window window, int width, int lines) {
        this.window = window;
        this.width = width;
        this.lines = lines;
        Window.Axis v = window.vertical();
        int[] tops = IntStream.range(0, v.kernel()).map(k -> v.pixel(0, k)).toArray();
        int least = Arrays.stream(tops).min().orElseThrow();
        int most = Arrays.stream(tops).max().orElseThrow() + (lines - 1) * v.stride();
        pixelLines =
                IntStream.range(0, v.stride())
                        .flatMap(phase -> steps(least + phase, most, v.stride()))
                        .toArray();
        firsts =
                Arrays.stream(tops)
                        .map(
                                top ->
                                        IntStream.range(0, pixelLines.length)
                                                .filter(i -> pixelLines[i] == top)
                                                .findFirst()
                                                .orElseThrow())
                        .toArray();
    }

    private static IntStream steps(int from, int last, int by) {
        return IntStream.iterate(from, y -> y <= last, y -> y + by);
    }

    /** How many lines of windows to take at once, in shares that are about equal. */
    static int linesAtOnce(Window window, int width) {
        int out = window.vertical().out();
        int pieces = 1;
        while (pieces < out && new Strip(window, width, share(out, pieces)).floats() > MOST)
            pieces++;
        return share(out, pieces);
    }

    private static int share(int out, int pieces) {
        return (out + pieces - 1) / pieces;
    }

    /** Lines of windows. */
    int lines() {
        return lines;
    }

    /** Windows. */
    int windows() {
        return lines * window.horizontal().out();
    }

    /** Numbers that a window sees in a line of pixels. */
    int seen() {
        return window.horizontal().kernel() * width;
    }

    private int line() {
        return window.horizontal().out() * seen();
    }

    int floats() {
        return pixelLines.length * line();
    }

    /** Where what a line of the kernel sees begins: [windows, seen] from there on. */
    int at(int kernelLine) {
        return firsts[kernelLine] * line();
    }

    private int pixels() {
        return window.horizontal().size() * width;
    }

    /** The pixel line, or −1 for one outside the image. */
    private int pixelLine(int i, int first) {
        Window.Axis v = window.vertical();
        int y = pixelLines[i] + first * v.stride();
        return y < v.size() ? y : -1;
    }

    /**
     * Lays out what windows see, zeros outside the image.
     *
     * @param image where the images's numbers begin
     * @param first line of windows
     */
    void lay(FloatBuffer in, int image, int first, float[] block) {
        float[] pixels = new float[pixels()];
        for (int i = 0; i < pixelLines.length; i++) {
            int y = pixelLine(i, first);
            int to = i * line();
            if (y < 0) {
                Arrays.fill(block, to, to + line(), 0);
                continue;
            }
            in.get(image + y * pixels.length, pixels);
            FloatWindows.across(pixels, 0, window.horizontal(), width, block, to, seen(), false);
        }
    }

    /** Adds to the image's pixels what was added up for each place where they are laid out. */
    void addBack(float[] block, int first, float[] sums, int image) {
        for (int i = 0; i < pixelLines.length; i++) {
            int y = pixelLine(i, first);
            if (y < 0) continue;
            int at = image + y * pixels();
            FloatWindows.across(
                    sums, at, window.horizontal(), width, block, i * line(), seen(), true);
        }
    }
}
