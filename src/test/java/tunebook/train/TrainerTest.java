package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.Adam;
import tunebook.core.Batch;
import tunebook.core.Decorator;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Tokenizer;
import tunebook.core.Weights;
import tunebook.data.Batches;
import tunebook.data.Dataset;
import tunebook.data.Encoded;
import tunebook.data.TextExample;
import tunebook.model.Backbone;
import tunebook.model.Bert;
import tunebook.model.Cut;
import tunebook.model.HeadKind;
import tunebook.model.Programs;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Partial;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Recipe;
import tunebook.recipe.Settings.Decay;
import tunebook.recipe.Tuning;
import tunebook.support.Kernels;
import tunebook.support.Tiny;
import tunebook.task.Marked;
import tunebook.task.Part;
import tunebook.task.Softmax;
import tunebook.task.Task;

class TrainerTest {
    private static final Backbone TINY = Tiny.backbone(0.1);
    private static final Backbone STILL = Tiny.backbone(0);
    private static final Dataset<TextExample> DATA = Tiny.data(24, 24);
    private static final Part TRAIN = Task.of(DATA).train(TINY, 32);
    private static final Part VALIDATION = Task.of(DATA).validation(TINY, 32);
    private static final String LOWER = "bert.encoder.layer.0.";
    private static final String UPPER = "bert.encoder.layer.1.";

    @TempDir Path folder;

    private interface Use<T> {
        T of(Trainer trainer, Engine engine, Engine.Held held);
    }

    private static <T> T with(Backbone backbone, int threads, long limit, Use<T> use) {
        Engine engine = new Nd4jEngine(threads);
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT);
                Prefixes prefixes = new Prefixes(engine, held, backbone, Space.memory(limit))) {
            return use.of(new Trainer(engine, held, prefixes), engine, held);
        }
    }

    private static Tuning tuning(Recipe recipe, Backbone backbone) {
        return Tuning.of(recipe, backbone, backbone.model().classifier(2), 5);
    }

    private static Outcome train(Recipe recipe, Backbone backbone) {
        return train(recipe, backbone, 1, 1 << 20, TRAIN, Watch.NONE);
    }

    private static Outcome train(
            Recipe recipe, Backbone backbone, int threads, long limit, Part train, Watch watch) {
        return with(
                backbone,
                threads,
                limit,
                (trainer, engine, held) ->
                        trainer.run(tuning(recipe, backbone), train, VALIDATION, 5, watch));
    }

    private static Outcome train(Recipe recipe, Backbone backbone, Space space, Part train) {
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT);
                Prefixes prefixes = new Prefixes(engine, held, backbone, space)) {
            return new Trainer(engine, held, prefixes)
                    .run(tuning(recipe, backbone), train, VALIDATION, 5, Watch.NONE);
        }
    }

    private static List<Double> losses(Recipe recipe, Backbone backbone, long limit) {
        List<Double> losses = new ArrayList<>();
        train(recipe, backbone, 1, limit, TRAIN, (step, steps, epoch, loss) -> losses.add(loss));
        return losses;
    }

    /** The names of what training changed. */
    private static Set<String> changed(Recipe recipe, Backbone backbone) {
        Weights before = tuning(recipe, backbone).learning();
        Weights after = train(recipe, backbone).learned();
        assertEquals(before.names(), after.names());
        return before.names().stream()
                .filter(n -> !before.get(n).bytes().equals(after.get(n).bytes()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void equalCallsGiveEqualBits() {
        for (Recipe recipe : List.of(new Full(), new Partial(), new Lora(2), new PromptTuning(3))) {
            Recipe two = recipe.epochs(2).batchSize(8);
            Outcome first = train(two, TINY);
            Outcome second = train(two, TINY);
            Outcome threads = train(two, TINY, 2, 1 << 20, TRAIN, Watch.NONE);
            assertEquals(Ending.FINISHED, first.ending());
            assertEquals(2, first.curve().size());
            assertEquals(first.learned().sha256(), second.learned().sha256(), recipe.name());
            assertEquals(first.curve(), second.curve(), recipe.name());
            assertEquals(
                    first.learned().sha256(),
                    threads.learned().sha256(),
                    recipe.name() + " with two threads");
            assertEquals(first.curve(), threads.curve(), recipe.name() + " with two threads");
        }
    }

    @Test
    void anotherSeedGivesAnotherRun() {
        Tuning tuning = tuning(new Full().epochs(1), TINY);
        List<String> learned =
                with(
                        TINY,
                        1,
                        0,
                        (trainer, engine, held) ->
                                List.of(
                                        trainer.run(tuning, TRAIN, VALIDATION, 1, Watch.NONE)
                                                .learned()
                                                .sha256(),
                                        trainer.run(tuning, TRAIN, VALIDATION, 2, Watch.NONE)
                                                .learned()
                                                .sha256()));
        assertNotEquals(learned.get(0), learned.get(1));
    }

    @Test
    void frozenWeightsStayByteForByte() {
        String before = TINY.weights().sha256();
        Programs hidden = new Programs(TINY.model(), null, Decorator.NONE, 0);
        for (Recipe recipe : List.of(new FeatureExtraction(), new Partial(), new Full())) {
            with(
                    TINY,
                    1,
                    1 << 20,
                    (trainer, engine, held) -> {
                        float[] first = evaluate(engine, held, hidden);
                        trainer.run(
                                tuning(recipe.epochs(2), TINY), TRAIN, VALIDATION, 5, Watch.NONE);
                        float[] second = evaluate(engine, held, hidden);
                        assertArrayEquals(first, second, recipe.name());
                        return recipe;
                    });
        }
        assertEquals(before, TINY.weights().sha256());
    }

    private static float[] evaluate(Engine engine, Engine.Held held, Programs programs) {
        try (Session session = engine.open(held, Weights.none(), 0)) {
            return session.evaluate(programs.hidden(), TRAIN.batches().batch(0, 1, 2)).floats();
        }
    }

    @Test
    void featureExtractionChangesTheHeadAlone() {
        assertEquals(
                Set.of(
                        "bert.pooler.dense.weight",
                        "bert.pooler.dense.bias",
                        "classifier.weight",
                        "classifier.bias"),
                changed(new FeatureExtraction().epochs(2), TINY));
    }

    @Test
    void partialChangesTheLastBlockAndTheHead() {
        Set<String> changed = changed(new Partial().last(1).epochs(2), TINY);
        assertTrue(
                changed.stream()
                        .allMatch(
                                n ->
                                        n.startsWith(UPPER)
                                                || n.startsWith("bert.pooler")
                                                || n.startsWith("classifier")),
                changed.toString());
        assertTrue(changed.contains(UPPER + "attention.self.query.weight"), changed.toString());
        assertTrue(changed.contains(UPPER + "output.LayerNorm.bias"), changed.toString());
    }

    @Test
    void fullChangesEveryBlockAndTheEmbedding() {
        Set<String> changed = changed(new Full().epochs(1), TINY);
        assertTrue(changed.contains("bert.embeddings.word_embeddings.weight"));
        assertTrue(changed.contains(LOWER + "intermediate.dense.weight"));
        assertTrue(changed.contains(UPPER + "intermediate.dense.weight"));
    }

    @Test
    void gradualUnfreezingStartsWithTheHeadAndGoesDownABlockAnEpoch() {
        Recipe gradual = new Partial().last(2).gradually().batchSize(8).learningRate(3e-3);
        Set<String> first = changed(gradual.epochs(1), STILL);
        assertTrue(first.contains("classifier.weight"), first.toString());
        assertTrue(first.stream().noneMatch(n -> n.contains("encoder.layer")), first.toString());
        Set<String> second = changed(gradual.epochs(2), STILL);
        assertTrue(second.stream().anyMatch(n -> n.startsWith(UPPER)), second.toString());
        assertTrue(second.stream().noneMatch(n -> n.startsWith(LOWER)), second.toString());
        Set<String> third = changed(gradual.epochs(3), STILL);
        assertTrue(third.stream().anyMatch(n -> n.startsWith(LOWER)), third.toString());
    }

    @Test
    void anAbsurdLearningRateEndsAsDiverged() {
        Recipe absurd =
                new Full().learningRate(1e30).schedule(0, Decay.CONSTANT).epochs(3).batchSize(4);
        Outcome outcome = train(absurd, TINY);
        assertEquals(Ending.DIVERGED, outcome.ending());
        assertTrue(
                outcome.message().matches("the (loss|gradient's norm) was .* at step [12]"),
                outcome.message());
        assertFalse(outcome.usable());
        assertEquals(List.of(), outcome.curve());
    }

    @Test
    void aWeightThatIsNotANumberEndsAsDivergedBeforeTheFirstStep() {
        String name = LOWER + "output.dense.bias";
        float[] broken = new float[16];
        broken[3] = Float.NaN;
        Backbone backbone =
                new Backbone(
                        "broken",
                        STILL.model(),
                        STILL.weights().with(Weights.of(Map.of(name, Tensor.of(broken, 16)))),
                        STILL.tokenizer());
        Outcome outcome = train(new FeatureExtraction(), backbone);
        assertEquals(Ending.DIVERGED, outcome.ending());
        assertEquals("the loss was NaN at step 0", outcome.message());
    }

    @Test
    void whoeverWatchesStopsItWithinAStep() {
        List<Integer> seen = new ArrayList<>();
        Outcome outcome =
                train(
                        new Full().epochs(50).batchSize(4),
                        TINY,
                        1,
                        0,
                        TRAIN,
                        (step, steps, epoch, loss) -> {
                            seen.add(step);
                            return step < 3;
                        });
        assertEquals(Ending.INTERRUPTED, outcome.ending());
        assertEquals(List.of(1, 2, 3), seen);
        int steps = 50 * ((TRAIN.batches().size() + 3) / 4);
        assertEquals("stopped at step 3 of " + steps, outcome.message());
    }

    @Test
    void patienceEndsARunThatDoesNotImprove() {
        Recipe still = new Full().learningRate(1e-30).patience(2).epochs(30);
        Outcome outcome = train(still, STILL);
        assertEquals(Ending.FINISHED, outcome.ending());
        assertEquals(3, outcome.curve().size(), "the first epoch and two that were no better");
    }

    @Test
    void theBestWeightsAreKept() {
        Recipe restless =
                new Full()
                        .learningRate(0.1)
                        .schedule(0, Decay.CONSTANT)
                        .patience(3)
                        .epochs(12)
                        .batchSize(8);
        Tuning tuning = tuning(restless, STILL);
        with(
                STILL,
                1,
                0,
                (trainer, engine, held) -> {
                    Outcome outcome = trainer.run(tuning, TRAIN, VALIDATION, 5, Watch.NONE);
                    CurvePoint best = outcome.curve().get(0);
                    for (CurvePoint p : outcome.curve())
                        if (p.validationScore() > best.validationScore()
                                || (p.validationScore() == best.validationScore()
                                        && p.validationLoss() < best.validationLoss())) best = p;
                    CurvePoint last = outcome.curve().get(outcome.curve().size() - 1);
                    assertNotEquals(best, last, "the last epoch is to be no better");
                    Marked kept = trainer.evaluate(tuning, outcome.learned(), VALIDATION);
                    assertEquals(best.validationLoss(), kept.loss());
                    assertEquals(best.validationScore(), kept.score());
                    return kept;
                });
    }

    @Test
    void partsOfABatchAddUpToTheBatch() {
        Recipe whole = new Full().batchSize(8).epochs(2);
        List<Double> expected = losses(whole, STILL, 0);
        List<Double> got = losses(whole.accumulate(4), STILL, 0);
        assertEquals(expected.size(), got.size());
        for (int i = 0; i < got.size(); i++)
            assertEquals(expected.get(i), got.get(i), 1e-5, "step " + i);
        List<Double> balanced = losses(whole.balanced(), STILL, 0);
        List<Double> parts = losses(whole.balanced().accumulate(4), STILL, 0);
        for (int i = 0; i < parts.size(); i++)
            assertEquals(balanced.get(i), parts.get(i), 1e-5, "balanced, step " + i);
    }

    @Test
    void balancedWeighsEachClassAlike() {
        Dataset<TextExample> uneven = Tiny.data(36, 12);
        Part train = Task.of(uneven).train(STILL, 32);
        Recipe all = new FeatureExtraction().batchSize(1000).epochs(1);
        double[] sums = new double[2];
        int[] counts = new int[2];
        Tuning untrained = tuning(all, STILL);
        double[][] logits =
                with(
                        STILL,
                        1,
                        0,
                        (trainer, engine, held) ->
                                new Classifier(
                                                engine,
                                                held,
                                                STILL,
                                                new Adapter(
                                                        "start",
                                                        all,
                                                        HeadKind.CLASSIFIER,
                                                        uneven.labels(),
                                                        untrained.constants(),
                                                        untrained.learning()),
                                                32)
                                        .logits(train.batches()));
        for (int i = 0; i < logits.length; i++) {
            int label = train.batches().labels(i)[0];
            sums[label] -= Math.log(Softmax.of(logits[i])[label]);
            counts[label]++;
        }
        assertTrue(counts[1] >= 2 * counts[0], "the classes are to be uneven");
        double plain = firstLoss(all, train);
        double balanced = firstLoss(all.balanced(), train);
        assertEquals((sums[0] + sums[1]) / logits.length, plain, 1e-5);
        assertEquals((sums[0] / counts[0] + sums[1] / counts[1]) / 2, balanced, 1e-5);
        assertNotEquals(plain, balanced, 1e-4);
    }

    private static double firstLoss(Recipe recipe, Part train) {
        List<Double> losses = new ArrayList<>();
        train(recipe, STILL, 1, 0, train, (step, steps, epoch, loss) -> losses.add(loss));
        return losses.get(0);
    }

    @Test
    void trainingAboveTheCutEqualsTrainingWithoutOneToTheBit() {
        Tokenizer tokenizer = TINY.tokenizer();
        Bert wide =
                new Bert(3, 64, 2, 128, tokenizer.vocabulary(), 32, 2, 1e-12, 0, Bert.Pooling.MEAN);
        Backbone backbone = new Backbone("wide", wide, Tiny.weights(wide, 7), tokenizer);
        Part train = Task.of(Tiny.data(96, 96)).train(backbone, 32);
        for (Recipe recipe : List.of(new Partial().last(1), new FeatureExtraction())) {
            Recipe two = recipe.epochs(2).batchSize(48).accumulate(2);
            Outcome uncut = train(two, backbone, Space.memory(0), sameEachEpoch(train));
            for (Space space :
                    List.of(
                            Space.memory(1 << 24),
                            new Space(0, 1 << 24, 0, folder),
                            new Space(1 << 17, 1 << 17, 0, folder),
                            Space.memory(0))) {
                Outcome outcome = train(two, backbone, space, train);
                if (!Kernels.exact()) {
                    for (int i = 0; i < uncut.curve().size(); i++)
                        assertEquals(
                                uncut.curve().get(i).validationLoss(),
                                outcome.curve().get(i).validationLoss(),
                                1e-5,
                                two.name() + " in " + space);
                    continue;
                }
                assertEquals(uncut.curve(), outcome.curve(), two.name() + " in " + space);
                assertEquals(
                        uncut.learned().sha256(),
                        outcome.learned().sha256(),
                        two.name() + " in " + space);
            }
        }
    }

    /** Examples that could change each epoch, so that nothing is cut, but do not. */
    private static Part sameEachEpoch(Part part) {
        Batches all = part.batches();
        List<Encoded> examples = IntStream.range(0, all.size()).mapToObj(all::example).toList();
        Batches varying =
                Batches.varying(
                        examples,
                        some -> all.batch(some.stream().mapToInt(examples::indexOf).toArray()),
                        (example, dice) -> example);
        return new Part(varying, part.marking());
    }

    @Test
    void theCutChangesNoLossAndNoGradient() {
        Tuning tuning = tuning(new Partial().last(1), STILL);
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(STILL.weights(), Precision.FLOAT);
                Prefixes prefixes = new Prefixes(engine, held, STILL, Space.memory(1 << 20));
                Session whole = engine.open(held, tuning.learning(), 1);
                Session above = engine.open(held, tuning.learning(), 1)) {
            assertEquals(2, tuning.cut());
            Batch plain = TRAIN.batches().batch(0, 5, 9);
            Batch cut = prefixes.batch(TRAIN.batches(), Cut.after(2), 0, 5, 9);
            assertEquals(
                    whole.accumulate(tuning.programs(0).loss(), plain, 1),
                    above.accumulate(tuning.programs(2).loss(), cut, 1),
                    1e-6);
            for (String name : tuning.learning().names())
                assertArrayEquals(
                        whole.gradients().get(name).floats(),
                        above.gradients().get(name).floats(),
                        1e-6f,
                        name);
        }
    }

    @Test
    void blocksBelowMoveLessByTheLayersFactor() {
        Recipe one =
                new Full()
                        .layerDecay(0.25)
                        .learningRate(1e-3)
                        .schedule(0, Decay.CONSTANT)
                        .weightDecay(0)
                        .epochs(1)
                        .batchSize(1000);
        Weights before = tuning(one, STILL).learning();
        Weights after = train(one, STILL).learned();
        String weight = "output.dense.weight";
        assertEquals(1e-3, farthest(before, after, UPPER + weight), 2e-5);
        assertEquals(2.5e-4, farthest(before, after, LOWER + weight), 5e-6);
        assertEquals(
                6.25e-5,
                farthest(before, after, "bert.embeddings.position_embeddings.weight"),
                2e-6);
        assertTrue(Adam.DEFAULT.epsilon() < 1e-6, "else a first step is shorter than its rate");
    }

    private static double farthest(Weights before, Weights after, String name) {
        float[] from = before.get(name).floats();
        float[] to = after.get(name).floats();
        double farthest = 0;
        for (int i = 0; i < from.length; i++)
            farthest = Math.max(farthest, Math.abs(to[i] - from[i]));
        return farthest;
    }
}
