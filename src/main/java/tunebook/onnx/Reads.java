package tunebook.onnx;

/**
 * What a graph is given: texts with so many virtual rows before each, or images.
 *
 * @param virtual rows before each text
 * @param first position of the first row
 * @param height of images, 0 where it reads texts
 * @param width of images, 0 where it reads texts
 */
public record Reads(int virtual, int first, int height, int width) {
    /** Texts. */
    public static Reads texts(int virtual, int first) {
        return new Reads(virtual, first, 0, 0);
    }

    /** Images of one size. */
    public static Reads images(int height, int width) {
        return new Reads(0, 0, height, width);
    }
}
