package tunebook.dl4j;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import tunebook.core.TunebookException;

/**
 * What an activation is for one example: height · width rows of channels. A vector is one row.
 *
 * @param height rows of pixels; 1 for a vector
 * @param width columns of pixels; 1 for a vector
 * @param channels numbers of one row
 * @param format where DL4J keeps the channels of an image; null for a vector
 * @param order of a vector, which of DL4J's elements each of ours is; null where they are the same
 */
record Form(int height, int width, int channels, CNN2DFormat format, int[] order) {
    /** Checks that one example has a number of elements that an array can have. */
    Form {
        boolean fits = height >= 1 && width >= 1 && channels >= 1;
        if (!fits
                || height > Windows.MOST
                || width > Windows.MOST
                || (long) height * width * channels > Integer.MAX_VALUE) {
            throw new TunebookException(
                    "DL4J network",
                    "has an activation of " + height + "×" + width + "×" + channels,
                    "give 1 to " + Windows.MOST + " pixels a side, below 2^31 numbers in all");
        }
    }

    static Form image(int height, int width, int channels, CNN2DFormat format) {
        return new Form(height, width, channels, format, null);
    }

    static Form vector(int size) {
        return new Form(1, 1, size, null, null);
    }

    boolean isImage() {
        return format != null;
    }

    /** Numbers of one example. */
    long elements() {
        return (long) height * width * channels;
    }

    /** The same height and width with other channels, of which nothing is out of order. */
    Form channels(int other) {
        return isImage() ? image(height, width, other, format) : vector(other);
    }

    /** The same channels and format in other sizes. */
    Form sizes(int otherHeight, int otherWidth) {
        return image(otherHeight, otherWidth, channels, format);
    }

    /**
     * Everything in one row. Ours goes pixel by pixel; DL4J's goes channel by channel where the
     * channels come first.
     */
    Form flat() {
        int size = (int) elements();
        if (format == CNN2DFormat.NHWC || channels == 1 || height * width == 1) return vector(size);
        int[] theirs = new int[size];
        for (int p = 0, i = 0; p < height * width; p++)
            for (int c = 0; c < channels; c++) theirs[i++] = c * height * width + p;
        return new Form(1, 1, size, null, theirs);
    }

    /** Which of DL4J's elements of a vector our {@code i}-th is. */
    int theirs(int i) {
        return order == null ? i : order[i];
    }

    /** Whether elements of both belong together. */
    boolean matches(Form other) {
        return height == other.height
                && width == other.width
                && channels == other.channels
                && format == other.format
                && Arrays.equals(order, other.order);
    }

    @Override
    public String toString() {
        return isImage() ? height + "×" + width + "×" + channels : "vector of " + channels;
    }
}
