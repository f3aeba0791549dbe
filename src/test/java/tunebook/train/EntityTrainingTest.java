package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.Engine;
import tunebook.core.Input;
import tunebook.core.Precision;
import tunebook.data.Dataset;
import tunebook.data.EntityExample;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.support.Sentences;
import tunebook.support.Tiny;
import tunebook.task.Part;
import tunebook.task.Softmax;
import tunebook.task.Task;

/** How the loss of tags comes about. */
class EntityTrainingTest {
    private static final Backbone TINY = Tiny.backbone(0);

    @TempDir Path folder;

    private static Tuning tuning(Recipe recipe, Task task) {
        return Tuning.of(recipe, TINY, task.over(TINY), 5);
    }

    private List<Double> losses(Recipe recipe, Task task) {
        Engine engine = new Nd4jEngine(1);
        Part train = task.train(TINY, 32);
        List<Double> losses = new ArrayList<>();
        try (Engine.Held held = engine.hold(TINY.weights(), Precision.FLOAT);
                Prefixes prefixes = new Prefixes(engine, held, TINY, Space.memory(1 << 20))) {
            new Trainer(engine, held, prefixes)
                    .run(
                            tuning(recipe, task),
                            train,
                            task.validation(TINY, 32),
                            5,
                            (step, steps, epoch, loss) -> losses.add(loss));
        }
        return losses;
    }

    @Test
    void balancedWeighsEachTagAlike() {
        Dataset<EntityExample> data = Sentences.data(folder, 40);
        Task task = Task.of(data);
        Recipe all = new FeatureExtraction().batchSize(1000).epochs(1);
        Tuning start = tuning(all, task);
        int tags = data.labels().size();
        double[] sums = new double[tags];
        int[] counts = new int[tags];
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(TINY.weights(), Precision.FLOAT)) {
            Adapter adapter =
                    new Adapter(
                            "start",
                            all,
                            HeadKind.TOKENS,
                            data.labels(),
                            start.constants(),
                            start.learning());
            new Reader(engine, held, TINY, adapter, HeadKind.TOKENS, 32)
                    .over(
                            task.train(TINY, 32).batches(),
                            (which, batch, logits) -> {
                                int[] labels = batch.indices(Input.LABELS);
                                for (int row = 0; row < labels.length; row++) {
                                    double[] p = Softmax.of(Softmax.row(logits, row));
                                    sums[labels[row]] -= Math.log(p[labels[row]]);
                                    counts[labels[row]]++;
                                }
                            });
        }
        double sum = 0;
        double words = 0;
        double means = 0;
        int present = 0;
        for (int tag = 0; tag < tags; tag++) {
            sum += sums[tag];
            words += counts[tag];
            if (counts[tag] == 0) continue;
            means += sums[tag] / counts[tag];
            present++;
        }
        assertEquals(4, present, "all but I-THING");
        assertTrue(counts[0] > 4 * counts[2], "O is to be far more frequent than I-PER");
        double plain = losses(all, task).get(0);
        double balanced = losses(all.balanced(), task).get(0);
        assertEquals(sum / words, plain, 1e-5);
        assertEquals(means / present, balanced, 1e-5);
        assertNotEquals(plain, balanced, 1e-3);
    }

    /** Sentences count by their words: a mean of means would be another. */
    @Test
    void partsOfABatchAddUpToTheBatch() {
        Task task = Task.of(Sentences.data(folder, 40));
        Recipe whole = new Full().batchSize(8).epochs(2);
        for (Recipe recipe : List.of(whole, whole.balanced())) {
            List<Double> expected = losses(recipe, task);
            List<Double> got = losses(recipe.accumulate(4), task);
            assertEquals(expected.size(), got.size());
            for (int i = 0; i < got.size(); i++)
                assertEquals(expected.get(i), got.get(i), 1e-5, "step " + i);
        }
    }
}
