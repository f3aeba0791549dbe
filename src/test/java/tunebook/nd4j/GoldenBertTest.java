package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Decorator;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.model.Head;
import tunebook.model.Programs;
import tunebook.recipe.Bottleneck;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.Partial;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Recipe;
import tunebook.recipe.Settings.Decay;
import tunebook.recipe.Tuning;

/** Holds the engine, BERT and the methods to PyTorch's numbers. */
class GoldenBertTest {
    private static final Lora LORA = new Lora(4).alpha(8).on("*.query|*.value");
    private final Engine engine = new Nd4jEngine(2);
    private Golden golden;
    private Head classifier;

    @BeforeEach
    void read() throws Exception {
        golden = Golden.bert();
        classifier = golden.backbone.model().classifier(3);
    }

    @Test
    void hiddenStatesOfEveryBlockAgreeInDouble() {
        try (Engine.Held held = engine.hold(golden.backbone.weights(), Precision.DOUBLE);
                Session session = engine.open(held, Weights.none(), 1)) {
            for (int i = 0; i <= 3; i++) {
                Programs below =
                        new Programs(golden.backbone.model(), classifier, Decorator.NONE, i + 1);
                close(
                        "hidden " + i,
                        golden.rows("hidden_states." + i),
                        session.evaluate(below.prefix(), golden.batch()),
                        1e-9);
            }
            Programs all = new Programs(golden.backbone.model(), classifier, Decorator.NONE, 0);
            close(
                    "logits",
                    golden.values.get("logits"),
                    session.evaluate(all.logits(), golden.batch()),
                    1e-9);
        }
    }

    record Case(String name, Recipe recipe, Precision precision, double value, double gradient) {
        @Override
        public String toString() {
            return name + " in " + precision;
        }
    }

    static Stream<Case> cases() {
        Recipe lora = LORA;
        return Stream.of(
                        new Case("", new Full(), null, 0, 0),
                        new Case("lora.", lora, null, 0, 0),
                        new Case("rslora.", rank4(LoraForm.PLAIN.stabilized(true)), null, 0, 0),
                        new Case("dora.", rank4(LoraForm.PLAIN.decomposed(true)), null, 0, 0),
                        new Case("ia3.", new Ia3(), null, 0, 0),
                        new Case("prompt.", new PromptTuning(5), null, 0, 0),
                        new Case("prefix.", new PrefixTuning(6), null, 0, 0),
                        new Case(
                                "bottleneck.",
                                new Bottleneck(Bottleneck.Form.PFEIFFER).width(6),
                                null,
                                0,
                                0),
                        new Case("mlm.", new Full(), null, 0, 0))
                .flatMap(
                        c ->
                                Stream.of(
                                        new Case(c.name, c.recipe, Precision.DOUBLE, 1e-9, 1e-7),
                                        new Case(c.name, c.recipe, Precision.FLOAT, 1e-4, 1e-3)));
    }

    private static Lora rank4(LoraForm form) {
        return LORA.form(form);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void logitsLossAndEveryGradientAgree(Case c) {
        boolean mlm = c.name.equals("mlm.");
        Head head = mlm ? golden.backbone.model().languageHead() : classifier;
        Batch batch =
                (mlm ? golden.masked() : golden.batch()).prefix(c.recipe.method().virtualTokens());
        try (Bench bench = new Bench(c.recipe, head, c.precision, c.name)) {
            close(
                    "logits",
                    golden.values.get(c.name + "logits"),
                    bench.session.evaluate(bench.programs.logits(), batch),
                    c.value);
            double loss = bench.session.accumulate(bench.programs.loss(), batch, 1);
            assertEquals(golden.number(c.name + "loss"), loss, c.value, "loss");
            Weights gradients = bench.session.gradients();
            int compared = 0;
            for (String name : gradients.names()) {
                Optional<Tensor> golden = this.golden.gradient(c.name, name);
                if (golden.isEmpty()) continue;
                Tensor want = golden.get();
                Tensor got = gradients.get(name);
                compared++;
                if (name.endsWith("key.bias")) {
                    assertTrue(
                            largest(got) < (c.precision == Precision.DOUBLE ? 1e-12 : 1e-5),
                            name + " " + largest(got));
                } else {
                    close(name, want, got, c.gradient);
                }
            }
            int methods = bench.added();
            assertTrue(
                    compared >= Math.max(mlm ? 1 : 3, methods),
                    "compared only " + compared + " gradients");
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BFLOAT16")
    void entitiesAgree(Precision precision) {
        int[] tags = golden.unpadded("ner.tags");
        int[] labelled = IntStream.range(0, tags.length).filter(i -> tags[i] >= 0).toArray();
        int[] labels = IntStream.of(labelled).map(i -> tags[i]).toArray();
        int[] every = IntStream.range(0, tags.length).toArray();
        Head head = golden.backbone.model().tokenClassifier(5);
        double loss =
                headLoss(
                        head,
                        "ner.classifier",
                        golden.batch().predicted(labelled).labels(labels, null),
                        precision);
        assertEquals(golden.number("ner.loss"), loss, precision == Precision.DOUBLE ? 1e-9 : 1e-4);
        close(
                "ner.logits",
                golden.rows("ner.logits"),
                logits(head, "ner.classifier", golden.batch().predicted(every), precision),
                precision == Precision.DOUBLE ? 1e-9 : 1e-4);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BFLOAT16")
    void answersAgree(Precision precision) {
        Head head = golden.backbone.model().spans();
        Batch batch =
                golden.batch().answers(golden.integers("qa.start"), golden.integers("qa.end"));
        double tolerance = precision == Precision.DOUBLE ? 1e-9 : 1e-4;
        assertEquals(
                golden.number("qa.loss"),
                headLoss(head, "qa_outputs", batch, precision),
                tolerance);
        close(
                "qa.logits",
                golden.rows("qa.logits"),
                logits(head, "qa_outputs", batch, precision),
                tolerance);
    }

    private Weights with(Head head, String given) {
        TreeMap<String, Tensor> own = new TreeMap<>();
        for (String part : new String[] {".weight", ".bias"})
            own.put(head.last() + part, golden.values.get(given + part));
        return golden.backbone.weights().with(Weights.of(own));
    }

    private double headLoss(Head head, String given, Batch batch, Precision precision) {
        Programs programs = new Programs(golden.backbone.model(), head, Decorator.NONE, 0);
        try (Engine.Held held = engine.hold(Weights.none(), precision);
                Session session = engine.open(held, with(head, given), 1)) {
            return session.accumulate(programs.loss(), batch, 1);
        }
    }

    private Tensor logits(Head head, String given, Batch batch, Precision precision) {
        Programs programs = new Programs(golden.backbone.model(), head, Decorator.NONE, 0);
        try (Engine.Held held = engine.hold(with(head, given), precision);
                Session session = engine.open(held, Weights.none(), 1)) {
            return session.evaluate(programs.logits(), batch);
        }
    }

    static Stream<Recipe> trajectories() {
        return Stream.of(
                new Full().named("full"),
                new Partial().last(1).named("partial_last_1"),
                new FeatureExtraction().named("feature_extraction"),
                LORA.named("lora"));
    }

    @ParameterizedTest
    @MethodSource("trajectories")
    void twelveStepsOfTrainingAgree(Recipe plain) {
        Recipe recipe = plain.learningRate(golden.rate(plain.name())).schedule(0.25, Decay.LINEAR);
        JsonArray rows = golden.trajectory(plain.name());
        try (Bench bench =
                new Bench(
                        recipe,
                        classifier,
                        Precision.DOUBLE,
                        plain.name().equals("lora") ? "lora." : "")) {
            for (int step = 0; step <= 12; step++) {
                double loss = bench.session.accumulate(bench.programs.loss(), golden.batch(), 1);
                assertEquals(
                        rows.get(step).getAsJsonArray().get(0).getAsDouble(),
                        loss,
                        1e-6,
                        "loss at step " + step);
                if (step == 12) break;
                double rate =
                        recipe.settings().rates().learningRate()
                                * recipe.settings().rates().factor(step, 12);
                double norm = bench.session.step(Adam.DEFAULT, name -> rate, 1);
                assertEquals(
                        rows.get(step).getAsJsonArray().get(1).getAsDouble(),
                        norm,
                        1e-5,
                        "norm at step " + step);
            }
        }
    }

    /**
     * A session over the golden backbone with the golden's adapter weights in place of drawn ones.
     */
    private final class Bench implements AutoCloseable {
        final Programs programs;
        final Session session;
        private final Engine.Held held;
        private final int added;

        Bench(Recipe recipe, Head head, Precision precision, String prefix) {
            Tuning tuning = Tuning.of(recipe, golden.backbone, head, 7);
            TreeMap<String, Tensor> learning = new TreeMap<>();
            for (String name : tuning.learning().names()) {
                Tensor drawn = tuning.learning().get(name);
                learning.put(name, golden.value(prefix, name).orElse(drawn));
            }
            added = tuning.plan().added().size();
            programs = tuning.programs(0);
            held = engine.hold(golden.backbone.weights(), precision);
            session = engine.open(held, Weights.of(learning), 1);
        }

        /** How many weights the method adds. */
        int added() {
            return added;
        }

        @Override
        public void close() {
            session.close();
            held.close();
        }
    }

    private static void close(String what, Tensor want, Tensor got, double tolerance) {
        double[] w = want.doubles();
        double[] g = got.doubles();
        assertEquals(w.length, g.length, what);
        double difference = 0;
        double size = 0;
        for (int i = 0; i < w.length; i++) {
            difference += (w[i] - g[i]) * (w[i] - g[i]);
            size += w[i] * w[i];
        }
        double relative = Math.sqrt(difference / Math.max(size, 1e-24));
        assertTrue(relative <= tolerance, what + " differs by " + relative + " relatively");
    }

    private static double largest(Tensor tensor) {
        double most = 0;
        for (double d : tensor.doubles()) most = Math.max(most, Math.abs(d));
        return most;
    }
}
