package tunebook.data;

import java.util.List;
import tunebook.core.Batch;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;

/**
 * The form in which a model takes pictures: their size, and each channel's values as (value / 255 −
 * mean) / deviation.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels 1 or 3
 * @param mean of each channel
 * @param deviation of each channel
 */
public record PixelForm(
        int height, int width, int channels, List<Double> mean, List<Double> deviation) {
    /** Checks that pictures have so many channels. */
    public PixelForm {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if ((channels != 1 && channels != 3)
                || mean.size() != channels
                || deviation.size() != channels) {
            throw new TunebookException(
                    "pictures of " + channels + " channels",
                    "cannot be made: pictures have 1 (grey) or 3 (red, green, blue)",
                    "take a model that reads one of these");
        }
    }

    /**
     * A picture in the model's size and channels: grey ones get three equal channels or coloured
     * ones their brightness; scaled so that it just covers the size, and cut to its middle.
     */
    public Picture fit(Picture picture) {
        Picture same = channels == 1 ? picture.grey() : picture.colour();
        if (same.height() == height && same.width() == width) return same;
        double scale = Math.max((double) height / same.height(), (double) width / same.width());
        int high = Math.max(height, (int) Math.round(scale * same.height()));
        int wide = Math.max(width, (int) Math.round(scale * same.width()));
        return same.resize(high, wide).centreCrop(height, width);
    }

    /** Pictures of this form as one batch, [pictures · height · width, channels]. */
    public Batch batch(List<Picture> pictures) {
        float[][] scaled = new float[channels][256];
        for (int c = 0; c < channels; c++)
            for (int v = 0; v < 256; v++)
                scaled[c][v] = (float) ((v / 255.0 - mean.get(c)) / deviation.get(c));
        int rows = pictures.size() * height * width;
        float[] numbers = new float[rows * channels];
        int at = 0;
        for (Picture picture : pictures)
            for (byte value : picture.values()) {
                numbers[at] = scaled[at % channels][value & 0xff];
                at++;
            }
        return Batch.images(pictures.size(), Tensor.of(numbers, rows, channels));
    }
}
