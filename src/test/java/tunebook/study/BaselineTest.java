package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYSeries;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Full;
import tunebook.study.Pair.Verdict;
import tunebook.train.Ending;
import tunebook.view.BaselineChart;
import tunebook.view.Plot;

class BaselineTest {
    /** Of lora minus full, by seed and example: 0 0 1 1 and 0 1 0 1. */
    private static final List<RunResult> RUNS =
            List.of(
                    run("full", 1, 0, 0, 1, 1),
                    run("full", 2, 0, 1, 0, 1),
                    run("lora", 1, 0, 0, 0, 0),
                    run("lora", 2, 0, 0, 0, 0),
                    run("same", 1, 0, 0, 1, 1),
                    run("same", 2, 0, 1, 0, 1));

    private final Comparison comparison = Comparison.of(RUNS, Runs.CLASSES);

    /** The truth is class 0 each time. */
    private static RunResult run(String recipe, long seed, int... predictions) {
        return Runs.run(recipe, seed, Ending.FINISHED, new int[predictions.length], predictions);
    }

    @Test
    void theNumbersAreThoseWorkedOutByHand() {
        Pair pair = comparison.against("full").pairs().get(0);
        assertEquals("lora", pair.a());
        assertEquals(0.5, pair.difference().mean());
        // MS(seeds) 0, MS(examples) and MS(residual) 1/3: variance 1/24, one degree of freedom,
        // Student's with which is Cauchy's
        double p = 1 - 2 / Math.PI * Math.atan(0.5 * Math.sqrt(24));
        assertEquals(p, pair.p(), 1e-12);
        assertEquals(2 * p, pair.adjustedP(), 1e-12, "of two pairs the first");
        assertEquals(0.025, pair.level());
        assertEquals(3 * p, comparison.pair("lora", "full").adjustedP(), 1e-12, "of three");
        Pair same = comparison.against("full").pairs().get(1);
        assertEquals(1, same.adjustedP());
        assertEquals(Verdict.NOT_SEPARABLE, same.verdict());
    }

    @Test
    void eachOtherRecipeHasARowThatAgreesWithItsPair() {
        Baseline baseline = comparison.against("full");
        Table table = baseline.table();
        assertEquals(List.of("lora", "same"), table.stringColumn("recipe").asList());
        assertTrue(table.name().startsWith("Recipes against full, on CPU"), table.name());
        assertEquals(0.5, table.doubleColumn("difference").get(0));
        assertEquals(baseline.pairs().get(0).p(), table.doubleColumn("p").get(0));
        assertEquals(baseline.pairs().get(0).adjustedP(), table.doubleColumn("p adjusted").get(0));
        assertEquals("not separable", table.stringColumn("against it").get(0));
        assertTrue(table.columnNames().containsAll(List.of("95%", "effect", "seeds to separate")));
    }

    @Test
    void whatAllPairsLeaveUndecidedABaselineCanDecide() {
        List<RunResult> runs =
                IntStream.rangeClosed(1, 4)
                        .boxed()
                        .flatMap(
                                seed ->
                                        Stream.of(
                                                Runs.finished("base", seed, 0.70, 200),
                                                Runs.finished("a", seed, 0.79, 200),
                                                Runs.finished("b", seed, 0.72, 200),
                                                Runs.finished("c", seed, 0.71, 200)))
                        .toList();
        Comparison four = Comparison.of(runs, Runs.CLASSES);
        for (Pair pair : four.against("base").pairs()) {
            Pair all = four.pair(pair.a(), "base");
            assertEquals(all.difference(), pair.difference(), "the same statistics");
            assertEquals(all.p(), pair.p());
            assertTrue(pair.adjustedP() <= all.adjustedP());
        }
        assertEquals(3, four.against("base").pairs().size());
    }

    @Test
    void theWordsNameTheBaselineAndTheNumberOfPairs() {
        List<String> lines = comparison.against("full").verdict().lines();
        assertEquals(
                "Each recipe against full, mean accuracy: 50.0% over 2 seeds, on these 4 test"
                        + " examples.",
                lines.get(0));
        assertTrue(lines.get(1).startsWith("lora and full are not separable (50.0 points"));
        assertTrue(
                lines.get(lines.size() - 1).startsWith("p values are corrected for 2 pairs"),
                lines::toString);
    }

    @Test
    void theChartHasARowForEachAndALineAtZero() throws Exception {
        Plot plot = comparison.against("full").plot(BaselineChart::of);
        assertEquals("lora: 50.0 points", plot.description().substring(0, 17));
        XYSeries zero = plot.chart().getSeriesMap().get(" no difference");
        assertEquals(0, zero.getXData()[1]);
        assertEquals(0.5, plot.chart().getSeriesMap().get("mean 0").getXData()[0]);
        assertEquals(1, plot.chart().getSeriesMap().get("mean 0").getYData()[0], "on top");
        Path folder = Files.createDirectories(Path.of("target", "views"));
        Files.write(folder.resolve("baseline.png"), plot.png());
    }

    @Test
    void aRecipeWithoutPredictionsIsLeftOutOfTheChartOnly() {
        Baseline baseline =
                Comparison.of(
                                List.of(
                                        RUNS.get(0),
                                        RUNS.get(1),
                                        Runs.silent("wild", 1, Ending.DIVERGED)),
                                Runs.CLASSES)
                        .against("full");
        assertEquals(1, baseline.table().rowCount());
        assertTrue(baseline.plot(BaselineChart::of).png().length > 1000);
        assertEquals(
                List.of(" no difference"),
                List.copyOf(baseline.plot(BaselineChart::of).chart().getSeriesMap().keySet()));
    }

    @Test
    void aRecipeOfTheStudyStandsForItsName() {
        Study study = Study.of("?", Nd4jEngine::new).recipes(new Full());
        assertEquals("full", Runs.result(study, comparison).against(new Full()).recipe());
    }

    @Test
    void anUnknownNameAndALonelyRecipeAreRefused() {
        assertEquals(
                "against(\"ful\"): no such recipe in the comparison. Mend: nearest is"
                        + " \"full\"",
                assertThrows(TunebookException.class, () -> comparison.against("ful"))
                        .getMessage());
        Comparison one = Comparison.of(RUNS.subList(0, 2), Runs.CLASSES);
        assertEquals(
                "against(\"full\"): it is the only recipe. Mend: compare it with another in"
                        + " recipes(…)",
                assertThrows(TunebookException.class, () -> one.against("full")).getMessage());
    }
}
