package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import tunebook.stats.Metric;
import tunebook.support.Shared;
import tunebook.task.Marked;
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
        double test = Boolean.getBoolean("whole") ? 0.999 : 0.2;
        double rest = (1 - test) / 2;
        Dataset<ImageExample> data = Images.of(Shared.path(pictures)).split(rest, rest, test);
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
        long before = System.nanoTime();
        Marked marked;
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT);
                Prefixes prefixes = new Prefixes(engine, held, backbone, 0)) {
            marked =
                    new Trainer(engine, held, prefixes)
                            .evaluate(
                                    tuning,
                                    tuning.learning(),
                                    task.test(backbone, Integer.MAX_VALUE));
        }
        System.out.printf(
                Locale.ROOT,
                "resnet20 of torch on %d pictures: accuracy %.3f, loss %.3f, %.1f s%n",
                data.test().size(),
                marked.metrics().get(Metric.ACCURACY),
                marked.loss(),
                (System.nanoTime() - before) / 1e9);
        assertTrue(marked.score() >= 0.8, "accuracy " + marked.score());
    }
}
