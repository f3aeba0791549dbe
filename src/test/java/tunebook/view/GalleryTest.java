package tunebook.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.data.Dataset;
import tunebook.data.Drawings;
import tunebook.data.ImageExample;
import tunebook.data.Picture;
import tunebook.data.Pictures;
import tunebook.study.Answered;
import tunebook.study.Review;
import tunebook.support.TinyPictures;
import tunebook.train.Prediction;

class GalleryTest {
    private static final Pattern IMAGE =
            Pattern.compile("<img src=\"data:image/png;base64,([^\"]*)\" alt=\"([^\"]*)\"");

    private static Answered answered(String id, String truth, String label, double p) {
        Picture picture = TinyPictures.half(true, 6, 5, 3, 1);
        return new Answered(
                new ImageExample(id, picture, 0, truth),
                new Prediction(label, p, Map.of(label, p, "other", 1 - p)));
    }

    private static BufferedImage image(String html) throws Exception {
        Matcher matcher = IMAGE.matcher(html);
        assertTrue(matcher.find(), html);
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(matcher.group(1))));
    }

    @Test
    void truthPredictionAndProbabilityStandInWords() {
        Gallery gallery =
                Gallery.of(
                        new Review(
                                "looked at",
                                List.of(
                                        answered("cat/1.png", "other", "dog", 0.875),
                                        answered("dog/2.png", "dog", "dog", 0.5))));
        assertEquals(
                List.of("✗ dog (88%)", "truth: other", "loss 2.08"),
                gallery.items().get(0).caption());
        assertEquals("✓ dog (50%)", gallery.items().get(1).caption().get(0));
        assertEquals(
                "picture cat/1.png of class other, predicted dog (88%)",
                gallery.items().get(0).alt());
        assertEquals(3, gallery.text().lines().count());
        String html = gallery.html();
        assertTrue(html.contains("alt=\"picture cat/1.png of class other, predicted dog (88%)\""));
        assertTrue(html.contains("truth: other"));
        assertFalse(html.contains("<script") || html.contains("http"), html);
    }

    @Test
    void smallPicturesKeepTheirPixelsAndLargeOnesAreShrunk() throws Exception {
        Picture small = TinyPictures.half(true, 6, 5, 3, 1);
        BufferedImage same = image(Thumbnail.html(small, "small"));
        assertEquals("5 6", same.getWidth() + " " + same.getHeight());
        for (int y = 0; y < 6; y++)
            for (int x = 0; x < 5; x++)
                assertEquals(
                        small.at(y, x, 0) << 16 | small.at(y, x, 1) << 8 | small.at(y, x, 2),
                        same.getRGB(x, y) & 0xffffff);
        String html = Thumbnail.html(TinyPictures.half(true, 500, 2000, 1, 1), "large");
        assertEquals("112 28", image(html).getWidth() + " " + image(html).getHeight());
        assertTrue(html.contains("width=\"112\" height=\"28\""), html);
        assertTrue(html.length() < 20_000, html.length() + " characters");
        Picture grey = TinyPictures.half(false, 9, 7, 1, 3);
        Picture back = Pictures.read("png", Thumbnail.png(grey));
        assertEquals(
                new ImageExample("", grey.colour(), 0, "").content(),
                new ImageExample("", back.colour(), 0, "").content());
    }

    @Test
    void aDataSetShowsItsClassesInTurnAndNeverTooMany(@TempDir Path folder) throws Exception {
        Dataset<ImageExample> data = TinyPictures.data(folder, 10);
        Gallery five = Gallery.of(data, 5);
        List<String> labels = new ArrayList<>();
        five.items().forEach(item -> labels.add(item.caption().get(0)));
        assertEquals(List.of("high", "low", "high", "low", "high"), labels);
        assertEquals(0, five.left());
        Dataset<ImageExample> many = Drawings.of("pen").each(6).split(0.7, 0.15, 0.15);
        Gallery all = Gallery.of(many, 1000);
        assertEquals(60, all.items().size());
        assertEquals(many.train().size() - 60, all.left());
        assertTrue(all.html().contains("… and " + all.left() + " more"));
        assertEquals(16, all.items().stream().limit(16).map(Gallery.Item::alt).distinct().count());
        assertTrue(all.html().length() < 1 << 20, "a mebibyte is enough");
    }
}
