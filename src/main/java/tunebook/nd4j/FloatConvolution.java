package tunebook.nd4j;

import static tunebook.nd4j.FloatProducts.multiply;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.Window;
import tunebook.nd4j.FloatProducts.Matrix;

/**
 * Convolutions of floats: what windows see is laid out a strip at a time, in scratch memory that
 * stays in a core's cache, and multiplied there. Nothing of the size of all windows exists.
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

    /**
     * Memory that is used again and again: fresh memory would not be in the cache.
     *
     * @param pointer outside the heap, as OpenBLAS sees it
     * @param buffer the same, as Java sees it
     * @param block on the heap, as large
     */
    private record Scratch(FloatPointer pointer, FloatBuffer buffer, float[] block) {
        static Scratch of(int floats) {
            FloatPointer pointer = new FloatPointer((long) floats);
            FloatBuffer buffer =
                    pointer.asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
            return new Scratch(pointer, buffer, new float[floats]);
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
        if (scratch != null && scratch.block().length < floats) {
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

    /** The sizes of one convolution, and how each image is cut into strips. */
    private static final class Cut {
        final Window window;
        final int in;
        final int out;
        final int images;

        /** Strips of an image. */
        final int strips;

        private final Strip each;
        private final Strip last;

        Cut(INDArray x, Window window, int out) {
            this.window = window;
            this.in = (int) x.size(1);
            this.out = out;
            this.images = (int) x.size(0) / window.pixels();
            int lines = Strip.linesAtOnce(window, in);
            int all = window.vertical().out();
            this.strips = (all + lines - 1) / lines;
            this.each = new Strip(window, in, lines);
            this.last = new Strip(window, in, all - (strips - 1) * lines);
        }

        Strip strip(int i) {
            return i < strips - 1 ? each : last;
        }

        /** The first line of windows of a strip. */
        int first(int strip) {
            return strip * each.lines();
        }

        /** Floats of an image. */
        int pixels() {
            return window.pixels() * in;
        }

        int floats() {
            return each.floats();
        }

        /** Columns of the weight. */
        int columns() {
            return window.positions() * in;
        }

        int kernelLines() {
            return window.vertical().kernel();
        }

        /** What a kernel line sees of a strip that is laid out, [windows, seen]. */
        Matrix seen(Scratch scratch, Strip strip, int kernelLine) {
            return Matrix.of(scratch.pointer().getPointer(strip.at(kernelLine)), strip.seen());
        }

        /** The columns of a weight that belong to a kernel line, [out, seen]. */
        Matrix columns(FloatPointer weight, int kernelLine) {
            return Matrix.of(weight.getPointer((long) kernelLine * each.seen()), columns());
        }

        /** The rows of what comes out that belong to a strip, [windows, out]. */
        Matrix rows(FloatPointer y, int image, int strip) {
            long row = (long) image * window.windows() + (long) strip * each.windows();
            return Matrix.of(y.getPointer(row * out), out);
        }

        void lay(FloatBuffer x, int image, int strip, Scratch scratch) {
            Strip laid = strip(strip);
            laid.lay(x, image * pixels(), first(strip), scratch.block());
            scratch.buffer().put(0, scratch.block(), 0, laid.floats());
        }
    }

    /** out = what each window sees times wᵀ, or out += that. */
    void forward(INDArray x, Window window, INDArray w, INDArray out, boolean add) {
        Cut cut = new Cut(x, window, (int) out.size(1));
        FloatBuffer in = Memory.floats(x);
        FloatPointer weight = Memory.pointer(w);
        FloatPointer to = Memory.pointer(out);
        rowwise.each(
                cut.images * cut.strips,
                i ->
                        scratch(
                                cut.floats(),
                                scratch -> {
                                    int image = i / cut.strips;
                                    int s = i % cut.strips;
                                    Strip strip = cut.strip(s);
                                    cut.lay(in, image, s, scratch);
                                    for (int k = 0; k < cut.kernelLines(); k++)
                                        multiply(
                                                strip.windows(),
                                                cut.out,
                                                strip.seen(),
                                                1,
                                                cut.seen(scratch, strip, k),
                                                cut.columns(weight, k).transpose(),
                                                cut.rows(to, image, s),
                                                add || k > 0);
                                }));
    }

    /** dx = the way back; whole images side by side, so that no two threads add to one pixel. */
    void backToPixels(INDArray dy, Window window, INDArray w, INDArray dx) {
        Cut cut = new Cut(dx, window, (int) dy.size(1));
        FloatPointer up = Memory.pointer(dy);
        FloatPointer weight = Memory.pointer(w);
        FloatBuffer to = Memory.floats(dx);
        rowwise.each(
                cut.images,
                image ->
                        scratch(
                                cut.floats(),
                                scratch -> {
                                    float[] sums = new float[cut.pixels()];
                                    for (int s = 0; s < cut.strips; s++)
                                        backToPixels(cut, up, weight, image, s, scratch, sums);
                                    to.put(image * cut.pixels(), sums);
                                }));
    }

    private static void backToPixels(
            Cut cut,
            FloatPointer up,
            FloatPointer weight,
            int image,
            int s,
            Scratch scratch,
            float[] sums) {
        Strip strip = cut.strip(s);
        Pointer.memset(scratch.pointer(), 0, (long) strip.floats() * Float.BYTES);
        for (int k = 0; k < cut.kernelLines(); k++)
            multiply(
                    strip.windows(),
                    strip.seen(),
                    cut.out,
                    1,
                    cut.rows(up, image, s),
                    cut.columns(weight, k),
                    cut.seen(scratch, strip, k),
                    true);
        scratch.buffer().get(0, scratch.block(), 0, strip.floats());
        strip.addBack(scratch.block(), cut.first(s), sums, 0);
    }

    /**
     * sum += dyᵀ times what each window sees: parts over a fixed number of strips each, summed in
     * order, so that the bits do not depend on the threads.
     *
     * @return false where a part is too large to have several
     */
    boolean backToWeight(INDArray x, INDArray dy, Window window, INDArray sum) {
        Cut cut = new Cut(x, window, (int) dy.size(1));
        int size = cut.out * cut.columns();
        int parts = Math.min(PARTS, PART_FLOATS / size);
        if (parts < 2) return false;
        int all = cut.images * cut.strips;
        int each = (all + parts - 1) / parts;
        int used = (all + each - 1) / each;
        INDArray sums = Nd4j.createUninitialized(sum.dataType(), used, size);
        FloatBuffer in = Memory.floats(x);
        FloatPointer up = Memory.pointer(dy);
        FloatPointer to = Memory.pointer(sums);
        rowwise.each(
                used,
                part ->
                        scratch(
                                cut.floats(),
                                scratch -> {
                                    FloatPointer own = to.getPointer((long) part * size);
                                    int first = part * each;
                                    for (int i = first; i < Math.min(all, first + each); i++) {
                                        int image = i / cut.strips;
                                        int s = i % cut.strips;
                                        Strip strip = cut.strip(s);
                                        cut.lay(in, image, s, scratch);
                                        for (int k = 0; k < cut.kernelLines(); k++)
                                            multiply(
                                                    cut.out,
                                                    strip.seen(),
                                                    strip.windows(),
                                                    1,
                                                    cut.rows(up, image, s).transpose(),
                                                    cut.seen(scratch, strip, k),
                                                    cut.columns(own, k),
                                                    i > first);
                                    }
                                }));
        addParts(Memory.floats(sums), used, Memory.floats(sum));
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

    @Override
    public void close() {
        synchronized (idle) {
            idle.forEach(s -> s.pointer().deallocate());
            idle.clear();
        }
    }
}
