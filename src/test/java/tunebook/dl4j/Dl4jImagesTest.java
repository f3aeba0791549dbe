package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.ViewIterator;
import org.nd4j.linalg.factory.Nd4j;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.ImageExample;

class Dl4jImagesTest {
    private static final int COUNT = 24;

    /** Picture i has the value (i + channel · 50 + y · 3 + x) of 255 at each place. */
    private static INDArray features(double scale, int channels) {
        INDArray all = Nd4j.create(DataType.FLOAT, COUNT, channels, 2, 3);
        for (int i = 0; i < COUNT; i++)
            for (int c = 0; c < channels; c++)
                for (int p = 0; p < 6; p++)
                    all.putScalar(new int[] {i, c, p / 3, p % 3}, (i + 50 * c + p) * scale);
        return all;
    }

    private static INDArray labels() {
        INDArray all = Nd4j.create(DataType.FLOAT, COUNT, 3);
        for (int i = 0; i < COUNT; i++) all.putScalar(i, i % 3, 1);
        return all;
    }

    private static ViewIterator iterator(INDArray features, INDArray labels) {
        return new ViewIterator(new DataSet(features, labels), 6);
    }

    private static List<ImageExample> all(Dataset<ImageExample> data) {
        return Stream.of(data.train(), data.validation(), data.test())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void channelsFirstAndOneHotBecomePicturesAndLabels() {
        for (double scale : new double[] {1, 1 / 255.0}) {
            Dataset<ImageExample> data =
                    Dl4jImages.of(iterator(features(scale, 3), labels())).split(0.5, 0.25, 0.25);
            assertEquals(COUNT, all(data).size());
            assertEquals(List.of("0", "1", "2"), data.labels());
            for (ImageExample e : all(data)) {
                int i = Integer.parseInt(e.id());
                assertEquals(String.valueOf(i % 3), e.answer());
                assertEquals("2 3 3", size(e));
                for (int c = 0; c < 3; c++)
                    for (int p = 0; p < 6; p++)
                        assertEquals(i + 50 * c + p, e.picture().at(p / 3, p % 3, c));
            }
        }
    }

    private static String size(ImageExample e) {
        return e.picture().height() + " " + e.picture().width() + " " + e.picture().channels();
    }

    @Test
    void flattenedPicturesNeedTheirSizeAndNamesAreTaken() {
        INDArray flat = features(1, 1).reshape('c', COUNT, 6);
        TunebookException e =
                assertThrows(
                        TunebookException.class, () -> Dl4jImages.of(iterator(flat, labels())));
        assertTrue(e.getMessage().contains("features are [6, 6]"), e.getMessage());
        ViewIterator named =
                new ViewIterator(new DataSet(flat, labels()), 6) {
                    @Override
                    public List<String> getLabels() {
                        return List.of("zebra", "ant", "moth");
                    }
                };
        Dataset<ImageExample> data = Dl4jImages.of(named, 2, 3, 1).split(0.5, 0.25, 0.25);
        assertEquals(List.of("ant", "moth", "zebra"), data.labels());
        ImageExample one =
                all(data).stream().filter(x -> x.id().equals("3")).findFirst().orElseThrow();
        assertEquals("zebra", one.answer());
        assertEquals("2 3 1", size(one));
        assertEquals(8, one.picture().at(1, 2, 0));
    }

    @Test
    void whatIsNormalizedOrNotOneHotIsRefused() {
        TunebookException below =
                assertThrows(
                        TunebookException.class,
                        () -> Dl4jImages.of(iterator(features(1, 1).sub(10), labels())));
        assertTrue(below.getMessage().contains("a pixel is -10"), below.getMessage());
        TunebookException soft =
                assertThrows(
                        TunebookException.class,
                        () -> Dl4jImages.of(iterator(features(1, 1), labels().add(0.5))));
        assertTrue(soft.getMessage().contains("are not one-hot"), soft.getMessage());
    }
}
