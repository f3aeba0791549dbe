package tunebook.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Role;
import tunebook.core.Session;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.data.Batches;
import tunebook.data.TextBatches;
import tunebook.model.Backbone;
import tunebook.nd4j.Nd4jEngine;
import tunebook.support.Methods;
import tunebook.support.Tiny;

/** What every method owes: where it starts, what it teaches, what it leaves alone. */
class MethodsTest {
    @Test
    void whatIsSetOfAMethodIsInItsWords() {
        assertEquals("LoRA r8 (rank 8, alpha 16, sites every linear one)", new Lora(8).words());
        assertEquals(
                "LoRA r8 (rank 8, rank of *.1.* 2, alpha 32, alpha of *query 3,"
                        + " sites query, value of the last 2 blocks, dropout 0.1, word table adapted)",
                new Lora(8)
                        .alpha(32)
                        .rank("*.1.*", 2)
                        .alpha("*query", 3)
                        .on(Role.QUERY, Role.VALUE)
                        .last(2)
                        .dropout(0.1)
                        .embeddings()
                        .words());
        assertEquals("full", new Full().words());
        assertEquals(
                "LoRA r4 (rank 4, alpha 8, sites *.query) + BitFit",
                new Lora(4).on("*.query").and(new BitFit()).words());
        assertEquals(
                "mine: LP-FT (epochs of the head alone 2); learning rate 0.0003, schedule linear"
                        + " after a warm-up of 10%, layer decay 1, epochs 5, batch 16, accumulate 1,"
                        + " patience 4, weight decay 0.01, gradient norm 1, balanced false",
                new LpFt(2).epochs(5).named("mine").toString());
        Methods.all().forEach(m -> assertFalse(m.words().matches("(?s).*[\\[@].*"), m::words));
    }

    @Test
    void whateverIsSetOfAMethodIsSaid() {
        Methods.all()
                .filter(m -> m.getClass().getRecordComponents().length > 0)
                .forEach(m -> assertFalse(m.own().isEmpty() && m.calls().size() < 2, m::words));
    }

    /** Kept runs are found by it. */
    @Test
    void theTextThatRunsAreKnownByStays() {
        assertEquals(
                "Lora[ranks=Ranks[rank=8, alpha=16.0, rankOf={}, alphaOf={}],"
                        + " sites=Targets[glob=*, roles=[], last=0],"
                        + " form=LoraForm[start=KAIMING, stabilized=false, decomposed=false,"
                        + " dropout=0.0, ratio=1.0, embeddings=false]]",
                new Lora(8).toString());
    }

    @Test
    void aSiteSaysNameRoleAndSizes() {
        Methods.ENCODER
                .sites()
                .values()
                .forEach(
                        site ->
                                assertTrue(
                                        site.toString().startsWith(site.name() + ": "),
                                        site::toString));
        String all = Methods.ENCODER.sites().toString();
        assertFalse(all.contains("Lambda"), all);
        assertTrue(all.contains("query: linear, query, "), all);
    }

    private static final Backbone TINY = Methods.ENCODER;

    @ParameterizedTest
    @MethodSource("tunebook.support.Methods#beginAtTheBaseOnBoth")
    void stepZeroIsTheBaseModelToTheBit(Method method, Backbone backbone) {
        Tuning base = tuning(new FeatureExtraction(), backbone);
        Tuning tuning = tuning(method, backbone);
        assertArrayEquals(
                logits(base, base.learning()), logits(tuning, tuning.learning()), method.label());
    }

    private static Tuning tuning(Method method) {
        return tuning(method, TINY);
    }

    private static Tuning tuning(Method method, Backbone backbone) {
        return Tuning.of(method, backbone, backbone.model().classifier(2), 3);
    }

    private static Batch batch(Tuning tuning) {
        Batches texts = TextBatches.of(Tiny.data(20, 20).test(), TINY.tokenizer(), 20);
        return tuning.plan().batch(texts.batch(0, 1, 2, 3, 4, 5));
    }

    private static float[] logits(Tuning tuning, tunebook.core.Weights learned) {
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(tuning.backbone().weights(), Precision.FLOAT);
                Session session = engine.open(held, tuning.constants(), learned, 1)) {
            return session.evaluate(tuning.programs(0).logits(), batch(tuning)).floats();
        }
    }

    @ParameterizedTest
    @MethodSource("tunebook.support.Methods#allOnBoth")
    void allThatLearnsMovesAndTheLossFalls(Method method, Backbone backbone) {
        Tuning tuning = tuning(method, backbone);
        Batch batch = batch(tuning);
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT);
                Session session = engine.open(held, tuning.constants(), tuning.learning(), 1)) {
            double rate = method.label().startsWith("LoRA+") ? 2.5e-3 : 1e-2;
            double first = session.accumulate(tuning.programs(0).loss(), batch, 1);
            double last = first;
            for (int step = 0; step < 30; step++) {
                session.step(Adam.DEFAULT, name -> rate * tuning.rateFactor(name, 9), 1);
                last = session.accumulate(tuning.programs(0).loss(), batch, 1);
            }
            assertTrue(last < 0.9 * first, method.label() + ": " + first + " to " + last);
            for (Weight weight : tuning.plan().learning()) {
                boolean still =
                        Arrays.equals(
                                tuning.learning().get(weight.name()).floats(),
                                session.learned().get(weight.name()).floats());
                assertFalse(still, weight.name() + " has not moved");
            }
        }
    }

    @Test
    void theCutIsAboveWhatAMethodLeavesAlone() {
        assertEquals(2, tuning(new Lora(2).last(1)).cut());
        assertEquals(1, tuning(new Lora(2)).cut());
        assertEquals(0, tuning(new Lora(2).embeddings()).cut());
        assertEquals(2, tuning(new Ia3().last(1)).cut());
        assertEquals(1, tuning(new PrefixTuning(2)).cut());
        assertEquals(0, tuning(new PrefixTuning(2, 0, true)).cut(), "shifted positions");
    }

    @Test
    void schedulesSayWhoLearnsWhen() {
        Tuning probe = tuning(new LpFt(2));
        String query = "bert.encoder.layer.1.attention.self.query.weight";
        assertFalse(probe.learnsNow(query, 1));
        assertTrue(probe.learnsNow(query, 2) && probe.learnsNow("classifier.weight", 0));
        assertEquals(10, probe.rateFactor("classifier.weight", 1));
        assertEquals(1, probe.rateFactor("classifier.weight", 2));
        Tuning ulmfit = tuning(new Ulmfit());
        assertFalse(ulmfit.learnsNow(query, 0));
        assertTrue(ulmfit.learnsNow(query, 1));
        assertFalse(ulmfit.learnsNow("bert.embeddings.LayerNorm.weight", 2));
        assertTrue(ulmfit.learnsNow("bert.embeddings.LayerNorm.weight", 3));
        assertEquals(1 / 2.6, ulmfit.rateFactor(query.replace("1", "0"), 9), 1e-12);
        Tuning plus = tuning(new Lora(2).form(LoraForm.PLAIN.ratio(16)));
        assertEquals(16, plus.rateFactor("bert.encoder.layer.1.output.dense.lora_B.weight", 0));
        assertEquals(1, plus.rateFactor("bert.encoder.layer.1.output.dense.lora_A.weight", 0));
    }

    static Stream<Arguments> senseless() {
        Lora lora = new Lora(2);
        return Stream.of(
                Arguments.of(new Full(), lora, "every weight learns already"),
                Arguments.of(lora, new FromScratch(), "nothing to adapt"),
                Arguments.of(lora, new ShuffledWeights(), "nothing to adapt"),
                Arguments.of(new FeatureExtraction(), lora, "nothing but the head learns"),
                Arguments.of(new PromptTuning(2), new PTuning(2), "both put virtual tokens"),
                Arguments.of(lora, new Lora(3), "both add bert.encoder"),
                Arguments.of(new Partial().last(1), lora, "learns itself: a low-rank update"));
    }

    @ParameterizedTest
    @MethodSource("senseless")
    void twoThatMakeNoSenseTogetherAreRefused(Method first, Method second, String why) {
        TunebookException error =
                assertThrows(TunebookException.class, () -> tuning(first.and(second)));
        assertTrue(error.what().contains(why), error.what());
        assertTrue(error.where().contains(first.label()), error.where());
        assertFalse(error.mend().isEmpty());
    }

    @Test
    void whatMakesSenseTogetherIsBoth() {
        Method both = new Partial().last(1).and(new Lora(2).on("*.layer.0.*"));
        Set<String> names = tuning(both).learning().names();
        assertTrue(names.contains("bert.encoder.layer.1.output.dense.weight"));
        assertTrue(names.contains("bert.encoder.layer.0.output.dense.lora_A.weight"));
        assertEquals("partial last 1 + LoRA r2", both.label());
        Method rows = new PromptTuning(2).and(new PrefixTuning(3));
        assertEquals(2, rows.virtualTokens());
        assertEquals(12, logits(tuning(rows), tuning(rows).learning()).length);
    }

    @Test
    void aMethodIsASmallFile() throws Exception {
        for (String name :
                List.of(
                        "Lora",
                        "LoraOps",
                        "Ia3",
                        "BitFit",
                        "NormTuning",
                        "Bottleneck",
                        "PromptTuning",
                        "PTuning",
                        "PrefixTuning",
                        "LpFt",
                        "Ulmfit",
                        "Partial")) {
            Path file = Path.of("src/main/java/tunebook/recipe", name + ".java");
            int lines = Files.readAllLines(file).size();
            assertTrue(lines <= 120, name + " has " + lines + " lines");
        }
    }

    /** The seam, the engine, the models and the trainer know nothing of methods. */
    @Test
    void whatMethodsStandOnSpeaksOfNone() throws Exception {
        Pattern methods =
                Pattern.compile(
                        "(?i)\\b(lora|dora|pissa|bitfit|ia3|bottleneck|prompt|prefix tuning)\\b");
        Path main = Path.of("src/main/java/tunebook");
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("core", "cost", "model", "nd4j")) {
            try (Stream<Path> all = Files.list(main.resolve(folder))) {
                all.filter(f -> !f.endsWith("package-info.java")).forEach(files::add);
            }
        }
        for (String name : List.of("Trainer", "Forward", "Prefixes"))
            files.add(main.resolve("train/" + name + ".java"));
        assertTrue(files.size() > 50, files.size() + " files");
        for (Path file : files) {
            String text = Files.readString(file);
            // a residual network's wide blocks have that name too
            boolean residual = file.getFileName().toString().startsWith("ResNet");
            if (residual) text = text.replaceAll("(?i)bottleneck", "");
            assertFalse(methods.matcher(text).find(), file.toString());
        }
    }
}
