package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tunebook.core.Batch;
import tunebook.core.Decorator;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.data.Picture;
import tunebook.data.Pictures;
import tunebook.data.TorchFile;
import tunebook.model.Backbone;
import tunebook.model.ImageInput;
import tunebook.model.Programs;
import tunebook.model.ResNet;
import tunebook.support.Shared;

/** A ResNet-20 that somebody else trained on CIFAR-10 knows its images here too. */
class PublishedResNetTest {
    private static final int EACH = 20;

    /** CIFAR-10's classes in the order of their numbers. */
    private static final List<String> CLASSES =
            List.of(
                    "airplane",
                    "automobile",
                    "bird",
                    "cat",
                    "deer",
                    "dog",
                    "frog",
                    "horse",
                    "ship",
                    "truck");

    @Test
    void itClassifiesWhatItWasTrainedOn() throws Exception {
        Path file = Shared.path("data/weights/resnet20-cifar10/resnet20-12fca82f.th");
        Path images = Shared.path("data/images/cifar10-train-first500-per-class-jpg.tar");
        ResNet model = ResNet.cifar(20);
        Weights weights = model.fromFile(TorchFile.read(file));
        assertEquals(269_722 + 2 * 688, weights.elements(), "running statistics with them");
        Backbone backbone = new Backbone("resnet20", model, weights, null);
        Engine engine = new Nd4jEngine(2);
        Batch batch = batch(images, model.image());
        Programs programs = new Programs(model, model.classifier(10), Decorator.NONE, 0);
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT);
                Session session = engine.open(held, Weights.none(), 1)) {
            Tensor logits = session.evaluate(programs.logits(), batch);
            int right = 0;
            for (int i = 0; i < EACH * CLASSES.size(); i++) {
                int best = 0;
                for (int c = 1; c < CLASSES.size(); c++)
                    if (logits.get(i * 10 + c) > logits.get(i * 10 + best)) best = c;
                if (best == i / EACH) right++;
            }
            // it learned from them before they went through JPEG
            assertTrue(right >= 0.8 * EACH * CLASSES.size(), right + " of 200");
        }
    }

    private static Batch batch(Path tar, ImageInput input) throws IOException {
        float[] pixels = new float[EACH * CLASSES.size() * input.pixels() * 3];
        int[] labels = new int[EACH * CLASSES.size()];
        Map<String, Integer> seen = new HashMap<>();
        List<String> full = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(Files.newInputStream(tar))) {
            byte[] header = new byte[512];
            while (full.size() < CLASSES.size()) {
                in.readFully(header);
                String name = text(header, 0, 100);
                byte[] content = new byte[Integer.parseInt(text(header, 124, 12).trim(), 8)];
                in.readFully(content);
                in.skipNBytes((512 - content.length % 512) % 512);
                if (!name.endsWith(".jpg")) continue;
                String label = name.substring(name.indexOf('/') + 1, name.lastIndexOf('/'));
                int n = seen.merge(label, 1, Integer::sum);
                if (n > EACH) continue;
                if (n == EACH) full.add(label);
                int at = CLASSES.indexOf(label) * EACH + n - 1;
                labels[at] = CLASSES.indexOf(label);
                put(Pictures.read(name, content), input, pixels, at * input.pixels() * 3);
            }
        }
        return Batch.images(labels.length, Tensor.of(pixels, pixels.length / 3, 3))
                .labels(labels, null);
    }

    private static String text(byte[] header, int from, int length) {
        String text = new String(header, from, length, StandardCharsets.US_ASCII);
        int end = text.indexOf(0);
        return end < 0 ? text : text.substring(0, end);
    }

    private static void put(Picture picture, ImageInput input, float[] pixels, int at) {
        for (int y = 0; y < 32; y++)
            for (int x = 0; x < 32; x++)
                for (int c = 0; c < 3; c++)
                    pixels[at + (y * 32 + x) * 3 + c] =
                            (float)
                                    ((picture.at(y, x, c) / 255.0 - input.mean().get(c))
                                            / input.deviation().get(c));
    }
}
