package tunebook.nd4j;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.cost.Step;
import tunebook.cost.StepCounter;
import tunebook.model.Backbone;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Method;
import tunebook.recipe.NormTuning;
import tunebook.recipe.Partial;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.support.Methods;
import tunebook.train.Embedded;

/** Memory of a step beside what is counted: within a tenth, of what is not tiny. */
class CountedMemoryTest {
    private static final int EXAMPLES = 32;
    private static final int PIXELS = EXAMPLES * 32 * 32;
    private static final double MIB = 1 << 20;

    static Stream<Method> methods() {
        return Stream.concat(
                Methods.all(),
                Stream.of(
                        new Full(),
                        new FeatureExtraction(),
                        new Partial().last(1),
                        new Partial().last(2)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void ofTexts(Method method) {
        SplittableRandom random = new SplittableRandom(1);
        int[] lengths = random.ints(EXAMPLES, 20, 40).toArray();
        Sequences texts = new Sequences(lengths);
        int[] ids = random.ints(texts.rows(), 5, 7000).toArray();
        check(
                method,
                Embedded.read("tiny-english"),
                Batch.text(texts, ids, new int[ids.length]),
                true);
    }

    static Stream<Method> pictureMethods() {
        return Stream.of(
                new Full(),
                new FeatureExtraction(),
                new Partial().last(1),
                new Lora(4),
                new NormTuning());
    }

    @ParameterizedTest
    @MethodSource("pictureMethods")
    void ofPictures(Method method) {
        float[] pixels = new float[PIXELS * 3];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < pixels.length; i++) pixels[i] = (float) random.nextDouble();
        check(
                method,
                Embedded.read("tiny-resnet"),
                Batch.images(EXAMPLES, Tensor.of(pixels, PIXELS, 3)),
                false);
    }

    private static void check(Method method, Backbone backbone, Batch examples, boolean cached) {
        Recipe recipe = new Recipe.Trained(method, new Full().settings());
        Tuning tuning = Tuning.of(recipe, backbone, backbone.model().classifier(2), 1);
        Batch batch = tuning.plan().batch(examples.labels(new int[EXAMPLES], null));
        int cut = cached ? tuning.cut() : 0;
        if (cut > 0) batch = batch.hidden(rows(tuning, cut, examples));
        Step step = StepCounter.count(tuning.programs(cut).loss(), batch, tuning.learning()::has);
        double learned = 16.0 * tuning.learning().elements();
        double counted = learned + 4.0 * step.numbers();
        double used = used(tuning, backbone, cut, batch);
        assertTrue(
                Math.abs(counted - used) < 0.1 * used + 0.1 * MIB,
                method.label() + ": " + counted / MIB + " counted, " + used / MIB + " used");
    }

    private static Tensor rows(Tuning tuning, int cut, Batch examples) {
        boolean read = tuning.programs(cut).below().read().isPresent();
        int rows = read ? EXAMPLES : examples.sequences().rows();
        int width = tuning.backbone().model().width(cut);
        return Tensor.of(new float[rows * width], rows, width);
    }

    /** Of a step in a workspace that has its size. */
    private static double used(Tuning tuning, Backbone backbone, int cut, Batch batch) {
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT);
                Session session = engine.open(held, tuning.constants(), tuning.learning(), 1)) {
            session.accumulate(tuning.programs(cut).loss(), batch, 1);
            session.accumulate(tuning.programs(cut).loss(), batch, 1);
            return session.peakBytes();
        }
    }
}
