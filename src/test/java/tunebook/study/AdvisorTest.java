package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;
import tunebook.support.Reviews;
import tunebook.train.CurvePoint;
import tunebook.train.Embedded;
import tunebook.train.Ending;
import tunebook.train.Spent;

/** Which layers to tune, and what the advice is worth. */
class AdvisorTest {
    @TempDir Path folder;

    private Study study() {
        return Study.of("which blocks?", Nd4jEngine::new)
                .backbone(Embedded.read("tiny-english"))
                .data(Reviews.split(0.7, 0.15, 0.15).sample(60))
                .recipes(new Full().epochs(2))
                .limit(16)
                .seeds(3)
                .store(folder.resolve("runs.db"));
    }

    @Test
    void everyCutIsTriedOnceAndTheRegretIsWhatTheFullSweepSays() {
        Study study = study();
        Advisor advisor = study.advisor();
        int blocks = study.backbone().model().blocks();
        assertEquals(blocks + 2, advisor.table().rowCount());
        assertTrue(advisor.trials().stream().allMatch(run -> run.seed() == 1));
        Table layers = advisor.layers();
        assertEquals(blocks + 1, layers.rowCount());
        for (String name : List.of("relative norm", "Fisher", "signal to noise"))
            assertTrue(layers.doubleColumn(name).isPositive().size() == blocks + 1, layers::print);
        Recipe proposed = advisor.recipe();
        assertEquals(2, proposed.settings().budget().epochs());
        Regret regret = advisor.regret();
        Comparison sweep = regret.sweep().comparison();
        assertEquals(3 * (blocks + 2), sweep.runs().size());
        double highest = Double.NEGATIVE_INFINITY;
        double own = Double.NaN;
        for (Summary s : sweep.summaries()) {
            highest = Math.max(highest, s.score().mean());
            if (s.recipe().equals(proposed.name())) own = s.score().mean();
        }
        assertEquals(highest - own, regret.lost(), 1e-12);
        assertTrue(sweep.runs().containsAll(advisor.trials()), "its runs are part of the sweep");
        assertEquals(
                layers.print(),
                study.advisor().layers().print(),
                "asked again, whatever seeds the store has by now");
        double all = sweep.runs().stream().mapToDouble(RunResult::seconds).sum();
        assertEquals(advisor.seconds() / all, regret.cost(), 1e-9);
        assertTrue(regret.toString().contains(proposed.name()), regret::toString);
        assertTrue(regret.table().name().contains("of it"), regret.table()::name);
    }

    private static RunResult trial(String recipe, double score, double loss) {
        return new RunResult(
                recipe,
                1,
                recipe,
                Ending.FINISHED,
                List.of(),
                Map.of(Metric.ACCURACY, Double.NaN),
                1,
                1,
                1,
                "",
                List.of(new CurvePoint(1, 1, 0.5, loss, score)),
                Spent.NOTHING,
                Provenance.of("CPU"));
    }

    @Test
    void withinAStandardErrorTheLossDecides() {
        Backbone english = Embedded.read("tiny-english");
        Study swept = study().backbone(english).recipes(new FeatureExtraction(), new Full());
        Advisor near =
                new Advisor(
                        swept,
                        List.of(
                                trial("feature extraction", 0.60, 0.70),
                                trial("full", 0.58, 0.60)));
        assertEquals("full", near.recipe().name());
        Advisor far =
                new Advisor(
                        swept,
                        List.of(
                                trial("feature extraction", 0.80, 0.70),
                                trial("full", 0.58, 0.60)));
        assertEquals("feature extraction", far.recipe().name());
        List<RunResult> lost = List.of(Runs.ended(trial("full", 0.5, 0.7), Ending.DIVERGED));
        assertTrue(
                assertThrows(TunebookException.class, () -> new Advisor(swept, lost))
                        .getMessage()
                        .contains("no cut finished"));
    }
}
