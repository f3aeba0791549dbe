package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.data.Conll;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FromScratch;
import tunebook.recipe.Full;
import tunebook.train.Embedded;

/** What pre-training is good for: names in a few sentences. */
class PretrainedEntitiesTest {
    @TempDir Path folder;

    @Test
    void thePretrainedEncoderFindsWhatOneFromScratchDoesNot() {
        Path file = Path.of(System.getProperty("datasets", "datasets"), "clinic-entities.conll");
        Result result =
                Study.of("which?", Nd4jEngine::new)
                        .backbone(Embedded.read("tiny-english"))
                        .data(Conll.of(file).split(0.6, 0.1, 0.3))
                        .recipes(
                                new Full().learningRate(1e-3), new FromScratch().learningRate(1e-3))
                        .seeds(1)
                        .epochs(8)
                        .store(folder.resolve("runs.db"))
                        .run();
        double full = result.tuned("full").run().score();
        double scratch = result.tuned("from scratch").run().score();
        System.out.printf("clinic-entities, 8 epochs: F1 %.3f against %.3f%n", full, scratch);
        assertTrue(full > scratch + 0.1, full + " against " + scratch);
    }
}
