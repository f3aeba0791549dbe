package tunebook.core;

/**
 * How a window slides over an image: the geometry of a convolution or a pooling.
 *
 * @param vertical along the height
 * @param horizontal along the width
 */
public record Window(Axis vertical, Axis horizontal) {
    /**
     * One direction of a window.
     *
     * @param size pixels of the image
     * @param kernel positions the window looks at
     * @param stride pixels from one window to the next
     * @param dilation pixels from one position of a window to the next
     * @param before pixels of padding before the image
     * @param after pixels of padding behind it
     */
    public record Axis(int size, int kernel, int stride, int dilation, int before, int after) {
        /** Checks the sizes, and that there is room for one window. */
        public Axis {
            if (size < 1 || kernel < 1 || stride < 1 || dilation < 1) {
                throw new TunebookException(
                        "window",
                        "size "
                                + size
                                + ", kernel "
                                + kernel
                                + ", stride "
                                + stride
                                + ", dilation "
                                + dilation,
                        "give 1 or more of each");
            }
            if (before < 0 || after < 0) {
                throw new TunebookException(
                        "window", "padding " + before + " and " + after, "give 0 or more");
            }
            if (size + before + after < dilation * (kernel - 1) + 1) {
                throw new TunebookException(
                        "window",
                        "a kernel over "
                                + (dilation * (kernel - 1) + 1)
                                + " pixels for "
                                + (size + before + after),
                        "take a larger image or more padding");
            }
        }

        /** How many windows there are. */
        public int out() {
            return (size + before + after - dilation * (kernel - 1) - 1) / stride + 1;
        }

        /** The pixel at position {@code k} of window {@code o}; outside the image it is padding. */
        public int pixel(int o, int k) {
            return o * stride - before + k * dilation;
        }

        /** How many positions of window {@code o} lie in the image. */
        public int inside(int o) {
            int count = 0;
            for (int k = 0; k < kernel; k++) if (pixel(o, k) >= 0 && pixel(o, k) < size) count++;
            return count;
        }
    }

    /** A square window with the same stride and padding all round, as PyTorch has it. */
    public static Window of(int height, int width, int kernel, int stride, int padding) {
        return new Window(
                new Axis(height, kernel, stride, 1, padding, padding),
                new Axis(width, kernel, stride, 1, padding, padding));
    }

    /** One window over everything. */
    public static Window whole(int height, int width) {
        return new Window(new Axis(height, height, 1, 1, 0, 0), new Axis(width, width, 1, 1, 0, 0));
    }

    /** Rows of one image going in: height · width. */
    public int pixels() {
        return vertical.size() * horizontal.size();
    }

    /** Rows of one image coming out: height · width of the result. */
    public int windows() {
        return vertical.out() * horizontal.out();
    }

    /** Positions of one window: height · width of the kernel. */
    public int positions() {
        return vertical.kernel() * horizontal.kernel();
    }

    /** For each window 1 / the number of positions that its mean is taken over. */
    public double[] shares(boolean countPadding) {
        double[] shares = new double[windows()];
        for (int o = 0; o < shares.length; o++) {
            int across = horizontal.out();
            int inside = vertical.inside(o / across) * horizontal.inside(o % across);
            shares[o] = 1.0 / (countPadding ? positions() : inside);
        }
        return shares;
    }

    /**
     * How many images some rows make.
     *
     * @param where who asks, for the error
     * @throws TunebookException if they are no whole number of images
     */
    public int images(String where, int rows) {
        if (rows == 0 || rows % pixels() != 0) {
            throw new TunebookException(
                    where,
                    rows
                            + " rows are no whole number of images of "
                            + vertical.size()
                            + " × "
                            + horizontal.size(),
                    "give the model images of its size");
        }
        return rows / pixels();
    }

    /**
     * Refuses windows of nothing but padding, of which there is no greatest or mean pixel.
     *
     * @param where who asks, for the error
     */
    public void needsPixels(String where) {
        for (Axis axis : new Axis[] {vertical, horizontal}) {
            for (int o = 0; o < axis.out(); o++) {
                if (axis.inside(o) == 0) {
                    throw new TunebookException(
                            where,
                            "window " + o + " holds nothing but padding",
                            "give less padding than half the kernel");
                }
            }
        }
    }
}
