package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.Tunebook;
import tunebook.adapter.Adapters;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.LabelSetExample;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Recipe;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.support.Tiny;
import tunebook.support.TinyTasks;
import tunebook.train.LabelSet;

class LabelSetStudyTest {
    private static final Dataset<LabelSetExample> DATA = TinyTasks.labelSets(320);

    @TempDir Path folder;

    private Study study(Backbone backbone, Recipe... recipes) {
        return Study.of("which topics?", Nd4jEngine::new)
                .backbone(backbone)
                .data(DATA)
                .recipes(recipes)
                .seeds(2)
                .epochs(20)
                .batchSize(8)
                .workers(1)
                .store(folder.resolve(backbone.name() + ".db"));
    }

    @Test
    void anEncoderLearnsSetsOfLabels() {
        Result result = study(Tiny.backbone(0), new Full().learningRate(2e-3)).run();
        assertEquals(
                List.of(Metric.MICRO_F1, Metric.MACRO_F1, Metric.EXACT_MATCH),
                result.comparison().metrics());
        for (RunResult run : result.comparison().runs()) {
            assertTrue(run.score() > 0.9, "micro-F1 " + run.score());
            assertTrue(run.metrics().get(Metric.MACRO_F1) > 0.9);
            assertTrue(run.metrics().get(Metric.EXACT_MATCH) > 0.8);
            assertEquals(
                    run.score(),
                    run.marks().stream().mapToDouble(Mark::score).average().orElseThrow(),
                    1e-9,
                    "the scores' mean is the metric");
        }
        LabelSet set = result.best().labels("the food was kind and the room was rude");
        assertEquals(Set.of("kind", "rude"), Set.copyOf(set.labels()));
        assertEquals(Set.copyOf(DATA.labels()), set.probabilities().keySet());
        assertTrue(set.probabilities().get("kind") >= 0.5);
        assertTrue(set.probabilities().get("clean") < 0.5);
        List<Double> falling = List.copyOf(set.probabilities().values());
        for (int i = 1; i < falling.size(); i++) assertTrue(falling.get(i) <= falling.get(i - 1));
        assertTrue(result.verdict().toString().contains("micro-F1"));
    }

    @Test
    void anAdapterThatWasSavedGivesTheSameLabels() throws IOException {
        Backbone backbone = Tiny.decoder(0);
        Tuned tuned = study(backbone, new Lora(4).learningRate(1e-2)).seeds(1).run().best();
        tuned.save(folder.resolve("topics"));
        Adapter read = Tunebook.adapter(folder.resolve("topics").toString(), backbone);
        assertEquals(HeadKind.MULTI_LABEL, read.head());
        assertEquals(DATA.labels(), read.labels());
        assertTrue(
                Files.readString(folder.resolve("topics/tunebook.json"))
                        .contains("multi_label_classification"));
        String text = DATA.test().get(0).text();
        try (Adapters adapters = Tunebook.adapters(backbone)) {
            assertEquals(
                    tuned.labels(text),
                    adapters.add(read.named("topics")).labels("topics", text),
                    "to the bit");
        }
        assertTrue(tuned.mergeCheck().largestLogitGap() < 1e-4);
        TunebookException e = assertThrows(TunebookException.class, () -> tuned.value("a text"));
        assertTrue(e.getMessage().contains("MULTI_LABEL where REGRESSION"), e.getMessage());
    }
}
