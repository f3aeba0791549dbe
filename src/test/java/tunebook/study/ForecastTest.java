package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.Dataset;
import tunebook.model.Backbone;
import tunebook.model.Bert;
import tunebook.model.Gpt2.Layout;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.LpFt;
import tunebook.recipe.Partial;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Recipe;
import tunebook.recipe.Ulmfit;
import tunebook.support.Sentences;
import tunebook.support.Tiny;
import tunebook.support.TinyImages;
import tunebook.support.TinyPictures;
import tunebook.support.TinyProse;
import tunebook.support.TinyTasks;
import tunebook.train.Embedded;

/** What is said of a study's cost beside what it then costs. */
class ForecastTest {
    @TempDir Path folder;

    /** With one thread, for where steps take microseconds a second one frees memory too late. */
    private Study study(Backbone backbone, Dataset<?> data, Recipe... recipes) {
        return Study.of("which?", threads -> new Nd4jEngine(1))
                .backbone(backbone)
                .data(data)
                .recipes(recipes)
                .seeds(2)
                .epochs(3)
                .batchSize(8)
                .workers(1)
                .store(folder.resolve("runs.db"));
    }

    private static void check(Study study) {
        Forecast forecast = study.plan();
        assertFalse(Files.exists(study.execution().store()), "nothing is kept");
        Result result = study.run();
        for (RunResult run : result.comparison().runs()) {
            Forecast.Cost cost =
                    forecast.costs().stream()
                            .filter(c -> c.recipe().equals(run.recipe()))
                            .findFirst()
                            .orElseThrow();
            String who = run.recipe() + ", seed " + run.seed();
            assertEquals(run.spent().flops(), cost.run().flops(), who);
            assertEquals(run.curve().get(run.curve().size() - 1).step(), cost.run().steps(), who);
            assertEquals(run.trainable(), cost.trainable(), who);
            assertEquals(forecast.costs().get(0).ofHead(), cost.ofHead(), who + ": one head");
            double ratio = (double) cost.run().bytes() / run.peakBytes();
            assertTrue(ratio > 0.75 && ratio < 1.25, who + ": memory " + ratio);
            assertTrue(cost.seconds() > 0, who);
        }
        assertTrue(forecast.seconds() > 0);
        assertEquals(study.recipes().size(), forecast.table().rowCount());
    }

    @Test
    void whatIsCountedForTextsIsWhatTheRunsDo() {
        check(
                study(
                        wide(),
                        Tiny.data(60, 60),
                        new Full().accumulate(3),
                        new FeatureExtraction(),
                        new Partial().last(1),
                        new Lora(2),
                        new Lora(2).form(LoraForm.PLAIN.decomposed(true)),
                        new Ia3(),
                        new PromptTuning(3),
                        new PrefixTuning(2),
                        new LpFt(1),
                        new Ulmfit()));
    }

    /** So large that a step takes more than odds and ends do. */
    private static Backbone wide() {
        Backbone tiny = Tiny.backbone(0.1);
        int words = tiny.tokenizer().vocabulary();
        Bert model = new Bert(2, 64, 4, 256, words, 32, 2, 1e-12, 0.1, Bert.Pooling.MEAN);
        return new Backbone("wide", model, Tiny.weights(model, 7), tiny.tokenizer());
    }

    @Test
    void forOtherTasksToo() {
        check(study(wide(), TinyTasks.numbers(96), new Full(), new Lora(2)));
        check(
                study(wide(), Sentences.data(folder, 120), new Full(), new Lora(2))
                        .store(folder.resolve("entities.db")));
        check(
                study(
                                TinyProse.decoder(Layout.CONV1D_TIED, 0),
                                TinyProse.file(folder, 60).split(0.8, 0.1, 0.1),
                                new Full(),
                                new Lora(2))
                        .store(folder.resolve("prose.db")));
    }

    @Test
    void forPicturesToo() throws IOException {
        check(
                study(
                        TinyImages.cifar(),
                        TinyPictures.data(folder, 30),
                        new Full(),
                        new FeatureExtraction(),
                        new Lora(2)));
    }

    @Test
    void whatIsSavedIsAsLargeAsSaid() {
        Study study =
                study(Embedded.read("tiny-english"), Tiny.data(24, 24), new Full(), new Lora(2))
                        .epochs(1);
        Forecast forecast = study.plan();
        Result result = study.run();
        try (RunStore store = RunStore.open(study.execution().store())) {
            for (Forecast.Cost cost : forecast.costs()) {
                RunResult winner = result.winners().get(cost.recipe());
                assertEquals(cost.savedBytes(), store.weights(winner.key()).orElseThrow().length);
            }
        }
    }

    @Test
    void theTableSaysWhatEachRecipeCosts() {
        Table table = study(wide(), Tiny.data(24, 24), new Full(), new Lora(2)).plan().table();
        assertEquals(
                List.of(
                        "recipe",
                        "parameters that learn",
                        "of these the new head's",
                        "GFLOP a step",
                        "GFLOP a run",
                        "steps",
                        "peak MiB",
                        "saved KiB",
                        "seconds a run"),
                table.columnNames());
        assertTrue(
                table.name()
                        .matches(
                                "What it will cost: 2 seeds of each, about \\d+ seconds? in all if"
                                        + " none stops early, on CPU.*"),
                table.name());
        assertTrue(table.longColumn(1).get(0) > 10 * table.longColumn(1).get(1));
    }

    @Test
    void whatDivergesHasNoSeconds() {
        Study study = study(wide(), Tiny.data(24, 24), new Full().learningRate(1e30), new Lora(2));
        Forecast forecast = study.plan();
        assertTrue(Double.isNaN(forecast.costs().get(0).seconds()));
        assertTrue(forecast.costs().get(1).seconds() > 0);
        assertTrue(forecast.table().name().contains("– seconds in all"), forecast.table().name());
    }

    @Test
    void itStopsWhenTheThreadIsInterrupted() {
        Study study = study(wide(), Tiny.data(60, 60), new Full(), new Lora(2));
        Thread.currentThread().interrupt();
        TunebookException e = assertThrows(TunebookException.class, study::plan);
        assertTrue(Thread.interrupted(), "the thread stays interrupted");
        assertEquals("plan(): was stopped. Mend: call it again", e.getMessage());
    }

    /** An engine with so much room. */
    private record Small(Engine engine, long bytes) implements Engine {
        @Override
        public String device() {
            return engine.device();
        }

        @Override
        public OptionalLong free(long wanted) {
            return OptionalLong.of(bytes);
        }

        @Override
        public Held hold(Weights weights, Precision precision) {
            return engine.hold(weights, precision);
        }

        @Override
        public Session open(Held frozen, Weights constants, Weights learning, long seed) {
            return engine.open(frozen, constants, learning, seed);
        }
    }

    private static String refusal(Study study, long bytes) {
        Study small = study.on(threads -> new Small(new Nd4jEngine(threads), bytes));
        return assertThrows(TunebookException.class, small::run).getMessage();
    }

    @Test
    void whatCannotFitIsRefusedWithWhatWould() {
        Study study =
                study(wide(), Tiny.data(60, 60), new FeatureExtraction(), new Full()).batchSize(32);
        long full = study.plan().costs().get(1).run().bytes();
        String side = refusal(study.workers(2), full * 3 / 2);
        assertTrue(side.startsWith("full: a run needs about 0.0 GiB of memory, 2 would"), side);
        assertTrue(side.endsWith("are free. Mend: call .workers(1)"), side);
        String alone = refusal(study, full * 3 / 4);
        assertTrue(alone.matches("full: .*Mend: call \\.batchSize\\((16|8|4)\\)"), alone);
        int fits = Integer.parseInt(alone.replaceAll("\\D+$", "").replaceAll(".*\\D", ""));
        study.batchSize(fits).on(threads -> new Small(new Nd4jEngine(threads), full * 3 / 4)).run();
        assertTrue(refusal(study, 1000).endsWith("smaller backbone"), refusal(study, 1000));
    }
}
