package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.Tunebook.drawings;
import static tunebook.Tunebook.featureExtraction;
import static tunebook.Tunebook.fromScratch;
import static tunebook.Tunebook.full;
import static tunebook.Tunebook.untrained;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.data.Dataset;
import tunebook.data.ImageExample;
import tunebook.model.Backbone;
import tunebook.model.ResNet;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Recipe;

/** From drawings in one medium to those in the other, in short. */
class DrawingsStudyTest {
    @TempDir Path folder;

    private Result run(Backbone backbone, Dataset<ImageExample> data, Recipe... recipes) {
        return Study.of("which?", Nd4jEngine::new)
                .backbone(backbone)
                .data(data)
                .recipes(recipes)
                .seeds(1)
                .batchSize(32)
                .epochs(6)
                .store(folder.resolve("runs.db"))
                .run();
    }

    @Test
    void whatWasLearnedWithPenIsABackboneForChalk() {
        Dataset<ImageExample> pen = drawings("pen").each(40).split(0.8, 0.1, 0.1);
        Result first =
                run(untrained(ResNet.cifar(8)), pen, fromScratch().learningRate(1e-2).patience(0));
        double learned = first.best().run().score();
        Backbone backbone = first.best().merged().backbone().named("pen ResNet-8");
        Dataset<ImageExample> chalk = drawings("chalk").each(20).split(0.5, 0.2, 0.3);
        Result second = run(backbone, chalk, full().learningRate(3e-3), featureExtraction());
        double tuned = second.tuned("full").run().score();
        System.out.printf("pen %.3f, tuned on chalk %.3f%n", learned, tuned);
        // one of sixteen is chance
        assertTrue(learned >= 0.4, "pen " + learned);
        assertTrue(tuned >= 0.2, "chalk " + tuned);
        assertEquals(chalk.labels(), second.comparison().classes());
        assertEquals(96, second.tuned("full").answered().size(), "sixteen things, six of each");
    }
}
