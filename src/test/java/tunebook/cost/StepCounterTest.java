package tunebook.cost;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import tunebook.core.Batch;
import tunebook.core.Decorator;
import tunebook.core.Sequences;
import tunebook.core.Tensor;
import tunebook.model.Backbone;
import tunebook.model.Programs;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.Partial;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.support.Tiny;
import tunebook.support.TinyImages;

/** Two blocks of width 16, inner width 32; texts of 5 and 3 tokens. */
class StepCounterTest {
    private static final Backbone TINY = Tiny.backbone(0);
    private static final int ROWS = 8;
    private static final Batch BATCH =
            Batch.text(new Sequences(5, 3), new int[ROWS], new int[ROWS])
                    .labels(new int[] {0, 1}, null);

    private static final long SQUARE = 2L * ROWS * 16 * 16;
    private static final long INNER = 2L * ROWS * 16 * 32;
    private static final long ATTENTION = 4L * (5 * 5 + 3 * 3) * 16;
    private static final long BLOCK = 4 * SQUARE + 2 * INNER + ATTENTION;
    private static final long POOLER = 2L * 2 * 16 * 16;
    private static final long CLASSES = 2L * 2 * 16 * 2;

    private static long step(Recipe recipe, int cut, Predicate<String> now) {
        Tuning tuning = Tuning.of(recipe, TINY, TINY.model().classifier(2), 1);
        Batch batch = tuning.plan().batch(BATCH);
        if (cut > 0) batch = batch.hidden(Tensor.of(new float[ROWS * 16], ROWS, 16));
        return StepCounter.count(
                        tuning.programs(cut).loss(), batch, now.and(tuning.learning()::has))
                .flops();
    }

    private static long step(Recipe recipe, int cut) {
        return step(recipe, cut, name -> true);
    }

    @Test
    void fullFineTuningCostsThreeTimesTheWayThere() {
        Programs programs =
                new Programs(TINY.model(), TINY.model().classifier(2), Decorator.NONE, 0);
        long forward = Counter.count(programs.loss(), BATCH).flops();
        assertEquals(2 * BLOCK + POOLER + CLASSES, forward);
        assertEquals(3 * forward, step(new Full(), 0));
    }

    @Test
    void whatLearnsNothingBelowIsNotVisitedOnTheWayBack() {
        assertEquals(2 * BLOCK + 2 * POOLER + 3 * CLASSES, step(new FeatureExtraction(), 0));
        assertEquals(2 * POOLER + 3 * CLASSES, step(new FeatureExtraction(), 3));
        assertEquals(
                3 * BLOCK - 3 * SQUARE + 3 * POOLER + 3 * CLASSES,
                step(new Partial().last(1), 2),
                "query, key and value give their input no gradient");
    }

    @Test
    void whatDoesNotLearnYetCostsTheWayThereOnly() {
        assertEquals(
                2 * BLOCK + 2 * POOLER + 3 * CLASSES,
                step(new Full(), 0, name -> name.contains("pooler") || name.contains("class")));
    }

    @Test
    void loraPaysForTheGradientsOfActivationsAndOfItsOwnWeights() {
        long low = 2L * ROWS * 2 * (16 + 16);
        long lowInner = 2L * ROWS * 2 * (16 + 32);
        long own = 2 * 3 * (4 * low + 2 * lowInner);
        long frozen = 2 * (2 * (4 * SQUARE + 2 * INNER) + 3 * ATTENTION);
        // in the first block query, key and value and their A give their input no gradient
        long saved = 3 * SQUARE + 3 * (2L * ROWS * 2 * 16);
        assertEquals(own + frozen - saved + 3 * POOLER + 3 * CLASSES, step(new Lora(2), 0));
    }

    @Test
    void whatGetsNoGradientCostsNothingOnTheWayBack() {
        // each site's W + B·A is computed for its norms, as a constant: 16·2·16 and 16·2·32
        long norms = 2 * (4 * 2L * 16 * 2 * 16 + 2 * 2L * 16 * 2 * 32);
        assertEquals(
                step(new Lora(2), 0) + norms,
                step(new Lora(2).form(LoraForm.PLAIN.decomposed(true)), 0));
    }

    @Test
    void virtualRowsAreCounted() {
        long attention = 4L * (5 * 7 + 3 * 5) * 16;
        long second = 3 * attention + 2 * (4 * SQUARE + 2 * INNER);
        // below the first block's prefix nothing learns: query, key and value pass nothing on
        long first = second - 3 * SQUARE;
        assertEquals(first + second + 3 * POOLER + 3 * CLASSES, step(new PrefixTuning(2), 0));
    }

    @Test
    void picturesGiveTheirFirstConvolutionNoGradientToPassOn() {
        Backbone network = TinyImages.cifar();
        Tuning tuning = Tuning.of(new Full(), network, network.model().classifier(2), 1);
        Batch batch = network.model().example();
        long forward = Counter.count(tuning.programs(0).loss(), batch).flops();
        int pixels = batch.sequences().rows();
        long first = 2L * pixels * 27 * network.model().width(1);
        assertEquals(
                3 * forward - first,
                StepCounter.count(tuning.programs(0).loss(), batch, tuning.learning()::has)
                        .flops());
    }
}
