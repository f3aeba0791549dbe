package tunebook.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import tunebook.core.Session;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.cost.Counter;
import tunebook.data.TextBatches;
import tunebook.model.Backbone;
import tunebook.model.Bert;
import tunebook.model.Programs;
import tunebook.nd4j.Nd4jEngine;
import tunebook.support.Tiny;

class RecipesTest {
    private static final Backbone TINY = Tiny.backbone(0.1);

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

    @Test
    void loraOnQueryAndValueOfBertBaseAddsAsManyAsItsPaperCounts() {
        assertEquals(294_912, added(new Lora(8).on("*query|*value"), "lora_"));
    }

    @Test
    void loraOnEveryLinearSiteOfBertBaseLeavesTheHeadAlone() {
        assertEquals(1_327_104, added(new Lora(8), "lora_"));
    }

    @Test
    void twentyVirtualTokensOfBertBaseAreTwentyRows() {
        assertEquals(15_360, added(new PromptTuning(20), "prompt_"));
    }

    /**
     * Counts over shapes alone. Methods ask a backbone for its names and depths only, so one of as
     * many blocks but a width of 2 stands in for BERT-base.
     */
    private static long added(Method method, String part) {
        Bert base = new Bert(12, 768, 12, 3072, 30522, 512, 2, 1e-12, 0.1, Bert.Pooling.CLS);
        Bert narrow = new Bert(12, 2, 1, 2, 5, 64, 2, 1e-12, 0.1, Bert.Pooling.CLS);
        Backbone standIn = new Backbone("narrow", narrow, Tiny.weights(narrow, 1), null);
        Programs programs = new Programs(base, base.classifier(2), method.on(standIn), 0);
        return Counter.scan(programs.loss(), method.virtualTokens()).weights().values().stream()
                .filter(weight -> weight.name().contains(part))
                .map(Weight::shape)
                .mapToLong(shape -> shape.elements())
                .sum();
    }

    @Test
    void loraBeginsExactlyAtTheBaseModel() {
        assertArrayEquals(logits(new FeatureExtraction()), logits(new Lora(4)));
    }

    private static float[] logits(Recipe recipe) {
        Tuning tuning = tuning(recipe);
        TextBatches texts = TextBatches.of(Tiny.data(20, 20).test(), TINY.tokenizer(), 32);
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
    void layersBelowLearnMoreSlowly() {
        Tuning tuning = tuning(new Full().layerDecay(0.5));
        assertEquals(1, tuning.rateFactor("classifier.weight"));
        assertEquals(1, tuning.rateFactor("bert.encoder.layer.1.output.dense.weight"));
        assertEquals(0.5, tuning.rateFactor("bert.encoder.layer.0.output.dense.weight"));
        assertEquals(0.25, tuning.rateFactor("bert.embeddings.LayerNorm.weight"));
    }
}
