package tunebook.dl4j;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import tunebook.adapter.Merged;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.model.Programs;
import tunebook.recipe.Adapter;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Method;
import tunebook.recipe.Partial;
import tunebook.recipe.Tuning;

/** Recipes on a small network of DL4J's, step by step. */
class TuningTest {
    private static final MultiLayerNetwork NETWORK = network();
    private static final Backbone BACKBONE = Dl4j.backbone(NETWORK);
    private static final int LABELS = 3;
    private static final INDArray IMAGES = Nets.random(DataType.FLOAT, 12, 2, 8, 8);
    private static final Batch BATCH =
            Nets.batch(IMAGES, CNN2DFormat.NCHW)
                    .labels(new int[] {0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2}, null);

    private static MultiLayerNetwork network() {
        return Nets.started(
                new MultiLayerNetwork(
                        Nets.builder(DataType.FLOAT)
                                .list(
                                        new ConvolutionLayer.Builder(3, 3)
                                                .nOut(6)
                                                .convolutionMode(ConvolutionMode.Same)
                                                .name("conv1")
                                                .build(),
                                        new BatchNormalization.Builder().name("norm").build(),
                                        new SubsamplingLayer.Builder(
                                                        new int[] {2, 2}, new int[] {2, 2})
                                                .name("pool")
                                                .build(),
                                        new ConvolutionLayer.Builder(3, 3)
                                                .nOut(8)
                                                .activation(Activation.RELU)
                                                .name("conv2")
                                                .build(),
                                        new DenseLayer.Builder()
                                                .nOut(10)
                                                .activation(Activation.TANH)
                                                .name("dense")
                                                .build(),
                                        new OutputLayer.Builder(LossFunction.MCXENT)
                                                .nOut(LABELS)
                                                .activation(Activation.SOFTMAX)
                                                .name("out")
                                                .build())
                                .setInputType(InputType.convolutionalFlat(8, 8, 2))
                                .build()));
    }

    /** A method and the weights of the network that it teaches or adds to. */
    private record Case(Method method, String learns) {
        @Override
        public String toString() {
            return method.label();
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case(new Full(), "(conv1|norm|conv2|dense|out)\\..*"),
                new Case(new Partial().last(1), "(dense|out)\\..*"),
                new Case(new Partial().on("conv1.*"), "(conv1|out)\\..*"),
                new Case(new FeatureExtraction(), "out\\..*"),
                new Case(new Lora(2).on("conv*"), "out\\..*|conv[12]\\.lora_.*"),
                new Case(new Lora(2).on("dense"), "out\\..*|dense\\.lora_.*"));
    }

    private static double train(Session session, Programs programs, Batch batch, int steps) {
        double loss = 0;
        for (int i = 0; i < steps; i++) {
            loss = session.accumulate(programs.loss(), batch, 1);
            session.step(Adam.DEFAULT, name -> name.matches(".*\\.(mean|var)") ? 0 : 0.01, 1);
        }
        return loss;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void learnsWhatItShouldAndNothingElse(Case c) {
        Tuning tuning = Tuning.of(c.method(), BACKBONE, BACKBONE.model().classifier(LABELS), 3);
        Programs programs = tuning.programs(0);
        try (Engine.Held held = Nets.ENGINE.hold(BACKBONE.weights(), Precision.FLOAT);
                Session session =
                        Nets.ENGINE.open(held, tuning.constants(), tuning.learning(), 3)) {
            Tensor before = plain(held);
            double first = session.accumulate(programs.loss(), BATCH, 1);
            double last = train(session, programs, BATCH, 40);
            assertTrue(last < 0.85 * first, first + " → " + last);
            Set<String> moved = new TreeSet<>();
            Weights learned = session.learned();
            for (String name : learned.names()) {
                assertTrue(name.matches(c.learns()), name);
                boolean same =
                        learned.get(name).bytes().equals(tuning.learning().get(name).bytes());
                if (!same) moved.add(name);
            }
            assertEquals(learned.names(), moved, "all that learns has moved");
            assertEquals(before.bytes(), plain(held).bytes(), "the shared weights are untouched");
        }
    }

    private static Tensor plain(Engine.Held held) {
        Tuning tuning =
                Tuning.of(
                        new FeatureExtraction(), BACKBONE, BACKBONE.model().classifier(LABELS), 3);
        try (Session session = Nets.ENGINE.open(held, Weights.none(), 0)) {
            return session.evaluate(tuning.programs(0).logits(), BATCH);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comesBackToDl4jMergedAndAnswersTheSame(Case c) {
        Tuning tuning = Tuning.of(c.method(), BACKBONE, BACKBONE.model().classifier(LABELS), 3);
        try (Engine.Held held = Nets.ENGINE.hold(BACKBONE.weights(), Precision.FLOAT);
                Session session =
                        Nets.ENGINE.open(held, tuning.constants(), tuning.learning(), 3)) {
            train(session, tuning.programs(0), BATCH, 10);
            double[] ours =
                    Nets.softmax(
                            session.evaluate(tuning.programs(0).logits(), BATCH).doubles(), LABELS);
            Adapter adapter =
                    new Adapter(
                            c.method().label(),
                            c.method(),
                            HeadKind.CLASSIFIER,
                            List.of("a", "b", "c"),
                            tuning.constants(),
                            session.learned());
            Backbone merged = Merged.of(Nets.ENGINE, adapter, BACKBONE).backbone();
            MultiLayerNetwork network = (MultiLayerNetwork) Dl4j.network(merged);
            INDArray x = IMAGES.reshape('c', 12, -1);
            assertArrayEquals(ours, Nets.theirs(network, x), 1e-5);
            assertFalse(Nets.gap(ours, Nets.theirs(NETWORK, x)) < 1e-3, "it changed");
            List<String> frozen = List.of("conv1", "norm", "conv2", "dense");
            for (String layer : frozen) {
                boolean learns =
                        session.learned().names().stream().anyMatch(n -> n.startsWith(layer));
                if (learns) continue;
                NETWORK.getLayer(layer)
                        .paramTable()
                        .forEach(
                                (key, array) ->
                                        assertFrozen(
                                                layer + "." + key,
                                                array,
                                                network.getLayer(layer).getParam(key)));
            }
        }
    }

    /** A variance goes through its logarithm and back; everything else keeps its bits. */
    private static void assertFrozen(String name, INDArray before, INDArray after) {
        float[] expected = before.dup('c').data().asFloat();
        float[] got = after.dup('c').data().asFloat();
        assertArrayEquals(expected, got, name.endsWith("log10stdev") ? 1e-7f : 0, name);
    }

    @Test
    void anotherNumberOfLabelsWidensTheHead() {
        Tuning tuning =
                Tuning.of(new FeatureExtraction(), BACKBONE, BACKBONE.model().classifier(5), 3);
        Backbone wider =
                new Backbone(
                        "wider",
                        BACKBONE.model(),
                        BACKBONE.weights().with(tuning.learning()),
                        null);
        MultiLayerNetwork network = (MultiLayerNetwork) Dl4j.network(wider);
        INDArray answer = network.output(IMAGES.reshape('c', 12, -1));
        assertArrayEquals(new long[] {12, 5}, answer.shape());
        try (Engine.Held held = Nets.ENGINE.hold(wider.weights(), Precision.FLOAT);
                Session session = Nets.ENGINE.open(held, Weights.none(), 0)) {
            double[] logits = session.evaluate(tuning.programs(0).logits(), BATCH).doubles();
            assertArrayEquals(Nets.softmax(logits, 5), answer.dup('c').data().asDouble(), 1e-5);
        }
    }

    @Test
    void theSameNumberOfLabelsKeepsTheHeadsWeights() {
        Tuning tuning =
                Tuning.of(
                        new FeatureExtraction(), BACKBONE, BACKBONE.model().classifier(LABELS), 3);
        assertEquals(
                BACKBONE.weights().get("out.W").bytes(), tuning.learning().get("out.W").bytes());
    }

    @Test
    void whatIsComputedBelowTheCutServesAbove() {
        for (Method method : List.of(new FeatureExtraction(), new Partial().last(1))) {
            Tuning tuning = Tuning.of(method, BACKBONE, BACKBONE.model().classifier(LABELS), 3);
            int cut = tuning.cut();
            assertEquals(method instanceof Partial ? 3 : 4, cut);
            try (Engine.Held held = Nets.ENGINE.hold(BACKBONE.weights(), Precision.FLOAT);
                    Session session = Nets.ENGINE.open(held, tuning.learning(), 0)) {
                Tensor below = session.evaluate(tuning.programs(cut).prefix(), BATCH);
                assertEquals(BACKBONE.model().width(cut), below.shape().size(1));
                assertEquals(12 * BACKBONE.model().rows(cut, 64), below.shape().size(0));
                Tensor whole = session.evaluate(tuning.programs(0).logits(), BATCH);
                Tensor above = session.evaluate(tuning.programs(cut).logits(), BATCH.hidden(below));
                assertEquals(whole.bytes(), above.bytes());
            }
        }
    }
}
