package tunebook.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Role;
import tunebook.core.Session;
import tunebook.core.TunebookException;
import tunebook.data.Batches;
import tunebook.data.TextBatches;
import tunebook.model.Backbone;
import tunebook.model.Bert;
import tunebook.model.Outline;
import tunebook.nd4j.Nd4jEngine;
import tunebook.support.Tiny;

class RecipesTest {
    private static final Backbone TINY = Tiny.backbone(0.1);
    private static final LoraForm DORA = LoraForm.PLAIN.decomposed(true);

    static Stream<Arguments> refused() {
        return Stream.of(
                refused(() -> new Lora(0), "lora(0)", "rank is below 1", "1 or more"),
                refused(on(new Lora(99)), "lora(99)", "no update has a higher rank than 16", "16"),
                refused(() -> new Lora(2).alpha(0), "alpha(0.0)", "not positive", "more than 0"),
                refused(
                        on(new Lora(2).on("*.qurey")),
                        "lora(2).on(\"*.qurey\")",
                        "matches none of the linear sites of tiny",
                        "nearest is \"*.query\""),
                refused(on(new Partial().last(9)), "partial last 9", "tiny has 2 blocks", "most 2"),
                refused(() -> new Partial().last(0), "partial()", "nothing learn", "1 or more"),
                refused(
                        on(new Partial().on("nothing")),
                        "partial().on(\"nothing\")",
                        "matches none of the weights of tiny",
                        "list all with backbone.weights().names()"),
                refused(
                        () -> new Bottleneck(Bottleneck.Form.PFEIFFER).width(0),
                        "Pfeiffer adapters of width 0",
                        "is below 1",
                        "1 or more"),
                refused(() -> new PromptTuning(0), "promptTuning(0)", "no virtual token", "1"),
                refused(
                        on(new PromptTuning(30)),
                        "promptTuning(30)",
                        "tiny has 32 positions",
                        "give at most 29"),
                refused(() -> new Full().learningRate(0), "learningRate(0.0)", "range", "above 0"),
                refused(() -> new Full().learningRate(-1), "learningRate(-1.0)", "range", "above"),
                refused(
                        () -> new Full().learningRate(Double.NaN),
                        "learningRate(NaN)",
                        "range",
                        "above 0"),
                refused(() -> new Full().epochs(0), "epochs(0)", "out of range", "1 or more"),
                refused(() -> new Full().batchSize(0), "batchSize(0)", "out of range", "1 or more"),
                refused(
                        () -> new Full().batchSize(4).accumulate(5),
                        "accumulate(5)",
                        "out of range",
                        "from 1 to the batch size"),
                refused(() -> new Full().layerDecay(0), "layerDecay(0.0)", "range", "at most 1"));
    }

    private static Arguments refused(Executable call, String where, String what, String mend) {
        return Arguments.of(where, call, what, mend);
    }

    private static Executable on(Recipe recipe) {
        return () -> tuning(recipe);
    }

    private static Tuning tuning(Recipe recipe) {
        return Tuning.of(recipe, TINY, TINY.model().classifier(2), 3);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void whatCannotBeIsRefusedWithWhatCould(
            String where, Executable call, String what, String mend) {
        TunebookException error = assertThrows(TunebookException.class, call);
        assertTrue(error.where().contains(where), error.where());
        assertTrue(error.what().contains(what), error.what());
        assertTrue(error.mend().contains(mend), error.mend());
    }

    static Stream<Arguments> counts() {
        return Stream.of(
                Arguments.of(new Lora(8).on("*query|*value"), 294_912),
                Arguments.of(new Lora(8), 1_327_104),
                Arguments.of(new Lora(8).on(Role.QUERY, Role.VALUE).form(DORA), 294_912 + 18_432),
                Arguments.of(new Ia3(), 55_296),
                Arguments.of(new Ia3().on("*.key|*.value|*output.dense"), 64_512),
                Arguments.of(new PromptTuning(20), 15_360),
                Arguments.of(new PrefixTuning(20), 368_640),
                Arguments.of(new Bottleneck(Bottleneck.Form.PFEIFFER), 894_528),
                Arguments.of(new Bottleneck(Bottleneck.Form.HOULSBY), 1_789_056));
    }

    @ParameterizedTest
    @MethodSource("counts")
    void onBertBaseEachMethodAddsAsManyAsItsPaperCounts(Method method, long added) {
        assertEquals(
                added, plan(method).added().stream().mapToLong(w -> w.shape().elements()).sum());
    }

    @Test
    void bitFitOfBertBaseTeachesEveryBias() {
        long head = 2 * 768 + 2;
        assertEquals(102_912, plan(new BitFit()).trainable() - head);
        assertEquals(head, plan(new BitFit()).trainableHead());
        assertEquals(head, plan(new FeatureExtraction()).trainableHead());
        assertEquals(25 * 2 * 768, plan(new NormTuning()).trainable() - head);
    }

    /** Shapes alone: no weight is allocated. */
    private static Plan plan(Method method) {
        Bert base = new Bert(12, 768, 12, 3072, 30522, 512, 2, 1e-12, 0.1, Bert.Pooling.CLS);
        return Plan.of(method, Outline.of("bert-base", base), base.classifier(2));
    }

    @Test
    void loraBeginsExactlyAtTheBaseModel() {
        assertArrayEquals(logits(new FeatureExtraction()), logits(new Lora(4)));
    }

    private static float[] logits(Recipe recipe) {
        Tuning tuning = tuning(recipe);
        Batches texts = TextBatches.of(Tiny.data(20, 20).test(), TINY.tokenizer(), 32);
        Batch batch = texts.batch(0, 1, 2, 3);
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(TINY.weights(), Precision.FLOAT);
                Session session = engine.open(held, tuning.learning(), 1)) {
            return session.evaluate(tuning.programs(0).logits(), batch).floats();
        }
    }

    @Test
    void eachMethodTeachesItsOwnWeightsAndTheHead() {
        Set<String> head =
                Set.of(
                        "bert.pooler.dense.weight",
                        "bert.pooler.dense.bias",
                        "classifier.weight",
                        "classifier.bias");
        assertEquals(head, tuning(new FeatureExtraction()).learning().names());
        assertEquals(3, tuning(new FeatureExtraction()).cut());
        assertEquals(2, tuning(new Partial().last(1)).cut());
        assertEquals(0, tuning(new Partial().first(1)).cut());
        assertEquals(1, tuning(new Lora(2)).cut());
        assertEquals(0, tuning(new PromptTuning(2)).cut());
        assertEquals(0, tuning(new Full()).cut());
        Set<String> prompt = tuning(new PromptTuning(2)).learning().names();
        assertEquals(
                Set.of("bert.embeddings.word_embeddings.prompt_embeddings"),
                prompt.stream().filter(n -> !head.contains(n)).collect(Collectors.toSet()));
        assertEquals(head.size() + 16, tuning(new Partial().last(1)).learning().names().size());
    }

    @Test
    void fromScratchStartsOtherwiseAndTeachesEverything() {
        Tuning scratch = tuning(new FromScratch());
        Tuning full = tuning(new Full());
        assertEquals(full.learning().names(), scratch.learning().names());
        String query = "bert.encoder.layer.0.attention.self.query.weight";
        assertArrayEquals(TINY.weights().get(query).floats(), full.learning().get(query).floats());
        assertTrue(
                !scratch.learning().get(query).bytes().equals(full.learning().get(query).bytes()));
    }

    @Test
    void shuffledWeightsHaveTheBackbonesNumbersInAnotherOrder() {
        Tuning full = tuning(new Full());
        Tuning shuffled = tuning(new ShuffledWeights());
        assertEquals(full.learning().names(), shuffled.learning().names());
        for (String name : TINY.weights().names()) {
            if (!full.learning().has(name)) continue;
            float[] own = TINY.weights().get(name).floats();
            float[] other = shuffled.learning().get(name).floats();
            if (name.endsWith("query.weight")) assertFalse(Arrays.equals(own, other), name);
            Arrays.sort(own);
            Arrays.sort(other);
            assertArrayEquals(own, other, name);
        }
        String query = "bert.encoder.layer.0.attention.self.query.weight";
        Tuning again = Tuning.of(new ShuffledWeights(), TINY, TINY.model().classifier(2), 4);
        assertFalse(
                Arrays.equals(
                        shuffled.learning().get(query).floats(),
                        again.learning().get(query).floats()),
                "each seed has an order of its own");
    }

    @Test
    void layersBelowLearnMoreSlowly() {
        Tuning tuning = tuning(new Full().layerDecay(0.5));
        assertEquals(1, tuning.rateFactor("classifier.weight", 0));
        assertEquals(1, tuning.rateFactor("bert.encoder.layer.1.output.dense.weight", 0));
        assertEquals(0.5, tuning.rateFactor("bert.encoder.layer.0.output.dense.weight", 0));
        assertEquals(0.25, tuning.rateFactor("bert.embeddings.LayerNorm.weight", 0));
    }
}
