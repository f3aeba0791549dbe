package tunebook.data;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import tunebook.core.TunebookException;

/**
 * How training pictures are changed, anew in each epoch, so that a model does not learn them by
 * heart: moved first, then mirrored, then recoloured. Pictures to choose and to compare by stay as
 * they are.
 *
 * @param flip whether every other picture is mirrored, left to right
 * @param crop pixels that the picture is moved by at most, up or down and left or right; what comes
 *     in at an edge is mirrored there. Counted in the size that the model reads
 * @param colour s: brightness, contrast and saturation are multiplied by factors from 1 − s to 1 +
 *     s, one after another
 */
public record Augmentation(boolean flip, int crop, double colour) {
    /** Nothing is changed. */
    public static final Augmentation NONE = new Augmentation(false, 0, 0);

    /** Checks the ranges. */
    public Augmentation {
        if (crop < 0 || crop > 1024) {
            throw new TunebookException(
                    "crop(" + crop + ")", "is not from 0 to 1024", "for 32 pixels give 4");
        }
        if (!(colour >= 0 && colour < 1)) {
            throw new TunebookException(
                    "colour(" + colour + ")", "is not at least 0 and below 1", "give 0.1 to 0.4");
        }
    }

    /** The same with or without mirroring; leave it out where left and right mean something. */
    public Augmentation flip(boolean flip) {
        return new Augmentation(flip, crop, colour);
    }

    /** The same with pictures moved by up to so many pixels. */
    public Augmentation crop(int pixels) {
        return new Augmentation(flip, pixels, colour);
    }

    /** The same with other colours. */
    public Augmentation colour(double strength) {
        return new Augmentation(flip, crop, strength);
    }

    /** In words: {@code flip, crop 4, colour 0.2}; empty where nothing is changed. */
    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        if (flip) all.add("flip");
        if (crop > 0) all.add("crop " + crop);
        if (colour > 0) all.add("colour " + colour);
        return String.join(", ", all);
    }

    /** A picture changed as the dice fall. */
    Picture of(Picture picture, SplittableRandom dice) {
        int down = crop == 0 ? 0 : dice.nextInt(2 * crop + 1) - crop;
        int right = crop == 0 ? 0 : dice.nextInt(2 * crop + 1) - crop;
        boolean turned = flip && dice.nextBoolean();
        byte[] values = moved(picture, down, right, turned);
        if (colour > 0) recolour(values, picture.channels(), dice);
        return new Picture(picture.height(), picture.width(), picture.channels(), values);
    }

    private static byte[] moved(Picture from, int down, int right, boolean turned) {
        int c = from.channels();
        byte[] values = new byte[from.values().length];
        int at = 0;
        for (int y = 0; y < from.height(); y++) {
            int row = inside(y + down, from.height()) * from.width();
            for (int x = 0; x < from.width(); x++) {
                int unturned = turned ? from.width() - 1 - x : x;
                int pixel = row + inside(unturned + right, from.width());
                for (int k = 0; k < c; k++) values[at++] = from.values()[pixel * c + k];
            }
        }
        return values;
    }

    /** Mirrors a place at the edges, the edge itself not repeated. */
    private static int inside(int place, int size) {
        if (size == 1) return 0;
        int within = Math.floorMod(place, 2 * size - 2);
        return within < size ? within : 2 * size - 2 - within;
    }

    private void recolour(byte[] values, int channels, SplittableRandom dice) {
        float brightness = factor(dice);
        float contrast = factor(dice);
        float saturation = channels == 3 ? factor(dice) : 1;
        double sum = 0;
        for (int i = 0; i < values.length; i += channels) sum += grey(values, i, channels);
        int pixels = values.length / channels;
        float mean = (float) (brightness * sum / pixels);
        for (int i = 0; i < values.length; i += channels) {
            float grey = (grey(values, i, channels) * brightness - mean) * contrast + mean;
            for (int k = 0; k < channels; k++) {
                float value = ((values[i + k] & 0xff) * brightness - mean) * contrast + mean;
                float mixed = (value - grey) * saturation + grey;
                values[i + k] = (byte) Math.round(Math.max(0, Math.min(255, mixed)));
            }
        }
    }

    private float factor(SplittableRandom dice) {
        return (float) (1 + colour * (2 * dice.nextDouble() - 1));
    }

    private static float grey(byte[] values, int i, int channels) {
        if (channels == 1) return values[i] & 0xff;
        return 0.299f * (values[i] & 0xff)
                + 0.587f * (values[i + 1] & 0xff)
                + 0.114f * (values[i + 2] & 0xff);
    }
}
