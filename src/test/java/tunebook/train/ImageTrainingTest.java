package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.TunebookException;
import tunebook.data.Augmentation;
import tunebook.data.Batches;
import tunebook.data.Dataset;
import tunebook.data.Encoded;
import tunebook.data.EncodedPicture;
import tunebook.data.ImageExample;
import tunebook.data.PixelForm;
import tunebook.model.Backbone;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.FromScratch;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Partial;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.support.Tiny;
import tunebook.support.TinyImages;
import tunebook.support.TinyPictures;
import tunebook.task.Marked;
import tunebook.task.Part;
import tunebook.task.Pixels;
import tunebook.task.Task;

/** The trainer on pictures, plain and augmented. */
class ImageTrainingTest {
    private static final Backbone TINY = TinyImages.cifar();
    private static final Augmentation SOME = Augmentation.NONE.flip(true).crop(1).colour(0.1);

    @TempDir static Path folder;
    private static Dataset<ImageExample> data;

    @BeforeAll
    static void picturesOfTwoKinds() throws Exception {
        data = TinyPictures.data(folder, 40);
    }

    private static Outcome train(Recipe recipe, Part train, int threads) {
        Task task = Task.of(data);
        Tuning tuning = Tuning.of(recipe.epochs(2).batchSize(8), TINY, task.over(TINY), 5);
        Engine engine = new Nd4jEngine(threads);
        try (Engine.Held held = engine.hold(TINY.weights(), Precision.FLOAT);
                Prefixes prefixes = new Prefixes(engine, held, TINY, Space.memory(1 << 24))) {
            return new Trainer(engine, held, prefixes)
                    .run(tuning, train, task.validation(TINY, 1), 3, Watch.NONE);
        }
    }

    private static Part train(Augmentation augmentation) {
        return Task.of(data.augmented(augmentation)).train(TINY, 1);
    }

    @Test
    void aNetworkFromScratchLearnsTheKinds() {
        Task task = Task.of(data);
        Recipe recipe = new FromScratch().learningRate(1e-2).epochs(8).batchSize(8);
        Tuning tuning = Tuning.of(recipe, TINY, task.over(TINY), 1);
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(TINY.weights(), Precision.FLOAT);
                Prefixes prefixes = new Prefixes(engine, held, TINY, Space.memory(0))) {
            Trainer trainer = new Trainer(engine, held, prefixes);
            Outcome outcome =
                    trainer.run(
                            tuning, task.train(TINY, 1), task.validation(TINY, 1), 1, Watch.NONE);
            Marked marked = trainer.evaluate(tuning, outcome.learned(), task.test(TINY, 1));
            assertEquals(16, marked.marks().size());
            assertTrue(marked.score() >= 0.9, "accuracy " + marked.score());
            assertEquals(List.of("high", "low"), task.classes());
        }
    }

    /** Batches whose pictures could change each epoch, but stay. */
    private static Part still() {
        PixelForm form = Pixels.of(TINY.model(), "test");
        Part plain = train(Augmentation.NONE);
        List<EncodedPicture> encoded =
                data.train().stream()
                        .map(e -> new EncodedPicture(form.fit(e.picture()), e.label()))
                        .toList();
        Batches batches =
                Batches.varying(
                        encoded,
                        some -> plain.batches().batch(numbers(encoded, some)),
                        (e, d) -> e);
        return new Part(batches, plain.marking());
    }

    private static int[] numbers(List<EncodedPicture> all, List<? extends Encoded> some) {
        return some.stream().mapToInt(e -> place(all, e)).toArray();
    }

    private static int place(List<EncodedPicture> all, Encoded one) {
        for (int i = 0; i < all.size(); i++) if (all.get(i) == one) return i;
        throw new AssertionError();
    }

    /** What is below the cut is kept without augmentation, and computed each time with it. */
    @Test
    void theCutIsLeftOutForVaryingPicturesAndChangesNothing() {
        for (Recipe recipe : List.of(new FeatureExtraction(), new Partial(), new Lora(2).last(1))) {
            Outcome kept = train(recipe, train(Augmentation.NONE), 1);
            Outcome computed = train(recipe, still(), 1);
            for (String name : kept.learned().names())
                assertArrayEquals(
                        kept.learned().get(name).floats(),
                        computed.learned().get(name).floats(),
                        1e-5f,
                        recipe.name() + " " + name);
        }
        Outcome kept = train(new Full(), train(Augmentation.NONE), 1);
        Outcome computed = train(new Full(), still(), 1);
        assertEquals(kept.learned().sha256(), computed.learned().sha256(), "nothing is cut here");
        assertEquals(kept.curve(), computed.curve());
    }

    @Test
    void augmentedRunsDifferFromPlainOnesAndRepeatToTheBit() {
        for (Recipe recipe : List.of(new FeatureExtraction(), new Full())) {
            Outcome plain = train(recipe, train(Augmentation.NONE), 1);
            Outcome first = train(recipe, train(SOME), 1);
            Outcome second = train(recipe, train(SOME), 2);
            assertNotEquals(plain.learned().sha256(), first.learned().sha256(), recipe.name());
            assertEquals(first.learned().sha256(), second.learned().sha256(), recipe.name());
            assertEquals(first.curve(), second.curve(), recipe.name());
        }
    }

    @Test
    void aStepInPartsSeesTheSamePictures() {
        List<Double> whole = losses(new FeatureExtraction());
        List<Double> parts = losses(new FeatureExtraction().accumulate(4));
        assertEquals(whole.size(), parts.size());
        for (int i = 0; i < whole.size(); i++) assertEquals(whole.get(i), parts.get(i), 1e-5);
    }

    private static List<Double> losses(Recipe recipe) {
        List<Double> losses = new ArrayList<>();
        Task task = Task.of(data);
        Tuning tuning = Tuning.of(recipe.epochs(2), TINY, task.over(TINY), 5);
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(TINY.weights(), Precision.FLOAT);
                Prefixes prefixes = new Prefixes(engine, held, TINY, Space.memory(0))) {
            new Trainer(engine, held, prefixes)
                    .run(
                            tuning,
                            train(SOME),
                            task.validation(TINY, 1),
                            3,
                            (step, steps, epoch, loss) -> losses.add(loss));
        }
        return losses;
    }

    @Test
    void modelsAndExamplesOfAnotherKindAreRefused() {
        Backbone bert = Tiny.backbone(0);
        TunebookException pictures = thrown(() -> Task.of(data).over(bert));
        assertTrue(pictures.getMessage().contains("on tiny"), pictures.getMessage());
        assertTrue(pictures.getMessage().contains("needs a model of pictures"));
        TunebookException texts = thrown(() -> Task.of(Tiny.data(20, 20)).train(TINY, 8));
        assertTrue(texts.getMessage().contains("needs a model of texts"), texts.getMessage());
        TunebookException augmented = thrown(() -> Tiny.data(20, 20).augmented(SOME));
        assertTrue(
                augmented.getMessage().contains("augmented(flip, crop 1, colour 0.1) of made up"),
                augmented.getMessage());
        assertTrue(augmented.getMessage().contains("only pictures can be augmented"));
    }

    private static TunebookException thrown(org.junit.jupiter.api.function.Executable call) {
        return org.junit.jupiter.api.Assertions.assertThrows(TunebookException.class, call);
    }
}
