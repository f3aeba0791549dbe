package tunebook.model;

import java.util.Collections;
import java.util.List;
import tunebook.core.TunebookException;

/**
 * The images that a model takes: each pixel's channels as (value − mean) / deviation, values 0 … 1.
 *
 * @param height in pixels
 * @param width in pixels
 * @param channels of a pixel, 3 for red, green, blue
 * @param mean of each channel
 * @param deviation of each channel
 */
public record ImageInput(
        int height, int width, int channels, List<Double> mean, List<Double> deviation) {
    /** Checks the sizes. */
    public ImageInput {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (height < 1 || width < 1 || channels < 1) {
            throw new TunebookException(
                    "image",
                    height + " × " + width + " pixels of " + channels + " channels",
                    "give 1 or more of each");
        }
        if (mean.size() != channels
                || deviation.size() != channels
                || !deviation.stream().allMatch(d -> d > 0)) {
            throw new TunebookException(
                    "image",
                    "means "
                            + mean
                            + " and deviations "
                            + deviation
                            + " for "
                            + channels
                            + " channels",
                    "give one of each for every channel, deviations above 0");
        }
    }

    /** Square images; of three channels with ImageNet's means and deviations, else 0.5 and 0.5. */
    public static ImageInput of(int size, int channels) {
        if (channels == 3)
            return new ImageInput(
                    size, size, 3, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
        List<Double> half = Collections.nCopies(Math.max(0, channels), 0.5);
        return new ImageInput(size, size, channels, half, half);
    }

    /** Rows of one image: height · width. */
    public int pixels() {
        return height * width;
    }
}
