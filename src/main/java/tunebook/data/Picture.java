package tunebook.data;

import tunebook.core.TunebookException;

/**
 * A picture, [height, width, channels] in a row.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels 1, grey, or 3, red, green and blue
 * @param values unsigned bytes, 0 dark to 255 bright, channels last; not to be changed
 */
public record Picture(int height, int width, int channels, byte[] values) {
    /** Checks that there are as many bytes as pixels and channels need. */
    public Picture {
        boolean right = height > 0 && width > 0 && (channels == 1 || channels == 3);
        if (!right || (long) height * width * channels != values.length) {
            throw new TunebookException(
                    "picture of " + height + " × " + width + " × " + channels,
                    "got " + values.length + " bytes",
                    "give height · width · channels bytes, of 1 or 3 channels");
        }
    }

    /** A value, 0 to 255. */
    public int at(int y, int x, int channel) {
        return values[(y * width + x) * channels + channel] & 0xff;
    }

    /** A copy of the values, 0 to 255, [height, width, channels] in a row. */
    public float[] floats() {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) floats[i] = values[i] & 0xff;
        return floats;
    }

    /** The same with three channels. */
    public Picture colour() {
        if (channels == 3) return this;
        byte[] three = new byte[3 * values.length];
        for (int i = 0; i < three.length; i++) three[i] = values[i / 3];
        return new Picture(height, width, 3, three);
    }

    /** The same with one channel, 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601). */
    public Picture grey() {
        if (channels == 1) return this;
        byte[] one = new byte[height * width];
        for (int i = 0; i < one.length; i++) {
            int red = values[3 * i] & 0xff;
            int green = values[3 * i + 1] & 0xff;
            int blue = values[3 * i + 2] & 0xff;
            one[i] = (byte) Math.round(0.299f * red + 0.587f * green + 0.114f * blue);
        }
        return new Picture(height, width, 1, one);
    }

    /**
     * The whole picture in another size, bilinear; where it shrinks, each pixel is the mean of
     * those it covers, weighted by a triangle.
     *
     * @throws TunebookException if a size is not positive, or both together too large
     */
    public Picture resize(int height, int width) {
        if (height < 1 || width < 1 || (long) height * width > Pictures.MOST_PIXELS) {
            throw new TunebookException(
                    "resize(" + height + ", " + width + ")",
                    "is no size of a picture",
                    "give from 1 to " + Pictures.MOST_PIXELS + " pixels");
        }
        if (height == this.height && width == this.width) return this;
        return Resize.of(this, height, width);
    }

    /** In the same proportions, with a shorter side of this many pixels. */
    public Picture shortSide(int pixels) {
        long other = (long) pixels * Math.max(height, width) / Math.min(height, width);
        int longer = (int) Math.min(other, Integer.MAX_VALUE);
        return height < width ? resize(pixels, longer) : resize(longer, pixels);
    }

    /**
     * The middle of the picture.
     *
     * @throws TunebookException if it is smaller than that
     */
    public Picture centreCrop(int height, int width) {
        if (height < 1 || width < 1 || height > this.height || width > this.width) {
            throw new TunebookException(
                    "centreCrop(" + height + ", " + width + ")",
                    "the picture is " + this.height + " × " + this.width,
                    "resize it first, or cut less");
        }
        int top = (int) Math.rint((this.height - height) / 2.0);
        int left = (int) Math.rint((this.width - width) / 2.0);
        byte[] cut = new byte[height * width * channels];
        int row = width * channels;
        for (int y = 0; y < height; y++)
            System.arraycopy(values, ((top + y) * this.width + left) * channels, cut, y * row, row);
        return new Picture(height, width, channels, cut);
    }
}
