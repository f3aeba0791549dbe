package tunebook.nd4j;

import static tunebook.nd4j.FloatProducts.multiply;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Window;

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
    private final Scratch.Pool pool = new Scratch.Pool();
    private final Scratch.Pool sums = new Scratch.Pool();

    FloatConvolution(Rowwise rowwise) {
        this.rowwise = rowwise;
    }

    /** out = what each window sees times wᵀ, or out += that. */
    void forward(INDArray x, Window window, INDArray w, INDArray out, boolean add) {
        ImageStrips cut = new ImageStrips(x, window, (int) out.size(1));
        FloatBuffer in = Memory.floats(x);
        FloatPointer weight = Memory.pointer(w);
        FloatPointer to = Memory.pointer(out);
        rowwise.each(
                cut.images * cut.strips,
                i ->
                        pool.with(
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
        ImageStrips cut = new ImageStrips(dx, window, (int) dy.size(1));
        FloatPointer up = Memory.pointer(dy);
        FloatPointer weight = Memory.pointer(w);
        FloatBuffer to = Memory.floats(dx);
        rowwise.each(
                cut.images,
                image ->
                        pool.with(
                                cut.floats(),
                                scratch -> {
                                    float[] sums = new float[cut.pixels()];
                                    for (int s = 0; s < cut.strips; s++)
                                        backToPixels(cut, up, weight, image, s, scratch, sums);
                                    to.put(image * cut.pixels(), sums);
                                }));
    }

    private static void backToPixels(
            ImageStrips cut,
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
        ImageStrips cut = new ImageStrips(x, window, (int) dy.size(1));
        int size = cut.out * cut.columns();
        int parts = Math.min(PARTS, PART_FLOATS / size);
        if (parts < 2) return false;
        int all = cut.images * cut.strips;
        int each = (all + parts - 1) / parts;
        int used = (all + each - 1) / each;
        FloatBuffer in = Memory.floats(x);
        FloatPointer up = Memory.pointer(dy);
        sums.with(
                used * size,
                parted -> {
                    rowwise.each(
                            used,
                            part ->
                                    sumPart(
                                            cut,
                                            in,
                                            up,
                                            parted.pointer().getPointer((long) part * size),
                                            part * each,
                                            Math.min(all, (part + 1) * each)));
                    addParts(parted.buffer(), used, Memory.floats(sum));
                });
        return true;
    }

    /** What some strips give, one after another. */
    private void sumPart(
            ImageStrips cut, FloatBuffer x, FloatPointer up, FloatPointer own, int from, int end) {
        pool.with(
                cut.floats(),
                scratch -> {
                    for (int i = from; i < end; i++) {
                        int image = i / cut.strips;
                        int s = i % cut.strips;
                        Strip strip = cut.strip(s);
                        cut.lay(x, image, s, scratch);
                        for (int k = 0; k < cut.kernelLines(); k++)
                            multiply(
                                    cut.out,
                                    strip.seen(),
                                    strip.windows(),
                                    1,
                                    cut.rows(up, image, s).transpose(),
                                    cut.seen(scratch, strip, k),
                                    cut.columns(own, k),
                                    i > from);
                    }
                });
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
        pool.close();
        sums.close();
    }
}
