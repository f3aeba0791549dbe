package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.Tunebook;
import tunebook.adapter.Adapters;
import tunebook.core.Scale;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.NumberExample;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Recipe;
import tunebook.stats.Errors;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.support.Tiny;
import tunebook.support.TinyTasks;

class RegressionStudyTest {
    private static final Dataset<NumberExample> DATA = TinyTasks.numbers(240);

    @TempDir Path folder;

    private Study study(Backbone backbone, Recipe... recipes) {
        return Study.of("how many stars?", Nd4jEngine::new)
                .backbone(backbone)
                .data(DATA)
                .recipes(recipes)
                .seeds(2)
                .epochs(12)
                .batchSize(8)
                .workers(1)
                .store(folder.resolve(backbone.name() + ".db"));
    }

    /** What always answering the training mean gets wrong. */
    private static double chance() {
        double mean =
                DATA.train().stream().mapToDouble(NumberExample::value).average().orElseThrow();
        return DATA.test().stream()
                .mapToDouble(e -> Math.abs(e.value() - mean))
                .average()
                .orElseThrow();
    }

    @Test
    void anEncoderLearnsNumbersFarFromZeroAtTheUsualRates() {
        Result result = study(Tiny.backbone(0), new Full().learningRate(3e-3)).run();
        Comparison comparison = result.comparison();
        assertEquals(List.of(Metric.MAE, Metric.RMSE, Metric.PEARSON), comparison.metrics());
        for (RunResult run : comparison.runs()) {
            assertTrue(run.score() < 0.2 * chance(), run.score() + " of " + chance());
            assertEquals(
                    run.score(),
                    run.marks().stream().mapToDouble(Mark::score).average().orElseThrow(),
                    1e-9,
                    "the scores' mean is the metric");
            assertTrue(run.metrics().get(Metric.RMSE) >= run.score());
            assertTrue(run.metrics().get(Metric.PEARSON) > 0.95);
        }
        assertTrue(result.verdict().toString().contains("absolute error"));
        assertTrue(result.table().columnNames().contains("correlation"));
    }

    @Test
    void aDecoderLearnsThemTooAndItsAnswersAreInTheDatasUnit() {
        Result result = study(Tiny.decoder(0), new Full().learningRate(3e-3)).run();
        Tuned tuned = result.best();
        double[] truths = DATA.test().stream().mapToDouble(NumberExample::value).toArray();
        double[] values = tuned.values(DATA.test().stream().map(NumberExample::text).toList());
        assertTrue(tuned.run().score() < 0.4 * chance(), tuned.run().score() + " of " + chance());
        assertEquals(tuned.run().score(), Errors.meanAbsolute(truths, values), 1e-9);
        assertEquals(values[0], tuned.value(DATA.test().get(0).text()), 1e-4);
    }

    @Test
    void anAdapterThatWasSavedAnswersInTheDatasUnit() throws IOException {
        Backbone backbone = Tiny.backbone(0);
        Tuned tuned = study(backbone, new Lora(4)).run().best();
        double[] values = DATA.train().stream().mapToDouble(NumberExample::value).toArray();
        assertEquals(Scale.of(values), tuned.adapter().scale());
        tuned.save(folder.resolve("stars"));
        Adapter read = Tunebook.adapter(folder.resolve("stars").toString(), backbone);
        assertEquals(HeadKind.REGRESSION, read.head());
        assertEquals(tuned.adapter().scale(), read.scale(), "to the bit");
        String text = DATA.test().get(0).text();
        try (Adapters adapters = Tunebook.adapters(backbone)) {
            adapters.add(read.named("stars"));
            assertEquals(tuned.value(text), adapters.value("stars", text), 1e-4);
            assertTrue(adapters.value("stars", text) > 200, "the data's unit");
            assertSays(
                    assertThrows(TunebookException.class, () -> adapters.predict("stars", text)),
                    "REGRESSION where CLASSIFIER");
        }
        var notes =
                JsonParser.parseString(Files.readString(folder.resolve("stars/tunebook.json")))
                        .getAsJsonObject();
        assertEquals("regression", notes.get("problem_type").getAsString());
        assertTrue(
                Files.readString(folder.resolve("stars/adapter_config.json")).contains("SEQ_CLS"));
        assertTrue(tuned.mergeCheck().largestLogitGap() < 1e-5);
        assertTrue(Double.isNaN(tuned.mergeCheck().accuracy()));
        Adapter other =
                new Adapter(
                        "other",
                        read.recipe(),
                        read.head(),
                        read.labels(),
                        new Scale(1, 2),
                        read.constants(),
                        read.weights());
        assertSays(
                assertThrows(
                        TunebookException.class,
                        () -> Tunebook.mix("both", List.of(read, other), 1, 1)),
                "mix adapters that learned from the same numbers");
        assertEquals(read.scale(), Tunebook.mix("both", List.of(read, read), 1, 1).scale());
        assertEquals(tuned.adapter().scale(), tuned.merged().head().scale());
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        Dataset<NumberExample> same =
                tunebook.data.TextTable.of(
                                "same",
                                tech.tablesaw.api.Table.create(
                                        tech.tablesaw.api.StringColumn.create(
                                                "t", List.of("a", "b", "c", "d")),
                                        tech.tablesaw.api.IntColumn.create("n", 3, 3, 3, 3)))
                        .text("t")
                        .number("n")
                        .split(0.5, 0.25, 0.25);
        assertSays(
                assertThrows(
                        TunebookException.class,
                        () -> study(Tiny.backbone(0), new Full()).data(same).run()),
                "one number only to learn from: every one is 3.0");
        assertSays(
                assertThrows(
                        TunebookException.class,
                        () -> study(Tiny.backbone(0), new Full().balanced()).run()),
                "the examples have no classes");
        Tuned tuned = study(Tiny.backbone(0), new Lora(2)).seeds(1).epochs(1).run().best();
        assertSays(
                assertThrows(TunebookException.class, () -> tuned.predict("a text")),
                "REGRESSION where CLASSIFIER");
    }

    @Test
    void equalRunsGiveEqualBits() {
        Study study = study(Tiny.backbone(0.1), new Lora(2)).epochs(2);
        RunResult first = study.run().comparison().runs().get(0);
        RunResult again = study.store(folder.resolve("again.db")).run().comparison().runs().get(0);
        assertEquals(first.marks(), again.marks());
        assertArrayEquals(
                first.curve().stream().mapToDouble(p -> p.validationLoss()).toArray(),
                again.curve().stream().mapToDouble(p -> p.validationLoss()).toArray());
    }

    private static void assertSays(TunebookException e, String words) {
        assertTrue(e.getMessage().contains(words), e.getMessage());
    }
}
