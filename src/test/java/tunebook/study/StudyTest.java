package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tunebook.adapter.Merged;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.TextExample;
import tunebook.model.Backbone;
import tunebook.model.Bert;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.BitFit;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.Partial;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;
import tunebook.support.Tiny;
import tunebook.train.Ending;
import tunebook.train.Prediction;

class StudyTest {
    private static final Backbone TINY = Tiny.backbone(0.1);
    private static final Dataset<TextExample> DATA = Tiny.data(24, 24);
    private static final List<String> TEXTS =
            List.of("the nurse was kind", "the room was cold and loud", "words it never saw");

    @TempDir Path folder;

    private Study study(String store, Recipe... recipes) {
        return Study.of("which?", Nd4jEngine::new)
                .backbone(TINY)
                .data(DATA)
                .recipes(recipes)
                .seeds(2)
                .epochs(3)
                .batchSize(8)
                .workers(1)
                .store(folder.resolve(store));
    }

    private Study two(String store) {
        return study(store, new Full().learningRate(3e-3), new Lora(2));
    }

    @Test
    void whatAStudySaysOfEpochsAndBatchHoldsWhateverTheOrder() {
        Study empty = Study.of("which?", Nd4jEngine::new);
        List<Study> studies =
                List.of(
                        empty.epochs(3).batchSize(8).recipes(new Full(), new Lora(2)),
                        empty.recipes(new Full(), new Lora(2)).epochs(3).batchSize(8),
                        empty.recipes(new BitFit())
                                .epochs(3)
                                .batchSize(8)
                                .recipes(new Full(), new Lora(2)));
        for (Study study : studies)
            for (Recipe recipe : study.recipes()) {
                assertEquals(3, recipe.settings().budget().epochs());
                assertEquals(8, recipe.settings().budget().batchSize());
            }
        Recipe own = empty.epochs(3).recipes(new Full().epochs(7)).recipes().get(0);
        assertEquals(7, own.settings().budget().epochs(), "said later, and of this recipe");
        assertEquals(16, own.settings().budget().batchSize());
        assertThrows(TunebookException.class, () -> empty.epochs(0));
        assertThrows(TunebookException.class, () -> empty.batchSize(0));
    }

    @Test
    void anotherMetricTakesTheKeptRuns() {
        Result first = two("metric.db").run();
        Result second = two("metric.db").metric("macro-F1").run();
        assertEquals(first.comparison().runs(), second.comparison().runs(), "none was repeated");
        assertEquals(Metric.ACCURACY, first.comparison().metric());
        assertEquals(Metric.MACRO_F1, second.comparison().metric());
        assertEquals(first.winners(), second.winners(), "chosen on validation as ever");
        TunebookException refused =
                assertThrows(
                        TunebookException.class,
                        () -> two("metric.db").metric(Metric.PERPLEXITY).run());
        assertTrue(
                refused.getMessage().startsWith("metric(PERPLEXITY): is none"), refused::toString);
    }

    @Test
    void aModelsCardSaysWhatItIsHowGoodAndWhatSpeaksAgainstIt() {
        Result result = two("card.db").run();
        Tuned tuned = result.tuned("LoRA r2");
        List<Table> card = tuned.card().tables();
        Map<String, String> origin = new HashMap<>();
        for (Row row : card.get(0)) origin.put(row.getString(0), row.getString(1));
        assertEquals("Model card: LoRA r2 on tiny", card.get(0).name());
        assertEquals("which?", origin.get("made for"));
        assertEquals(
                "LoRA r2 (rank 2, alpha 4, sites every linear one)",
                origin.get("method"),
                origin.toString());
        assertTrue(origin.get("settings").contains("epochs 3"), origin.toString());
        assertEquals(
                "LoRA r2, seed " + tuned.run().seed() + ", on tiny", tuned.toString(), "in a cell");
        assertTrue(
                tuned.adapter().toString().startsWith("adapter LoRA r2, "),
                tuned.adapter()::toString);
        assertEquals("LoRA r2 in the weights of tiny", tuned.merged().toString());
        String gap = tuned.mergeCheck().toString();
        assertTrue(gap.startsWith("logits differ by at most "), gap);
        String study = result.study().toString();
        assertTrue(study.startsWith("Study \"which?\": tiny, "), study);
        assertTrue(study.endsWith(", 2 recipes × 2 seeds"), study);
        assertEquals("2 recipes, 4 runs, by accuracy", result.comparison().toString());
        TunebookException picture =
                assertThrows(TunebookException.class, () -> tuned.predict(Path.of("no-such.png")));
        assertTrue(picture.what().startsWith("was tuned for texts"), picture.what());
        TunebookException unknown =
                assertThrows(
                        TunebookException.class,
                        () -> result.comparison().tests("LoRA r2", "nonsense"));
        assertEquals("no recipe is called \"nonsense\"", unknown.what());
        assertEquals(tuned.run().seed() + ", the best on validation of 2", origin.get("seed"));
        assertEquals(Provenance.VERSION, origin.get("Tunebook"));
        assertEquals(tuned.run().device(), origin.get("device"));
        List<String> hashes =
                card.get(0).stringColumn("what").asList().stream()
                        .filter(what -> what.endsWith("SHA-256"))
                        .toList();
        assertEquals(List.of("its SHA-256", "their SHA-256", "its SHA-256"), hashes);
        assertTrue(card.get(0).stringColumn("value").contains(TINY.weights().sha256()));
        assertTrue(card.get(0).stringColumn("value").contains(DATA.sha256()));
        assertTrue(card.get(0).stringColumn("value").contains(tuned.learned().sha256()));

        Summary summary =
                result.comparison().summaries().stream()
                        .filter(s -> s.recipe().equals("LoRA r2"))
                        .findFirst()
                        .orElseThrow();
        assertEquals("accuracy", card.get(1).getString(0, "metric"));
        assertEquals(
                Figures.value(Metric.ACCURACY, tuned.run().score()),
                card.get(1).getString(0, "this model"));
        assertEquals(
                Figures.interval(Metric.ACCURACY, summary.score()),
                card.get(1).getString(0, "95%"));
        assertEquals("2", card.get(1).getString(0, "seeds"));
        assertEquals(DATA.describe().print(), card.get(2).print());
        for (Row row : result.diagnoses().table()) {
            boolean here = List.of("all", "LoRA r2").contains(row.getString("recipe"));
            assertEquals(
                    here, card.get(3).stringColumn("evidence").contains(row.getString("evidence")));
        }
    }

    @Test
    void aStudyEndsInTableVerdictJsonAndAModel() throws IOException {
        Result result = two("runs.db").run();
        assertEquals(2, result.table().rowCount());
        assertEquals(1, result.pairs().rowCount());
        assertEquals(4, result.comparison().runs().size());
        assertTrue(
                result.comparison().runs().stream().allMatch(r -> r.status() == Ending.FINISHED));
        assertTrue(result.verdict().toString().contains("LoRA r2"), result.verdict().toString());
        assertEquals("", result.cautions().words());

        Path file = folder.resolve("out").resolve("result.json");
        result.saveJson(file);
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertEquals(
                Set.of("seconds", "peakMemoryMiB", "metric", "recipes", "pairs"), json.keySet());
        assertTrue(json.get("seconds").getAsDouble() > 0);
        JsonObject recipe = json.getAsJsonArray("recipes").get(0).getAsJsonObject();
        assertEquals(
                Set.of("name", "seeds", "metrics", "trainable", "seconds", "device"),
                recipe.keySet());
        assertEquals(2, recipe.get("seeds").getAsInt());
        Summary summary = result.comparison().summaries().get(0);
        assertEquals(
                List.of(Metric.ACCURACY, Metric.MACRO_F1, Metric.ROC_AUC),
                List.copyOf(summary.metrics().keySet()));
        summary.metrics()
                .forEach(
                        (metric, mean) -> {
                            JsonObject interval =
                                    recipe.getAsJsonObject("metrics")
                                            .getAsJsonObject(metric.words());
                            assertEquals(Set.of("mean", "low", "high"), interval.keySet());
                            assertEquals(mean.mean(), interval.get("mean").getAsDouble());
                            if (mean.bounded())
                                assertEquals(mean.low(), interval.get("low").getAsDouble());
                            else assertTrue(interval.get("low").isJsonNull());
                        });
        JsonObject pair = json.getAsJsonArray("pairs").get(0).getAsJsonObject();
        assertEquals(
                Set.of("a", "b", "difference", "p", "rawP", "effect", "verdict"), pair.keySet());
        assertTrue(
                Set.of("better", "worse", "not separable")
                        .contains(pair.get("verdict").getAsString()));
        JsonElement lora =
                json.getAsJsonArray("recipes").asList().stream()
                        .filter(r -> r.getAsJsonObject().get("name").getAsString().contains("LoRA"))
                        .findFirst()
                        .orElseThrow();
        // Of each block four sites of 16 by 16 and two of 16 by 32; pooler and classifier.
        assertEquals(
                2 * (4 * 2 * 32 + 2 * 2 * 48) + 16 * 17 + 2 * 17,
                lora.getAsJsonObject().get("trainable").getAsInt());

        List<Prediction> predictions = result.best().predict(TEXTS);
        assertEquals(TEXTS.size(), predictions.size());
        for (Prediction p : predictions) {
            assertEquals(Set.of("bad", "good"), p.probabilities().keySet());
            double sum = p.probabilities().values().stream().mapToDouble(x -> x).sum();
            assertEquals(1, sum, 1e-9);
            assertEquals(p.probabilities().get(p.label()), p.probability());
            assertTrue(p.probability() >= 0.5);
        }

        Tuned lora2 = result.tuned("LoRA r2");
        Merged.Check check = lora2.mergeCheck();
        assertTrue(check.largestLogitGap() < 1e-5, "gap " + check.largestLogitGap());
        assertEquals(lora2.run().score(), check.accuracy());
        assertEquals(0, check.accuracyGap());
        assertSame(TINY.weights(), lora2.merged().unmerge().weights());
    }

    @Test
    void aDecoderIsComparedLikeAnEncoder() {
        Recipe[] recipes = {
            new Full().learningRate(3e-3),
            new FeatureExtraction(),
            new Partial().last(1),
            new Lora(2),
            new Ia3(),
            new PromptTuning(2),
            new PrefixTuning(2)
        };
        Backbone decoder = Tiny.decoder(0.1);
        Result result = study("decoder.db", recipes).backbone(decoder).run();
        assertTrue(
                result.comparison().runs().stream().allMatch(r -> r.status() == Ending.FINISHED));
        assertEquals(7, result.table().rowCount());
        assertEquals(
                1,
                result.tuned("full").predict(TEXTS).get(0).probabilities().values().stream()
                        .mapToDouble(p -> p)
                        .sum(),
                1e-9);
        Result again = study("again.db", recipes).backbone(decoder).run();
        for (int i = 0; i < result.comparison().runs().size(); i++) {
            assertEquals(
                    result.comparison().runs().get(i).curve(),
                    again.comparison().runs().get(i).curve(),
                    "equal bits");
        }
        assertTrue(result.tuned("LoRA r2").mergeCheck().largestLogitGap() < 1e-5);
    }

    @Test
    void whatWasRunIsNotRunAgain() {
        Result first = two("runs.db").run();
        AtomicInteger steps = new AtomicInteger();
        Observer counting =
                progress -> {
                    if (progress.step() > 0) steps.incrementAndGet();
                };
        Result second = two("runs.db").observer(counting).run();
        assertEquals(0, steps.get(), "steps trained again");
        assertEquals(first.comparison().runs(), second.comparison().runs());
        assertEquals(first.best().predict(TEXTS), second.best().predict(TEXTS));
        Result more = two("runs.db").seeds(3).observer(counting).run();
        assertTrue(steps.get() > 0, "the third seed was not trained");
        assertEquals(6, more.comparison().runs().size());
    }

    @Test
    void workersDoNotChangeAnyBit() {
        Result one = two("one.db").run();
        Result both = two("both.db").workers(2).run();
        List<RunResult> expected = one.comparison().runs();
        List<RunResult> got = both.comparison().runs();
        assertEquals(expected.size(), got.size());
        for (int i = 0; i < got.size(); i++) {
            assertEquals(expected.get(i).key(), got.get(i).key());
            assertEquals(expected.get(i).marks(), got.get(i).marks());
            assertEquals(expected.get(i).curve(), got.get(i).curve());
        }
        assertEquals(one.best().predict(TEXTS), both.best().predict(TEXTS));
    }

    @Test
    void anInterruptEndsTheStudyAndAnotherCallFinishesIt() throws InterruptedException {
        CountDownLatch training = new CountDownLatch(1);
        Study study = two("runs.db");
        Study slow =
                study.observer(
                        progress -> {
                            if (progress.step() == 0) return;
                            training.countDown();
                            try {
                                Thread.sleep(100);
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(
                                        "workers are asked, not interrupted", e);
                            }
                        });
        AtomicReference<Result> stopped = new AtomicReference<>();
        AtomicBoolean flag = new AtomicBoolean();
        Thread caller =
                new Thread(
                        () -> {
                            stopped.set(slow.run());
                            flag.set(Thread.currentThread().isInterrupted());
                        });
        caller.start();
        assertTrue(training.await(20, TimeUnit.SECONDS), "nothing was trained");
        caller.interrupt();
        caller.join(3000);
        assertFalse(caller.isAlive(), "still running 3 s after the interrupt");
        assertTrue(flag.get(), "the caller can still see that it was interrupted");
        List<RunResult> runs = stopped.get().comparison().runs();
        assertEquals(4, runs.size());
        assertTrue(runs.stream().allMatch(r -> r.status() == Ending.INTERRUPTED), runs.toString());
        assertTrue(runs.get(0).message().startsWith("stopped at step"), runs.get(0).message());
        assertEquals("stopped before it began", runs.get(3).message());
        assertEquals(2, stopped.get().table().rowCount());
        assertFalse(stopped.get().verdict().toString().isBlank());
        TunebookException none = assertThrows(TunebookException.class, () -> stopped.get().best());
        assertTrue(none.what().contains("no run"), none.what());

        Result finished = study.run();
        assertTrue(
                finished.comparison().runs().stream().allMatch(r -> r.status() == Ending.FINISHED));
        Result fresh = two("fresh.db").run();
        for (int i = 0; i < 4; i++)
            assertEquals(
                    fresh.comparison().runs().get(i).curve(),
                    finished.comparison().runs().get(i).curve());
    }

    @Test
    void theObserversHookStopsTheStudy() {
        AtomicReference<Runnable> hook = new AtomicReference<>();
        AtomicInteger closed = new AtomicInteger();
        Observer stopping =
                new Observer() {
                    @Override
                    public void progress(Progress progress) {
                        if (progress.step() == 2) hook.get().run();
                    }

                    @Override
                    public Registration onStop(Runnable stop) {
                        hook.set(stop);
                        return closed::incrementAndGet;
                    }
                };
        Result result = two("runs.db").observer(stopping).run();
        assertEquals("stopped at step 2 of 12", result.comparison().runs().get(0).message());
        assertEquals(1, closed.get());
    }

    @Test
    void aDivergedRunIsShownBesideTheOthers() {
        Result result =
                study(
                                "runs.db",
                                new FeatureExtraction(),
                                new Full().learningRate(1e30).named("absurd"))
                        .run();
        for (RunResult run : result.comparison().runs())
            assertEquals(
                    run.recipe().equals("absurd") ? Ending.DIVERGED : Ending.FINISHED,
                    run.status(),
                    run.message());
        assertEquals("feature extraction", result.comparison().best());
        assertEquals(2, result.table().rowCount());
    }

    @Test
    void whatIsMissingIsSaid() {
        Study empty = Study.of("which?", Nd4jEngine::new).store(folder.resolve("none.db"));
        refused(empty, "has no backbone", ".backbone(pretrained(\"tiny-english\"))");
        refused(empty.backbone(TINY), "has no data", ".data(table(");
        refused(empty.backbone(TINY).data(DATA), "has no recipes", ".recipes(full(), lora(8))");
        refused(
                two("none.db").recipes(new Full(), new Lora(2), new Full().learningRate(1e-3)),
                "has two recipes called full",
                ".named(");
        refused(two("none.db").limit(33), "limit 33 is above the 32 positions", "give at most 32");
        TunebookException error =
                assertThrows(
                        TunebookException.class,
                        () -> study("none.db", new Full(), new Partial().last(9)).run());
        assertTrue(error.what().contains("tiny has 2 blocks"), error.what());
        assertFalse(Files.exists(folder.resolve("none.db")), "something was run");
    }

    private static void refused(Study study, String what, String mend) {
        TunebookException error = assertThrows(TunebookException.class, study::run);
        assertEquals("study(\"which?\")", error.where());
        assertTrue(error.what().contains(what), error.what());
        assertTrue(error.mend().contains(mend), error.mend());
    }

    @Test
    void numbersBelowOneAreRefused() {
        Study study = two("none.db");
        assertEquals("seeds(0)", where(() -> study.seeds(0)));
        assertEquals("workers(0)", where(() -> study.workers(0)));
        assertEquals("limit(2)", where(() -> study.limit(2)));
        assertEquals("epochs(0)", where(() -> study.epochs(0)));
        assertEquals("batchSize(0)", where(() -> study.batchSize(0)));
    }

    private static String where(Runnable call) {
        return assertThrows(TunebookException.class, call::run).where();
    }

    @Test
    void textsLongerThanThePositionsAreCutAndCounted() {
        Bert short8 =
                new Bert(
                        2,
                        16,
                        2,
                        32,
                        TINY.tokenizer().vocabulary(),
                        8,
                        2,
                        1e-12,
                        0.1,
                        Bert.Pooling.MEAN);
        Backbone backbone =
                new Backbone("short", short8, Tiny.weights(short8, 7), TINY.tokenizer());
        int texts = 0;
        int lost = 0;
        List<TextExample> all =
                Stream.of(DATA.train(), DATA.validation(), DATA.test())
                        .flatMap(List::stream)
                        .toList();
        for (TextExample example : all) {
            int beyond =
                    TINY.tokenizer().encode(example.text(), Integer.MAX_VALUE).ids().length - 8;
            if (beyond > 0) texts++;
            lost += Math.max(0, beyond);
        }
        assertTrue(texts > 0 && texts < all.size(), texts + " of " + all.size());
        Result result =
                study("runs.db", new FeatureExtraction()).backbone(backbone).epochs(1).run();
        assertEquals(
                texts + " texts were cut to 8 tokens (" + lost + " tokens lost)",
                result.cautions().words());
    }
}
