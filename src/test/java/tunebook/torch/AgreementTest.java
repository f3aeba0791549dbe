package tunebook.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.Weights;
import tunebook.data.Batches;
import tunebook.data.TextBatches;
import tunebook.model.Backbone;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.BitFit;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.FromScratch;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Method;
import tunebook.recipe.Partial;
import tunebook.recipe.Tuning;
import tunebook.support.Methods;
import tunebook.support.Tiny;
import tunebook.support.TinyImages;

/** Gradients and a dozen steps of every model and method, on libtorch and on ND4J. */
class AgreementTest {
    private static final int STEPS = 12;

    static Stream<Arguments> tunings() {
        List<Method> plain =
                List.of(
                        new Full(),
                        new FeatureExtraction(),
                        new FromScratch(),
                        new Partial().last(1));
        Stream<Arguments> texts =
                plain.stream()
                        .flatMap(
                                m ->
                                        Stream.of(
                                                Arguments.of(m, Methods.ENCODER),
                                                Arguments.of(m, Methods.DECODER)));
        Stream<Arguments> images =
                Stream.of(TinyImages.cifar(), TinyImages.basic(), TinyImages.bottleneck())
                        .flatMap(
                                b ->
                                        Stream.concat(
                                                        plain.stream(),
                                                        Stream.of(new Lora(2), new BitFit()))
                                                .map(m -> Arguments.of(m, b)));
        return Stream.of(Methods.allOnBoth(), texts, images).flatMap(s -> s);
    }

    /** One of them. */
    static Tuning someTuning() {
        Backbone encoder = Methods.ENCODER;
        return Tuning.of(new Lora(2), encoder, encoder.model().classifier(2), 3);
    }

    static Batch batch(Tuning tuning, int step) {
        Backbone backbone = tuning.backbone();
        if (backbone.model().reads().isEmpty()) return TinyImages.batch(backbone, 4, step);
        Batches texts = TextBatches.of(Tiny.data(20, 20).test(), backbone.tokenizer(), 20);
        return tuning.plan().batch(texts.batch(step, step + 1, step + 2, step + 3));
    }

    /** What a run leaves behind. */
    record Run(Weights gradients, double[] losses, double[] norms, Weights learned) {}

    static Run run(Engine engine, Precision precision, Tuning tuning) {
        double[] losses = new double[STEPS];
        double[] norms = new double[STEPS];
        Weights gradients = null;
        try (Engine.Held held = engine.hold(tuning.backbone().weights(), precision);
                Session session = engine.open(held, tuning.constants(), tuning.learning(), 1)) {
            for (int step = 0; step < STEPS; step++) {
                int now = step / 4;
                session.activate(name -> tuning.learnsNow(name, now));
                losses[step] =
                        session.accumulate(tuning.programs(0).loss(), batch(tuning, step % 4), 1);
                if (step == 0) gradients = session.gradients();
                norms[step] =
                        session.step(
                                new Adam(0.9, 0.999, 1e-6, 0.01),
                                name -> 1e-3 * tuning.rateFactor(name, now),
                                1);
            }
            return new Run(gradients, losses, norms, session.learned());
        }
    }

    @ParameterizedTest
    @MethodSource("tunings")
    void gradientsAndADozenStepsAgree(Method method, Backbone backbone) {
        Tuning tuning = Tuning.of(method, backbone, backbone.model().classifier(2), 3);
        Run exact = run(new Nd4jEngine(2), Precision.DOUBLE, tuning);
        Run twice = run(Libtorch.engine(), Precision.DOUBLE, tuning);
        agree(exact, twice, 1e-10);
        Run single = run(Libtorch.engine(), Precision.FLOAT, tuning);
        agree(exact, single, 1e-5);
        assertTrue(exact.losses()[0] != exact.losses()[STEPS - 1], "it learns");
    }

    private static void agree(Run a, Run b, double tolerance) {
        double largest = 0;
        for (String name : a.gradients().names())
            for (double g : a.gradients().get(name).doubles())
                largest = Math.max(largest, Math.abs(g));
        for (String name : a.gradients().names())
            assertArrayEquals(
                    a.gradients().get(name).doubles(),
                    b.gradients().get(name).doubles(),
                    tolerance * largest,
                    "gradient of " + name);
        for (int step = 0; step < STEPS; step++) {
            assertEquals(a.losses()[step], b.losses()[step], tolerance * a.losses()[step]);
            assertEquals(a.norms()[step], b.norms()[step], 30 * tolerance * a.norms()[step]);
        }
        if (tolerance > 1e-9) return;
        for (String name : a.learned().names())
            assertArrayEquals(
                    a.learned().get(name).doubles(), b.learned().get(name).doubles(), 1e-9, name);
    }
}
