package tunebook.onnx;

import tunebook.core.Window;

/**
 * A value of the graph: its name, and how the rows that the program speaks of lie in it.
 *
 * @param name of the tensor
 * @param layout of its axes
 * @param width of a row
 * @param virtual rows before each text, where it has rows of texts
 * @param height of an image, where it has images
 * @param across width of an image
 * @param window what slides over the image, where that is still to be done
 */
record Value(
        String name, Layout layout, int width, int virtual, int height, int across, Window window) {
    /** How axes lie. */
    enum Layout {
        /** A weight, or made of weights alone: the axes it has. */
        CONSTANT,
        /** Rows of texts, padded behind: [batch, virtual + length, width]. */
        ROWS,
        /** Rows that are the same for all texts: [length, width]. */
        PLACES,
        /** A row for each text or image: [batch, width]. */
        ONE,
        /** Pixels one after another: [batch, pixels, channels]. */
        PIXELS,
        /** Images: [batch, channels, height, width]. */
        IMAGE,
        /** Images over which a window is to slide. */
        SEEN
    }

    static Value constant(String name, int rows, int width) {
        return new Value(name, Layout.CONSTANT, width, 0, rows, 1, null);
    }

    static Value rows(String name, int width, int virtual) {
        return new Value(name, Layout.ROWS, width, virtual, 0, 0, null);
    }

    static Value places(String name, int width) {
        return new Value(name, Layout.PLACES, width, 0, 0, 0, null);
    }

    static Value one(String name, int width) {
        return new Value(name, Layout.ONE, width, 0, 1, 1, null);
    }

    static Value pixels(String name, int width, int count) {
        return new Value(name, Layout.PIXELS, width, 0, count, 1, null);
    }

    static Value image(String name, int channels, int height, int across) {
        return new Value(name, Layout.IMAGE, channels, 0, height, across, null);
    }

    Value seenThrough(Window sliding) {
        return new Value(name, Layout.SEEN, width, 0, height, across, sliding);
    }

    /** Another tensor that lies alike. */
    Value named(String other) {
        return new Value(other, layout, width, virtual, height, across, window);
    }

    /** The same with rows of another width. */
    Value named(String other, int wide) {
        return new Value(other, layout, wide, virtual, height, across, window);
    }

    boolean is(Layout other) {
        return layout == other;
    }
}
