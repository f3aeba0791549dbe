package tunebook.nd4j;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Window;
import tunebook.nd4j.FloatProducts.Matrix;

/** The sizes of one convolution of floats, and how each image is cut into strips. */
final class ImageStrips {
    final Window window;
    final int in;
    final int out;
    final int images;

    /** Strips of an image. */
    final int strips;

    private final Strip each;
    private final Strip last;

    ImageStrips(INDArray x, Window window, int out) {
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
