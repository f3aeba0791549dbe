package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tunebook.control.Majority;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.TextExample;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;
import tunebook.study.Search.Trial;
import tunebook.support.Reviews;
import tunebook.train.Embedded;
import tunebook.train.RangeTest;
import tunebook.view.Plot;
import tunebook.view.RateCharts;

/** The same budget for every recipe. */
class SearchTest {
    @TempDir Path folder;

    private static Dataset<TextExample> data() {
        return Reviews.split(0.7, 0.15, 0.15).sample(60);
    }

    private Study study() {
        return Study.of("which?", Nd4jEngine::new)
                .backbone(Embedded.read("tiny-english"))
                .data(data())
                .recipes(
                        new FeatureExtraction(),
                        new Lora(2).tries(new Lora(4)).named("LoRA, its rank searched"))
                .controls(new Majority())
                .seeds(2)
                .epochs(4)
                .limit(16)
                .store(folder.resolve("runs.db"));
    }

    private static List<Trial> of(Search search, Predicate<Trial> which) {
        return search.trials().stream().filter(which).toList();
    }

    @Test
    void everyRecipeHasTheSameBudgetAndTheBetterHalfGoesOn() {
        Search search = study().search(new Halving(List.of(0.1, 1.0, 10.0, 100.0), 3, 1));
        for (String recipe : List.of("feature extraction", "LoRA, its rank searched")) {
            for (int round = 1; round <= 3; round++) {
                int now = round;
                List<Trial> trials = of(search, t -> t.recipe().equals(recipe) && t.round() == now);
                assertEquals(List.of(4, 2, 1).get(round - 1), trials.size(), recipe);
                for (Trial trial : trials) assertEquals(1 << (round - 1), trial.epochs());
                if (round == 3) continue;
                List<Double> on =
                        of(search, t -> t.recipe().equals(recipe) && t.round() == now + 1).stream()
                                .map(Trial::rate)
                                .toList();
                List<Double> lowest =
                        trials.stream()
                                .sorted(Comparator.comparingDouble(Trial::loss))
                                .limit(on.size())
                                .map(Trial::rate)
                                .toList();
                assertEquals(Set.copyOf(lowest), Set.copyOf(on), "those of the lowest loss go on");
            }
        }
        Table cost = search.cost();
        assertEquals(2, cost.rowCount());
        assertEquals(cost.doubleColumn("runs").get(0), cost.doubleColumn("runs").get(1));
        assertEquals(4 + 2 * 2 + 4, cost.doubleColumn("epochs").get(0));
        assertEquals(cost.doubleColumn("epochs").get(0), cost.doubleColumn("epochs").get(1));
        assertTrue(search.table().containsColumn("form"), "forms of LoRA");
        Study chosen = search.study();
        assertEquals(List.of(new Majority()), chosen.entrants().controls());
        for (Recipe recipe : chosen.recipes()) {
            Trial best = search.best(recipe.name());
            assertEquals(best.rate(), recipe.settings().rates().learningRate());
            assertEquals(best.tried().method(), recipe.method());
            assertEquals(4, recipe.settings().budget().epochs());
        }
        Plot curve = search.plot(RateCharts::rates);
        assertEquals(3, curve.chart().getSeriesMap().size(), "two forms of LoRA are two lines");
        assertEquals(4, curve.chart().getSeriesMap().get("feature extraction").getXData().length);
    }

    private static Trial trial(Recipe tried, double score) {
        return new Trial("full", tried, 1, 1, Metric.ACCURACY, score, 1 - score, 1);
    }

    @Test
    void aRateAtTheEdgeOfThoseTriedIsMarked() {
        Study study = study().recipes(new Full());
        for (String edge : List.of("at the edge: try lower", "", "at the edge: try higher")) {
            List<Trial> trials = new ArrayList<>();
            double best = edge.isEmpty() ? 1e-4 : edge.endsWith("lower") ? 1e-5 : 1e-3;
            for (double rate : new double[] {1e-5, 1e-4, 1e-3})
                trials.add(trial(new Full().learningRate(rate), rate == best ? 0.9 : 0.7));
            Search search = new Search(study, trials);
            assertEquals(edge, search.edge("full"));
            assertEquals(edge, search.cost().stringColumn("edge").get(0));
            for (int i = 0; i < 3; i++)
                assertEquals(
                        trials.get(i).rate() == best ? edge : "",
                        search.table().stringColumn("edge").get(i));
            assertEquals(
                    !edge.isEmpty(),
                    search.plot(RateCharts::rates).description().endsWith("; full " + edge));
        }
        assertEquals(
                "",
                new Search(study, List.of(trial(new Full(), 0.9))).edge("full"),
                "one rate is no range");
    }

    @Test
    void formsShareTheCandidatesAndKeepTheFactorsNearestToOne() {
        Recipe plain = new Full().learningRate(1e-3);
        Halving five = Halving.grid(1, 0.1, 0.3, 1, 3, 10);
        assertEquals(
                List.of(1e-4, 3e-4, 1e-3, 3e-3, 1e-2),
                five.candidates(plain).stream()
                        .map(r -> Math.round(1e7 * r.settings().rates().learningRate()) / 1e7)
                        .toList());
        List<Recipe> shared = five.candidates(new Lora(2).tries(new Lora(4)).learningRate(2e-3));
        assertEquals(5, shared.size());
        assertEquals(3, shared.stream().filter(r -> r.method().equals(new Lora(2))).count());
        assertTrue(
                shared.stream()
                        .allMatch(
                                r ->
                                        r.settings().rates().learningRate() >= 5.9e-4
                                                && r.settings().rates().learningRate() <= 6.1e-3),
                shared::toString);
    }

    @Test
    void aRangeTestFindsWhereTheLossFallsAndTouchesNothing() throws Exception {
        Study study = study().recipes(new FeatureExtraction(), new Full());
        String before = study.backbone().weights().sha256() + study.data().sha256();
        Result untouched = study.store(folder.resolve("before.db")).run();
        RangeTests found = study.lrFind();
        assertEquals(before, study.backbone().weights().sha256() + study.data().sha256());
        assertFalse(Files.exists(folder.resolve("runs.db")), "it keeps no runs");
        assertEquals(
                untouched.comparison().runs().stream().map(RunResult::curve).toList(),
                study.run().comparison().runs().stream().map(RunResult::curve).toList(),
                "what is trained afterwards is the same to the bit");
        for (var test : found.tests().entrySet()) {
            List<RangeTest.Point> points = test.getValue().points();
            assertTrue(points.size() > 50, test.getKey() + ": " + points.size());
            assertEquals(1e-7, points.get(0).rate(), 1e-20);
            double rate = test.getValue().suggestion();
            assertTrue(rate > 1e-5 && rate < 1, test.getKey() + ": " + rate);
        }
        assertTrue(
                found.tests().get("full").suggestion()
                        < found.tests().get("feature extraction").suggestion(),
                "a head stands higher rates than everything: " + found.table().print());
        assertEquals(
                4,
                found.plot(RateCharts::losses).chart().getSeriesMap().size(),
                "a line and its markers each");
    }

    @Test
    void aTenthOfTheRateOfLeastLossIsSuggested() {
        List<RangeTest.Point> points = new ArrayList<>();
        for (int i = 0; i <= 80; i++) {
            double power = -7 + i / 10.0;
            double loss = power < -1 ? 1 / (1 + Math.exp(4 * (power + 3))) : 5;
            points.add(new RangeTest.Point(Math.pow(10, power), loss));
        }
        assertEquals(-2.1, Math.log10(new RangeTest(points).suggestion()), 1e-9);
        assertTrue(Double.isNaN(new RangeTest(points.subList(0, 10)).suggestion()));
    }

    @Test
    void budgetsThatMakeNoSenseAreRefused() {
        assertThrows(TunebookException.class, () -> Halving.grid(1));
        assertThrows(TunebookException.class, () -> Halving.grid(1, 0.1, -1));
        assertThrows(TunebookException.class, () -> Halving.grid(0, 1));
        assertThrows(TunebookException.class, () -> new Halving(List.of(1.0), 0, 1));
    }
}
