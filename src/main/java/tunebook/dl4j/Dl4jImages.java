package tunebook.dl4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import tunebook.core.TunebookException;
import tunebook.data.Images;
import tunebook.data.Picture;

/**
 * What a {@code DataSetIterator} of DL4J gives, as pictures: {@code
 * Dl4jImages.of(iterator).split(0.7, 0.15, 0.15)}.
 */
public final class Dl4jImages {
    private static final double ONE = 1 + 1e-6;

    private Dl4jImages() {}

    /**
     * All pictures of an iterator, from its next to its last one. Features are [pictures, channels,
     * height, width] with values 0 … 1, as {@code ImagePreProcessingScaler} makes them, or 0 … 255
     * (the first batch decides which); they become bytes. Labels are one-hot, [pictures, classes];
     * they are called as the iterator calls them, or by their numbers.
     *
     * @throws TunebookException if features or labels are otherwise
     */
    public static Images of(DataSetIterator iterator) {
        return of(iterator, 0, 0, 0);
    }

    /** The same for an iterator that gives [pictures, channels · height · width]. */
    public static Images of(DataSetIterator iterator, int height, int width, int channels) {
        List<Picture> pictures = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<String> names = iterator.getLabels();
        double scale = 0;
        while (iterator.hasNext()) {
            DataSet batch = iterator.next();
            INDArray features = shaped(batch.getFeatures(), height, width, channels);
            if (scale == 0) scale = features.maxNumber().doubleValue() <= ONE ? 255 : 1;
            for (int i = 0; i < features.size(0); i++) {
                pictures.add(picture(features.slice(i), scale));
                labels.add(label(batch.getLabels(), i, names));
            }
        }
        return Images.of("DataSetIterator", pictures, labels);
    }

    private static INDArray shaped(INDArray features, int height, int width, int channels) {
        long[] shape = features.shape();
        if (shape.length == 4 && (shape[1] == 1 || shape[1] == 3)) return features;
        if (shape.length == 2 && height > 0 && shape[1] == (long) height * width * channels)
            return features.reshape('c', shape[0], channels, height, width);
        throw wrong(
                "features are " + java.util.Arrays.toString(shape),
                "give [pictures, channels, height, width] of 1 or 3 channels, or height, width and"
                        + " channels of what is flattened");
    }

    private static Picture picture(INDArray image, double scale) {
        int channels = (int) image.size(0);
        int height = (int) image.size(1);
        int width = (int) image.size(2);
        float[] values = image.dup('c').data().asFloat();
        byte[] bytes = new byte[values.length];
        int pixels = height * width;
        for (int i = 0; i < values.length; i++) {
            long value = Math.round(values[i] * scale);
            if (value < 0 || value > 255) {
                throw wrong(
                        "a pixel is " + values[i],
                        "take off its normalizer: values have to be 0 to 1 or 0 to 255 throughout");
            }
            bytes[i % pixels * channels + i / pixels] = (byte) value;
        }
        return new Picture(height, width, channels, bytes);
    }

    private static String label(INDArray labels, int row, List<String> names) {
        if (labels == null || labels.rank() != 2) {
            throw wrong(
                    "labels are " + (labels == null ? "missing" : labels.shapeInfoToString()),
                    "give one-hot labels [pictures, classes]");
        }
        int chosen = -1;
        for (int c = 0; c < labels.size(1); c++) {
            double value = labels.getDouble(row, c);
            boolean one = value == 1;
            if ((!one && value != 0) || (one && chosen >= 0)) chosen = Integer.MAX_VALUE;
            else if (one) chosen = c;
        }
        if (chosen < 0 || chosen == Integer.MAX_VALUE)
            throw wrong(
                    "the labels of picture " + row + " of a batch are not one-hot",
                    "give a single 1 among zeros for each picture");
        boolean named = names != null && chosen < names.size();
        return named ? names.get(chosen) : String.valueOf(chosen);
    }

    private static TunebookException wrong(String what, String mend) {
        return new TunebookException("DataSetIterator", what, mend);
    }
}
