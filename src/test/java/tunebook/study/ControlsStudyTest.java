package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tunebook.control.BagOfWords;
import tunebook.control.Majority;
import tunebook.core.TunebookException;
import tunebook.data.Drawings;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.FromScratch;
import tunebook.recipe.ShuffledWeights;
import tunebook.stats.Mark;
import tunebook.support.Reviews;
import tunebook.train.Embedded;
import tunebook.view.CurveCharts;

/** Controls beside recipes. */
class ControlsStudyTest {
    @TempDir Path folder;

    private Study study() {
        return Study.of("which?", Nd4jEngine::new)
                .backbone(Embedded.read("tiny-english"))
                .data(Reviews.split(0.7, 0.15, 0.15))
                .recipes(new FeatureExtraction())
                .controls(new Majority(), new BagOfWords())
                .seeds(2)
                .epochs(1)
                .store(folder.resolve("runs.db"));
    }

    @Test
    void aControlThatWinsIsSaidPlainlyAndIsNeverTheBestRecipe() {
        Result result = study().run();
        assertEquals(
                List.of("feature extraction", "majority class", "bag of words"),
                result.table().stringColumn("recipe").asList());
        Comparison comparison = result.comparison();
        assertTrue(
                comparison.summaries().get(2).score().mean()
                        > comparison.summaries().get(0).score().mean(),
                "one epoch of a head is no rival of a bag of words: " + result.table().print());
        assertEquals("bag of words", comparison.best());
        assertEquals("feature extraction", result.best().recipe());
        assertTrue(
                result.verdict()
                        .lines()
                        .contains(
                                "No recipe is shown to beat bag of words, which needs no backbone."),
                result.verdict().toString());
        assertThrows(TunebookException.class, () -> result.tuned("bag of words"));
        disagree(result);
        try (RunStore store = RunStore.open(folder.resolve("runs.db"))) {
            assertEquals(6, store.all().size());
        }
        assertEquals(result.table().toString(), study().run().table().toString(), "found again");
    }

    private static void disagree(Result result) {
        Table differ = result.disagreements("bag of words", "majority class", 5);
        assertEquals(5, differ.rowCount());
        List<RunResult> runs = result.comparison().runs();
        List<Mark> bag =
                runs.stream()
                        .filter(r -> r.recipe().equals("bag of words"))
                        .findFirst()
                        .orElseThrow()
                        .marks();
        List<Mark> majority =
                runs.stream()
                        .filter(r -> r.recipe().equals("majority class"))
                        .findFirst()
                        .orElseThrow()
                        .marks();
        long differing = 0;
        for (int i = 0; i < bag.size(); i++)
            if (bag.get(i).score() != majority.get(i).score()) differing++;
        assertEquals(
                "bag of words and majority class differ on "
                        + differing
                        + " of "
                        + bag.size()
                        + " test examples",
                differ.name());
        for (int row = 0; row < 5; row++) {
            String id = differ.stringColumn("id").get(row);
            Mark mark = bag.stream().filter(m -> m.id().equals(id)).findFirst().orElseThrow();
            assertEquals(mark.truth(), differ.stringColumn("truth").get(row));
            assertEquals(mark.prediction(), differ.stringColumn("bag of words says").get(row));
            assertEquals(
                    1,
                    differ.doubleColumn("bag of words accuracy").get(row)
                            + differ.doubleColumn("majority class accuracy").get(row));
            assertFalse(differ.stringColumn("content").get(row).isBlank());
        }
        assertThrows(TunebookException.class, () -> result.disagreements("bag", "full", 5));
    }

    @Test
    void aControlIsAsGoodUnderEachSeed() {
        Comparison comparison = study().run().comparison();
        List<RunResult> bags =
                comparison.runs().stream().filter(r -> r.recipe().equals("bag of words")).toList();
        assertEquals(2, bags.size());
        assertEquals(bags.get(0).marks(), bags.get(1).marks());
        assertFalse(bags.get(0).key().equals(bags.get(1).key()));
    }

    @Test
    void aBackbonesOwnControlsAreNamedTooAndWhatCannotAnswerIsRefusedBeforeAnythingRuns() {
        Result result =
                study().recipes(new FeatureExtraction(), new FromScratch(), new ShuffledWeights())
                        .run();
        assertEquals(
                Set.of("from scratch", "shuffled weights", "majority class", "bag of words"),
                result.comparison().controls().keySet());
        for (String control : List.of("from scratch", "shuffled weights")) {
            Pair pair = result.comparison().pair("feature extraction", control);
            assertEquals(
                    pair.verdict() != Pair.Verdict.BETTER,
                    result.verdict().toString().contains("is shown to beat " + control + ", where"),
                    result.verdict().toString());
        }
        Study drawings =
                Study.of("which?", Nd4jEngine::new)
                        .backbone(Embedded.read("tiny-resnet"))
                        .data(Drawings.of("pen").each(5).split(0.6, 0.2, 0.2))
                        .recipes(new FeatureExtraction())
                        .controls(new BagOfWords())
                        .store(folder.resolve("none.db"));
        assertThrows(TunebookException.class, drawings::run);
        assertFalse(Files.exists(folder.resolve("none.db")), "nothing has run");
    }

    @Test
    void eachSeedOfASizeLearnsFromASampleOfItsOwn() {
        SizeCurve curve = study().sizes(100, 20);
        assertEquals(List.of(20, 100), List.copyOf(curve.sizes().keySet()));
        assertEquals(2 * 3, curve.table().rowCount());
        Comparison few = curve.at(20);
        assertEquals(2, few.summaries().get(0).seeds());
        List<RunResult> bags =
                few.runs().stream().filter(r -> r.recipe().equals("bag of words")).toList();
        assertEquals(List.of(1L, 2L), bags.stream().map(RunResult::seed).toList());
        assertFalse(bags.get(0).marks().equals(bags.get(1).marks()), "other examples, other words");
        assertEquals(
                3, curve.plot(CurveCharts::sizes).chart().getSeriesMap().size(), "a line each");
        TunebookException error = assertThrows(TunebookException.class, () -> curve.at(50));
        assertTrue(error.getMessage().contains("[20, 100]"), error::toString);
        assertThrows(TunebookException.class, () -> study().sizes(100_000));
        assertThrows(TunebookException.class, () -> study().sizes());
    }

    @Test
    void twoOfOneNameAreRefused() {
        TunebookException error =
                assertThrows(
                        TunebookException.class,
                        () -> study().recipes(new FeatureExtraction().named("bag of words")).run());
        assertTrue(error.getMessage().contains("two recipes called bag of words"), error::toString);
    }
}
