package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.Tunebook;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.ProseExample;
import tunebook.model.Backbone;
import tunebook.model.Gpt2.Layout;
import tunebook.model.HeadKind;
import tunebook.model.ResNet;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.BitFit;
import tunebook.recipe.Bottleneck;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.FromScratch;
import tunebook.recipe.Full;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.LpFt;
import tunebook.recipe.Method;
import tunebook.recipe.NormTuning;
import tunebook.recipe.PTuning;
import tunebook.recipe.Partial;
import tunebook.recipe.Plan;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Recipe;
import tunebook.recipe.Ulmfit;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.support.Tiny;
import tunebook.support.TinyProse;
import tunebook.train.Ending;
import tunebook.train.Generator;
import tunebook.train.Samples;
import tunebook.train.Sampling;

class LanguageStudyTest {
    private static final Backbone DECODER = TinyProse.decoder(Layout.CONV1D_TIED, 0);

    @TempDir Path folder;

    private Dataset<ProseExample> data;

    @BeforeEach
    void read() {
        data = TinyProse.file(folder, 60).split(0.8, 0.1, 0.1);
    }

    private Study study(Recipe... recipes) {
        return Study.of("how does it write?", Nd4jEngine::new)
                .backbone(DECODER)
                .data(data)
                .recipes(recipes)
                .seeds(1)
                .epochs(3)
                .batchSize(4)
                .workers(1)
                .store(folder.resolve("runs.db"));
    }

    private static String text(List<ProseExample> part) {
        return part.stream().map(ProseExample::text).collect(Collectors.joining());
    }

    @Test
    void aDecoderLearnsToWriteLikeTheText() {
        Result result = study(new Full().learningRate(1e-2)).epochs(12).run();
        Comparison comparison = result.comparison();
        assertEquals(List.of(Metric.TOKEN_LOSS, Metric.PERPLEXITY), comparison.metrics());
        RunResult run = comparison.runs().get(0);
        assertTrue(run.score() < 1.5, run.score() + " nats a byte");
        assertEquals(Math.exp(run.score()), run.metrics().get(Metric.PERPLEXITY), 1e-12);
        assertEquals(
                run.score(),
                run.marks().stream().mapToDouble(Mark::score).average().orElseThrow(),
                1e-9,
                "the scores' mean is the metric");
        Tuned tuned = result.best();
        assertEquals(
                run.metrics().get(Metric.PERPLEXITY),
                tuned.perplexity(text(data.test())),
                1e-4,
                "the test text is one stretch");
        double before = Tunebook.perplexity(DECODER, text(data.test()));
        assertEquals(256, before, 60, "random: about as many guesses as bytes");
        String written = tuned.generate("the ", 30, Sampling.GREEDY);
        assertTrue(written.startsWith("the "));
        assertTrue(written.matches("(?s)[a-z0-9. \\n]+"), written);
        Samples samples = tuned.samples("a dog", 10, Sampling.temperature(0.8), 2);
        assertEquals(List.of("tiny bytes", "full"), List.of(samples.before(), samples.after()));
        assertTrue(samples.pairs().stream().allMatch(p -> p.after().startsWith("a dog")));
        assertTrue(result.verdict().toString().contains("lowest mean nats a token"));
    }

    @Test
    void everyRecipeLearnsAndTheWeightsOfTheBackboneStay() {
        Recipe[] recipes = {
            new Full(),
            new FromScratch(),
            new FeatureExtraction(),
            new Partial().last(1),
            new Partial().last(2).gradually(),
            new Lora(2),
            new Lora(2).embeddings().named("LoRA with the table"),
            new Ia3(),
            new BitFit(),
            new NormTuning(),
            new Bottleneck(Bottleneck.Form.PFEIFFER),
            new PromptTuning(4),
            new PTuning(4),
            new PrefixTuning(4),
            new LpFt(1),
            new Ulmfit()
        };
        Result result = study(recipes).run();
        Map<String, RunResult> runs = new HashMap<>();
        for (RunResult run : result.comparison().runs()) {
            assertEquals(Ending.FINISHED, run.status(), run.recipe() + ": " + run.message());
            assertTrue(
                    run.curve().get(2).validationLoss() < run.curve().get(0).validationLoss(),
                    run.recipe() + " learns nothing: " + run.curve());
            runs.put(run.recipe(), run);
        }
        assertEquals(recipes.length, runs.size());
        // the last norm; 4 products of 16×48, 16×16, 16×64 and 64×16 a block
        assertEquals(2 * 16, runs.get("feature extraction").trainable());
        assertEquals(2 * 2 * (64 + 32 + 80 + 80), runs.get("LoRA r2").trainable());
        assertEquals(4 * 16, runs.get("prompt tuning p4").trainable());
        assertEquals(2 * 2 * 4 * 16, runs.get("prefix tuning p4").trainable());
        assertTrue(
                result.tuned("LoRA r2").learned().names().stream()
                        .allMatch(n -> n.contains(".lora_")),
                "the head came with the backbone and stays");
    }

    @Test
    void anUntiedHeadIsWhatFeatureExtractionLearns() {
        Backbone min = TinyProse.decoder(Layout.LINEAR, 0);
        assertEquals(2 * 16 + 256 * 16, plan(new FeatureExtraction(), min).trainable());
        assertEquals(plan(new Lora(2), DECODER).trainable(), plan(new Lora(2), min).trainable());
        assertEquals(3, plan(new FeatureExtraction(), min).cut(), "both blocks are computed once");
        Result result = study(new FeatureExtraction()).backbone(min).run();
        assertTrue(result.comparison().runs().get(0).score() < 5.3);
    }

    private static Plan plan(Method method, Backbone backbone) {
        return Plan.of(method, backbone.outline(), HeadKind.LANGUAGE.of(backbone.model(), 0));
    }

    static Stream<Method> saved() {
        return Stream.of(
                new Lora(2), new Ia3(), new PromptTuning(3), new PTuning(3), new PrefixTuning(3));
    }

    @ParameterizedTest
    @MethodSource("saved")
    void anAdapterThatWasSavedWritesTheSame(Method method) throws IOException {
        Tuned tuned = study(method.learningRate(3e-2)).run().best();
        tuned.save(folder.resolve("saved"));
        Adapter read = Tunebook.adapter(folder.resolve("saved").toString(), DECODER);
        assertEquals(HeadKind.LANGUAGE, read.head());
        assertEquals(List.of(), read.labels());
        JsonObject config =
                JsonParser.parseString(
                                Files.readString(folder.resolve("saved/adapter_config.json")))
                        .getAsJsonObject();
        assertEquals("CAUSAL_LM", config.get("task_type").getAsString());
        assertEquals(0, config.getAsJsonArray("modules_to_save").size());
        String text = text(data.test());
        Sampling drawn = Sampling.temperature(0.7);
        assertEquals(
                tuned.perplexity(text.substring(0, 25)),
                Tunebook.perplexity(DECODER, read, text.substring(0, 25)),
                1e-4);
        try (Generator generator = Tunebook.generator(DECODER, read)) {
            assertEquals(tuned.generate("the ", 20, drawn), generator.text("the ", 20, drawn));
        }
    }

    @Test
    void merging() {
        Tuned tuned = study(new Lora(2).learningRate(3e-2)).run().best();
        assertTrue(tuned.mergeCheck().largestLogitGap() < 1e-4);
        Backbone merged = tuned.merged().backbone();
        String text = text(data.test()).substring(0, 30);
        assertEquals(tuned.perplexity(text), Tunebook.perplexity(merged, text), 1e-2);
        Tuned table = study(new Lora(2).embeddings()).run().best();
        TunebookException e = assertThrows(TunebookException.class, table::merged);
        assertTrue(e.getMessage().contains("lm_head shares it as it was"), e.getMessage());
    }

    @ParameterizedTest
    @EnumSource(
            names = {"CONV1D_TIED", "LINEAR"},
            value = Layout.class)
    void equalRunsGiveEqualBits(Layout layout) {
        Backbone backbone = TinyProse.decoder(layout, 0.1);
        Study study = study(new Lora(2), new PromptTuning(2)).backbone(backbone).epochs(2);
        List<RunResult> first = study.run().comparison().runs();
        List<RunResult> again =
                study.store(folder.resolve("again.db")).workers(2).run().comparison().runs();
        for (int i = 0; i < first.size(); i++) {
            assertEquals(first.get(i).marks(), again.get(i).marks());
            assertEquals(first.get(i).curve(), again.get(i).curve());
        }
        assertFalse(first.get(0).marks().equals(first.get(1).marks()));
    }

    @Test
    void whoCannotPredictTheNextTokenIsRefusedBeforeAnythingRuns() {
        TunebookException encoder =
                assertThrows(
                        TunebookException.class,
                        () -> study(new Full()).backbone(Tiny.backbone(0)).run());
        assertTrue(encoder.what().contains("is an encoder"), encoder.what());
        assertTrue(encoder.mend().contains("take a decoder"), encoder.mend());
        ResNet images = ResNet.cifar(20);
        Backbone resnet = new Backbone("resnet", images, Tiny.weights(images, 1), null);
        TunebookException pictures =
                assertThrows(
                        TunebookException.class, () -> study(new Full()).backbone(resnet).run());
        assertTrue(pictures.what().contains("model of texts"), pictures.what());
        assertFalse(Files.exists(folder.resolve("runs.db")));
        Tuned tuned = study(new Lora(2)).run().best();
        assertThrows(TunebookException.class, () -> tuned.predict("the cat"));
    }
}
