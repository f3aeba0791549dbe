package tunebook.bench.backbone;

import static tunebook.Tunebook.drawings;
import static tunebook.Tunebook.featureExtraction;
import static tunebook.Tunebook.fromScratch;
import static tunebook.Tunebook.full;
import static tunebook.Tunebook.majority;
import static tunebook.Tunebook.shuffledWeights;
import static tunebook.Tunebook.study;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.ImageExample;
import tunebook.data.Images;
import tunebook.data.Picture;
import tunebook.model.Backbone;
import tunebook.study.Study;

/** Measurements of networks of pictures: 20 of each class to learn from. */
final class Pictures {
    private static final List<String> CLOTHES =
            List.of(
                    "t-shirt",
                    "trouser",
                    "pullover",
                    "dress",
                    "coat",
                    "sandal",
                    "shirt",
                    "sneaker",
                    "bag",
                    "boot");
    private static final int SIDE = 28;
    private static final int ACROSS = 30;
    private static final int EACH = 90;

    private Pictures() {}

    /** Sixteen things, drawn with chalk and with a pen. */
    static List<Figure> drawn(Backbone over) {
        return List.of(drawn(over, "chalk"), drawn(over, "pen"));
    }

    private static Figure drawn(Backbone over, String medium) {
        return figure(
                medium,
                "drawings of 16 things, 20 each to learn from, 60 each to test",
                over,
                () -> drawings(medium).each(100).split(0.2, 0.2, 0.6));
    }

    /**
     * Clothes.
     *
     * @param sheet of 30 × 30 pictures, three rows a class
     */
    static Figure clothes(Backbone over, Path sheet) {
        return figure(
                "clothes",
                "Fashion-MNIST, 20 of each class to learn from, 50 each to test",
                over,
                () -> read(sheet).split(20.0 / EACH, 20.0 / EACH, 50.0 / EACH));
    }

    private static Figure figure(
            String name, String about, Backbone over, Supplier<Dataset<ImageExample>> data) {
        return Figure.whole(
                name,
                about + ", 20 epochs of batches of 32",
                () -> controlled(over, data.get()),
                0.3,
                1,
                3,
                10);
    }

    private static Study controlled(Backbone over, Dataset<ImageExample> data) {
        return study("what is pre-training worth?")
                .backbone(over)
                .data(data)
                .recipes(full(), featureExtraction(), shuffledWeights(), fromScratch())
                .controls(majority())
                .epochs(20)
                .batchSize(32);
    }

    private static Images read(Path sheet) {
        BufferedImage image = image(sheet);
        List<Picture> pictures = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < ACROSS * ACROSS; i++) {
            byte[] values = new byte[SIDE * SIDE];
            for (int p = 0; p < values.length; p++)
                values[p] =
                        (byte)
                                image.getRGB(
                                        i % ACROSS * SIDE + p % SIDE, i / ACROSS * SIDE + p / SIDE);
            pictures.add(new Picture(SIDE, SIDE, 1, values));
            labels.add(CLOTHES.get(i / EACH));
        }
        return Images.of("Fashion-MNIST", pictures, labels);
    }

    private static BufferedImage image(Path sheet) {
        BufferedImage image;
        try {
            image = ImageIO.read(sheet.toFile());
        } catch (IOException e) {
            throw new TunebookException(
                    sheet.toString(), "cannot be read: " + e, "give the sheet as PNG", e);
        }
        if (image == null || image.getWidth() != ACROSS * SIDE) {
            throw new TunebookException(
                    sheet.toString(),
                    "is no sheet of 30 x 30 pictures of 28 x 28 pixels",
                    "give fashion-mnist-sprite.png of the data set's repository");
        }
        return image;
    }
}
