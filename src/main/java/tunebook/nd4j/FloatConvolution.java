package tunebook.nd4j;

import static tunebook.nd4j.FloatProducts.multiply;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.Window;
import tunebook.nd4j.FloatProducts.Matrix;

/**
 * Convolutions of floats: what windows see is laid out for a few lines at a time, in scratch memory
 * that stays in a core's cache, and multiplied there. Nothing of the size of all windows exists.
 */
final class FloatConvolution implements AutoCloseable {
    /** Parts of a weight's gradient that are summed side by side, at most. */
    private static final int PARTS = 16;

    /** Floats that all parts together may take. */
    private static final int PART_FLOATS = 1 << 22;

    private final Rowwise rowwise;
    private final Deque<Scratch> idle = new ArrayDeque<>();

    FloatConvolution(Rowwise rowwise) {
        this.rowwise = rowwise;
    }

    /** Memory outside the heap, as OpenBLAS and as Java see it. */
    private record Scratch(FloatPointer pointer, FloatBuffer buffer) {
        static Scratch of(int floats) {
            FloatPointer pointer = new FloatPointer((long) floats);
            return new Scratch(
                    pointer, pointer.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer());
        }
    }

    private interface Use {
        void with(Scratch scratch);
    }

    private void scratch(int floats, Use use) {
        Scratch scratch;
        synchronized (idle) {
            scratch = idle.poll();
        }
        if (scratch != null && scratch.buffer().capacity() < floats) {
            scratch.pointer().deallocate();
            scratch = null;
        }
        if (scratch == null) scratch = Scratch.of(floats);
        try {
            use.with(scratch);
        } finally {
            synchronized (idle) {
                idle.push(scratch);
            }
        }
    }

    /** The sizes of one convolution. */
    private record Sizes(Window window, int in, int out, int images) {
        int columns() {
            return window.positions() * in;
        }

        int across() {
            return window.horizontal().out();
        }

        int lines() {
            return images * window.vertical().out();
        }

        int line() {
            return FloatWindows.line(window, in);
        }

        int linesAtOnce() {
            return FloatWindows.lines(window, in);
        }
    }

    /** out = what each window sees times wᵀ, or out += that. */
    void forward(INDArray x, Window window, INDArray w, INDArray out, boolean add) {
        Sizes s = sizes(x, window, (int) out.size(1));
        int lines = s.linesAtOnce();
        FloatBuffer in = Memory.floats(x);
        FloatPointer weight = Memory.pointer(w);
        FloatPointer to = Memory.pointer(out);
        rowwise.each(
                (s.lines() + lines - 1) / lines,
                band ->
                        scratch(
                                lines * s.line(),
                                scratch -> {
                                    int first = band * lines;
                                    int n = Math.min(lines, s.lines() - first);
                                    lay(in, s, first, n, scratch);
                                    multiply(
                                            n * s.across(),
                                            s.out(),
                                            s.columns(),
                                            1,
                                            Matrix.of(scratch.pointer(), s.columns()),
                                            Matrix.of(weight, s.columns()).transpose(),
                                            Matrix.of(
                                                    to.getPointer(
                                                            (long) first * s.across() * s.out()),
                                                    s.out()),
                                            add);
                                }));
    }

    private static void lay(FloatBuffer in, Sizes s, int first, int lines, Scratch scratch) {
        float[] block = new float[lines * s.line()];
        FloatWindows.lay(in, s.window(), s.in(), first, block);
        scratch.buffer().put(0, block);
    }

    /** dx = the way back; whole images side by side, so that no two threads add to one pixel. */
    void backToPixels(INDArray dy, Window window, INDArray w, INDArray dx) {
        Sizes s = sizes(dx, window, (int) dy.size(1));
        int height = window.vertical().out();
        int together = Math.max(1, s.linesAtOnce() / height);
        int lines = Math.min(together * height, s.linesAtOnce());
        FloatPointer up = Memory.pointer(dy);
        FloatPointer weight = Memory.pointer(w);
        FloatBuffer to = Memory.floats(dx);
        int pixels = window.pixels() * s.in();
        rowwise.each(
                (s.images() + together - 1) / together,
                unit ->
                        scratch(
                                lines * s.line(),
                                scratch -> {
                                    int first = unit * together;
                                    int images = Math.min(together, s.images() - first);
                                    float[] sums = new float[images * pixels];
                                    float[] block = new float[lines * s.line()];
                                    for (int l = 0; l < images * height; l += lines) {
                                        int n = Math.min(lines, images * height - l);
                                        multiply(
                                                n * s.across(),
                                                s.columns(),
                                                s.out(),
                                                1,
                                                Matrix.of(
                                                        up.getPointer(
                                                                (long) (first * height + l)
                                                                        * s.across()
                                                                        * s.out()),
                                                        s.out()),
                                                Matrix.of(weight, s.columns()),
                                                Matrix.of(scratch.pointer(), s.columns()),
                                                false);
                                        scratch.buffer().get(0, block, 0, n * s.line());
                                        FloatWindows.addBack(block, n, window, s.in(), l, sums);
                                    }
                                    to.put(first * pixels, sums);
                                }));
    }

    /**
     * sum += dyᵀ times what each window sees: parts over a fixed number of lines each, summed in
     * order, so that the bits do not depend on the threads.
     *
     * @return false where a part is too large to have several
     */
    boolean backToWeight(INDArray x, INDArray dy, Window window, INDArray sum) {
        Sizes s = sizes(x, window, (int) dy.size(1));
        int size = s.out() * s.columns();
        int parts = Math.min(PARTS, PART_FLOATS / size);
        if (parts < 2) return false;
        int lines = s.linesAtOnce();
        int bands = (s.lines() + lines - 1) / lines;
        int each = (bands + parts - 1) / parts;
        int used = (bands + each - 1) / each;
        INDArray all = Nd4j.createUninitialized(sum.dataType(), used, size);
        FloatBuffer in = Memory.floats(x);
        FloatPointer up = Memory.pointer(dy);
        FloatPointer to = Memory.pointer(all);
        rowwise.each(
                used,
                part ->
                        scratch(
                                lines * s.line(),
                                scratch -> {
                                    int end = Math.min(bands, (part + 1) * each);
                                    for (int band = part * each; band < end; band++) {
                                        int first = band * lines;
                                        int n = Math.min(lines, s.lines() - first);
                                        lay(in, s, first, n, scratch);
                                        multiply(
                                                s.out(),
                                                s.columns(),
                                                n * s.across(),
                                                1,
                                                Matrix.of(
                                                                up.getPointer(
                                                                        (long) first
                                                                                * s.across()
                                                                                * s.out()),
                                                                s.out())
                                                        .transpose(),
                                                Matrix.of(scratch.pointer(), s.columns()),
                                                Matrix.of(
                                                        to.getPointer((long) part * size),
                                                        s.columns()),
                                                band > part * each);
                                    }
                                }));
        addParts(Memory.floats(all), used, Memory.floats(sum));
        return true;
    }

    private void addParts(FloatBuffer parts, int count, FloatBuffer sum) {
        int size = sum.remaining();
        rowwise.each(
                size,
                count,
                (s, from, end) -> {
                    float[] total = new float[end - from];
                    float[] part = new float[end - from];
                    sum.get(from, total);
                    for (int p = 0; p < count; p++) {
                        parts.get(p * size + from, part);
                        for (int i = 0; i < total.length; i++) total[i] += part[i];
                    }
                    sum.put(from, total);
                });
    }

    private static Sizes sizes(INDArray x, Window window, int out) {
        return new Sizes(window, (int) x.size(1), out, (int) x.size(0) / window.pixels());
    }

    @Override
    public void close() {
        synchronized (idle) {
            idle.forEach(s -> s.pointer().deallocate());
            idle.clear();
        }
    }
}
