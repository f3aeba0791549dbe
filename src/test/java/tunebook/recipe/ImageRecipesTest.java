package tunebook.recipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.adapter.Merged;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Role;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Bottleneck.Form;
import tunebook.support.TinyImages;

/** Every method on residual networks: what learns there, what the norms do, what is refused. */
class ImageRecipesTest {
    private static final Engine ENGINE = new Nd4jEngine(1);
    private static final Backbone CIFAR = TinyImages.cifar();
    private static final List<Backbone> ALL =
            List.of(CIFAR, TinyImages.basic(), TinyImages.bottleneck());

    /** Methods whose first step is the backbone's. */
    static Stream<Method> adapters() {
        Lora lora = new Lora(2);
        return Stream.of(
                lora,
                lora.on("*.conv2").alpha(3),
                lora.last(1),
                lora.dropout(0.1),
                lora.form(LoraForm.PLAIN.decomposed(true)),
                lora.form(LoraForm.PLAIN.start(LoraForm.Start.PISSA)),
                lora.form(LoraForm.PLAIN.start(LoraForm.Start.OLORA)),
                new Ia3().on("*.conv1"),
                new BitFit(),
                new FeatureExtraction(),
                lora.on("layer1*").and(new BitFit()));
    }

    static Stream<Method> methods() {
        return Stream.concat(
                adapters(),
                Stream.of(
                        new Full(),
                        new Partial().last(1),
                        new Partial().first(1),
                        new Partial().on("*.bn1.*"),
                        new FromScratch(),
                        new NormTuning(),
                        new LpFt(1),
                        new Ulmfit(),
                        new Lora(2).and(new NormTuning())));
    }

    static Stream<Arguments> everywhere() {
        return ALL.stream().flatMap(b -> methods().map(m -> Arguments.of(m, b)));
    }

    static Stream<Arguments> adaptersEverywhere() {
        return ALL.stream().flatMap(b -> adapters().map(m -> Arguments.of(m, b)));
    }

    private static Tuning tuning(Method method, Backbone backbone) {
        return Tuning.of(method, backbone, backbone.model().classifier(2), 3);
    }

    private static void session(Tuning tuning, Precision precision, Consumer<Session> use) {
        try (Engine.Held held = ENGINE.hold(tuning.backbone().weights(), precision);
                Session session = ENGINE.open(held, tuning.constants(), tuning.learning(), 1)) {
            use.accept(session);
        }
    }

    private static float[] logits(Tuning tuning, Batch batch) {
        float[][] logits = new float[1][];
        session(
                tuning,
                Precision.FLOAT,
                s -> logits[0] = s.evaluate(tuning.programs(0).logits(), batch).floats());
        return logits[0];
    }

    private static double steps(Session session, Tuning tuning, Batch batch, int steps) {
        double first = 0;
        double last = 0;
        for (int i = 0; i < steps; i++) {
            last = session.accumulate(tuning.programs(0).loss(), batch, 1);
            if (i == 0) first = last;
            session.step(Adam.DEFAULT, name -> 1e-2 * tuning.rateFactor(name, 9), 1);
        }
        return last / first;
    }

    @ParameterizedTest
    @MethodSource("everywhere")
    void allThatLearnsMovesAndTheLossFalls(Method method, Backbone backbone) {
        Tuning tuning = tuning(method, backbone);
        Batch batch = TinyImages.batch(backbone, 12, 1);
        session(
                tuning,
                Precision.FLOAT,
                session -> {
                    double ratio = steps(session, tuning, batch, 40);
                    assertTrue(ratio < 0.9, method.label() + ": the loss falls to " + ratio);
                    Weights after = session.learned();
                    for (Weight weight : tuning.plan().learning())
                        assertFalse(
                                Arrays.equals(
                                        tuning.learning().get(weight.name()).floats(),
                                        after.get(weight.name()).floats()),
                                weight.name() + " has not moved");
                });
    }

    @ParameterizedTest
    @MethodSource("adaptersEverywhere")
    void stepZeroIsTheBaseModelToTheBit(Method method, Backbone backbone) {
        Batch batch = TinyImages.batch(backbone, 5, 2);
        assertArrayEquals(
                logits(tuning(new FeatureExtraction(), backbone), batch),
                logits(tuning(method, backbone), batch),
                method.label());
    }

    private static Set<String> running(Tuning tuning) {
        return tuning.plan().learning().stream()
                .filter(w -> w.kind() == Weight.Kind.RUNNING)
                .map(Weight::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void runningStatisticsLearnExactlyWhereTheirGainsDo() {
        assertEquals(14, running(tuning(new Full(), CIFAR)).size());
        assertEquals(14, running(tuning(new NormTuning(), CIFAR)).size());
        assertEquals(14, running(tuning(new FromScratch(), CIFAR)).size());
        assertEquals(
                Set.of(
                        "layer3.0.bn1.running_mean",
                        "layer3.0.bn1.running_var",
                        "layer3.0.bn2.running_mean",
                        "layer3.0.bn2.running_var"),
                running(tuning(new Partial().last(1), CIFAR)));
        adapters().forEach(m -> assertEquals(Set.of(), running(tuning(m, CIFAR)), m.label()));
    }

    @Test
    void runningStatisticsAreNoParametersAndNoOptimizerMovesThem() {
        Tuning full = tuning(new Full(), CIFAR);
        long all = full.learning().elements();
        int statistics = 2 * (3 * 4 + 2 * 8 + 2 * 16);
        assertEquals(all - statistics, full.trainable());
        assertEquals(0, full.rateFactor("bn1.running_mean", 0));
        assertEquals(0, full.rateFactor("layer3.0.bn2.running_var", 0));
        assertEquals(1, full.rateFactor("layer3.0.bn2.weight", 0));
        Weights scratch = tuning(new FromScratch(), CIFAR).learning();
        for (double mean : scratch.get("bn1.running_mean").doubles()) assertEquals(0, mean);
        for (double v : scratch.get("layer2.0.bn1.running_var").doubles()) assertEquals(1, v);
    }

    /** The frozen blocks' norms normalize by what they have seen before, and keep it. */
    @Test
    void belowTheCutTrainingSeesWhatEvaluationSees() {
        Tuning tuning = tuning(new Partial().last(1), CIFAR);
        assertEquals(3, tuning.cut());
        Batch batch = TinyImages.batch(CIFAR, 12, 1);
        session(
                tuning,
                Precision.FLOAT,
                session -> {
                    Tensor below = session.evaluate(tuning.programs(3).prefix(), batch);
                    assertEquals(12 * 4 * 4, below.shape().size(0));
                    assertEquals(CIFAR.model().width(3), below.shape().size(1));
                    double whole = session.accumulate(tuning.programs(0).loss(), batch, 1);
                    Weights once = session.learned();
                    session.restore(tuning.learning());
                    double cut =
                            session.accumulate(tuning.programs(3).loss(), batch.hidden(below), 1);
                    assertEquals(whole, cut);
                    for (String name : once.names())
                        assertArrayEquals(
                                once.get(name).floats(),
                                session.learned().get(name).floats(),
                                name);
                    steps(session, tuning, batch, 5);
                    assertArrayEquals(
                            below.floats(),
                            session.evaluate(tuning.programs(3).prefix(), batch).floats());
                });
    }

    @Test
    void eachCutHasItsOwnWidthAndNumberOfRows() {
        for (Backbone backbone : ALL) {
            Tuning tuning = tuning(new FeatureExtraction(), backbone);
            Batch batch = TinyImages.batch(backbone, 2, 1);
            float[] logits = logits(tuning, batch);
            session(
                    tuning,
                    Precision.FLOAT,
                    session -> {
                        for (int cut = 1; cut <= backbone.model().blocks() + 1; cut++) {
                            Tensor rows = session.evaluate(tuning.programs(cut).prefix(), batch);
                            int each = backbone.model().rows(cut, batch.sequences().length(0));
                            assertEquals(2 * each, rows.shape().size(0));
                            assertEquals(backbone.model().width(cut), rows.shape().size(1));
                            assertArrayEquals(
                                    logits,
                                    session.evaluate(
                                                    tuning.programs(cut).logits(),
                                                    batch.hidden(rows))
                                            .floats(),
                                    backbone.name() + " cut " + cut);
                        }
                    });
        }
    }

    static Stream<Method> mergeable() {
        Lora lora = new Lora(2);
        return Stream.of(
                lora,
                lora.on("*.conv2"),
                lora.form(LoraForm.PLAIN.decomposed(true)),
                lora.form(LoraForm.PLAIN.start(LoraForm.Start.PISSA)),
                new Ia3().on("*.conv1"),
                new NormTuning(),
                new Full());
    }

    /** Whatever was learned on a convolution fits into its weight, running statistics and all. */
    @ParameterizedTest
    @MethodSource("mergeable")
    void whatWasLearnedMergesIntoTheConvolutions(Method method) {
        for (Backbone backbone : ALL) {
            Tuning tuning = tuning(method, backbone);
            Batch batch = TinyImages.batch(backbone, 6, 1);
            float[][] apart = new float[1][];
            Weights[] learned = new Weights[1];
            session(
                    tuning,
                    Precision.FLOAT,
                    session -> {
                        steps(session, tuning, batch, 10);
                        learned[0] = session.learned();
                        apart[0] = session.evaluate(tuning.programs(0).logits(), batch).floats();
                    });
            Adapter adapter =
                    new Adapter(
                            method.label(),
                            method,
                            HeadKind.CLASSIFIER,
                            List.of("up", "down"),
                            tuning.constants(),
                            learned[0]);
            Backbone merged = Merged.of(ENGINE, adapter, backbone).backbone();
            assertArrayEquals(
                    apart[0],
                    logits(tuning(new FeatureExtraction(), merged), batch),
                    2e-4f,
                    method.label() + " on " + backbone.name());
        }
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(new PromptTuning(3), "needs a model of texts"),
                Arguments.of(new PTuning(3), "needs a model of texts"),
                Arguments.of(new PrefixTuning(3), "needs a model of texts"),
                Arguments.of(new Lora(2).embeddings(), "needs a model of texts"),
                Arguments.of(new Bottleneck(Form.HOULSBY), "matches none of the linear sites"),
                Arguments.of(new Bottleneck(Form.PARALLEL), "matches none of the linear sites"),
                Arguments.of(new Ia3(), "matches none of the linear sites"),
                Arguments.of(new Lora(2).on(Role.QUERY), "matches none of the linear sites"),
                Arguments.of(new Lora(2).on("*.conv9"), "nearest is \"*.conv"),
                Arguments.of(new Partial().last(4), "has 3 blocks"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatNeedsATransformerIsRefused(Method method, String why) {
        TunebookException e = assertThrows(TunebookException.class, () -> tuning(method, CIFAR));
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }
}
