package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.data.Dataset;
import tunebook.data.ImageExample;
import tunebook.data.Images;
import tunebook.model.Backbone;
import tunebook.model.ResNet;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Tuning;
import tunebook.stats.Mark;
import tunebook.support.Shared;
import tunebook.task.Part;
import tunebook.task.Task;

/**
 * A published file of torch's on published pictures, end to end; {@code -Dwhole} takes them all.
 */
class PublishedResNetTest {
    /**
     * The file's makers report 91.7% on the test pictures; these are JPEGs of training pictures.
     */
    @Test
    void aResNetOfTorchClassifiesPicturesThatItWasTrainedFor() {
        String weights = "data/weights/resnet20-cifar10/resnet20-12fca82f.th";
        String pictures = "data/images/cifar10-train-first500-per-class-jpg.tar";
        Backbone backbone = Embedded.read(Shared.path(weights).toString());
        assertEquals(ResNet.cifar(20), backbone.model());
        Dataset<ImageExample> data = Images.of(Shared.path(pictures)).split(0.7, 0.1, 0.2);
        assertEquals(
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
                        "truck"),
                data.labels());
        assertEquals(0, data.leaks().size());
        Task task = Task.of(data);
        // the head that learns begins as the file's own
        Tuning tuning = Tuning.of(new FeatureExtraction(), backbone, task.over(backbone), 1);
        Engine engine = new Nd4jEngine(2);
        List<Part> parts = new ArrayList<>(List.of(task.test(backbone, Integer.MAX_VALUE)));
        if (Boolean.getBoolean("whole")) {
            parts.add(task.train(backbone, Integer.MAX_VALUE));
            parts.add(task.validation(backbone, Integer.MAX_VALUE));
        }
        long before = System.nanoTime();
        List<Mark> marks = new ArrayList<>();
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT);
                Prefixes prefixes = new Prefixes(engine, held, backbone, Space.memory(0))) {
            Trainer trainer = new Trainer(engine, held, prefixes);
            for (Part part : parts)
                marks.addAll(trainer.evaluate(tuning, tuning.learning(), part).marks());
        }
        double accuracy = marks.stream().mapToDouble(Mark::score).average().orElseThrow();
        System.out.printf(
                Locale.ROOT,
                "resnet20 of torch on %d pictures: accuracy %.4f, %.1f s%n",
                marks.size(),
                accuracy,
                (System.nanoTime() - before) / 1e9);
        assertTrue(accuracy >= 0.8, "accuracy " + accuracy);
    }
}
