package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.data.Dataset;
import tunebook.data.TextExample;
import tunebook.model.Backbone;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.support.SpiedEngine;
import tunebook.support.SpiedEngine.Spy;
import tunebook.support.Tiny;
import tunebook.task.Part;
import tunebook.task.Task;

/** A number that is none, wherever it gets in, ends a run at once and spoils nothing before it. */
class DivergenceTest {
    private static final Backbone TINY = Tiny.backbone(0.1);
    private static final Dataset<TextExample> DATA = Tiny.data(24, 24);
    private static final Part TRAIN = Task.of(DATA).train(TINY, 32);
    private static final Part VALIDATION = Task.of(DATA).validation(TINY, 32);
    private static final int EPOCHS = 3;
    private static final int EPOCH = 4;

    private static List<Point> points() {
        return List.of(
                Point.at("embedding at once", new Full(), "word_embeddings.weight", Float.NaN, 0),
                Point.at(
                        "attention in the first epoch",
                        new Full(),
                        "layer.0.attention.self.query.weight",
                        1e38f,
                        1),
                Point.at(
                        "layer norm at its end",
                        new Full(),
                        "layer.1.output.LayerNorm.weight",
                        Float.NaN,
                        3),
                Point.at(
                        "block after validation",
                        new Full(),
                        "layer.1.intermediate.dense.weight",
                        Float.NaN,
                        4),
                Point.at(
                        "bias in the second epoch",
                        new Full(),
                        "layer.0.output.dense.bias",
                        Float.POSITIVE_INFINITY,
                        5),
                Point.at(
                        "head in the second epoch",
                        new FeatureExtraction(),
                        "classifier.bias",
                        Float.NEGATIVE_INFINITY,
                        6),
                Point.at("low rank after validation", new Lora(2), "lora_A", Float.NaN, 4),
                Point.at("low rank that overflows", new Lora(2), "lora_B", Float.MAX_VALUE, 6),
                Point.at(
                        "prompt in the second epoch",
                        new PromptTuning(3),
                        "prompt_embeddings",
                        Float.NaN,
                        5),
                Point.at(
                        "second part of a batch",
                        new Full().accumulate(2),
                        "pooler.dense.weight",
                        Float.NaN,
                        5),
                Point.at("moments in the second epoch", new Full(), "", Float.NaN, 5),
                Point.at("moments before the last step", new Lora(2), "", Float.NaN, 11));
    }

    /** What it gets into, and before which step. */
    private record Point(String where, Recipe recipe, String weight, float value, int step) {
        static Point at(String where, Recipe recipe, String weight, float value, int step) {
            Recipe three = recipe.learningRate(1e-3).epochs(EPOCHS).batchSize(8);
            return new Point(where, three, weight, value, step);
        }

        @Override
        public String toString() {
            return where;
        }

        /** The spy that lets it in. */
        Spy spy() {
            int parts = recipe.settings().budget().accumulate();
            AtomicInteger seen = new AtomicInteger();
            return (Session session, boolean learning, Batch batch) -> {
                if (!learning || seen.getAndIncrement() != (step + 1) * parts - 1) return;
                if (weight.isEmpty()) session.optimizer(withMoments(session));
                else session.restore(spoiled(session.learned()));
            };
        }

        private Map<String, Tensor> withMoments(Session session) {
            Map<String, Tensor> changed = session.optimizer();
            for (String name : session.learned().names())
                changed.compute(Adam.mean(name), (key, mean) -> spoiled(mean));
            return changed;
        }

        private Weights spoiled(Weights learned) {
            Map<String, Tensor> changed = new HashMap<>();
            for (String name : learned.names())
                if (name.contains(weight)) changed.put(name, spoiled(learned.get(name)));
            assertFalse(changed.isEmpty(), () -> weight + " is not among " + learned.names());
            return learned.with(Weights.of(changed));
        }

        private Tensor spoiled(Tensor tensor) {
            float[] values = new float[Math.toIntExact(tensor.shape().elements())];
            Arrays.fill(values, value);
            return Tensor.of(values, tensor.shape().sizes().stream().mapToInt(i -> i).toArray());
        }
    }

    private static Outcome train(Engine engine, Recipe recipe, Watch watch) {
        Tuning tuning = Tuning.of(recipe, TINY, TINY.model().classifier(2), 5);
        try (Engine.Held held = engine.hold(TINY.weights(), Precision.FLOAT);
                Prefixes prefixes = new Prefixes(engine, held, TINY, Space.memory(1 << 20))) {
            return new Trainer(engine, held, prefixes).run(tuning, TRAIN, VALIDATION, 5, watch);
        }
    }

    @ParameterizedTest
    @MethodSource("points")
    void itEndsTheRunWithinAStepAndTheBestWeightsAreKept(Point point) {
        Outcome outcome = train(new SpiedEngine(point.spy()), point.recipe, Watch.NONE);
        assertEquals(Ending.DIVERGED, outcome.ending(), outcome.message());
        assertTrue(
                IntStream.of(0, 1)
                        .anyMatch(
                                late -> outcome.message().endsWith("step " + (point.step + late))),
                outcome.message());
        assertEquals(
                point.step / EPOCH,
                outcome.curve().stream().filter(p -> Double.isFinite(p.validationLoss())).count());
        Outcome whole =
                train(
                        new Nd4jEngine(1),
                        point.recipe,
                        (step, steps, epoch, loss) -> step <= point.step / EPOCH * EPOCH);
        assertEquals(Ending.INTERRUPTED, whole.ending());
        assertEquals(whole.learned().sha256(), outcome.learned().sha256());
    }
}
