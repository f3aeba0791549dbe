package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import tunebook.control.Majority;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.data.TextExample;
import tunebook.data.TextTable;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Recipe;
import tunebook.study.Search.Trial;
import tunebook.train.Embedded;
import tunebook.view.Plot;
import tunebook.view.SearchChart;

/** The same budget for every recipe. */
class SearchTest {
    @TempDir Path folder;

    private static Dataset<TextExample> data() {
        return TextTable.read(
                        Path.of(System.getProperty("datasets", "datasets"), "clinic-reviews.csv"))
                .text("review")
                .label("mood")
                .split(0.7, 0.15, 0.15)
                .sample(60);
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
                double least = trials.stream().mapToDouble(Trial::score).min().orElseThrow();
                double most = trials.stream().mapToDouble(Trial::score).max().orElseThrow();
                if (round == 3) continue;
                List<Double> on =
                        of(search, t -> t.recipe().equals(recipe) && t.round() == now + 1).stream()
                                .map(Trial::rate)
                                .toList();
                for (Trial trial : trials) {
                    if (trial.score() == most && least < most)
                        assertTrue(
                                on.contains(trial.rate())
                                        || trials.stream().filter(t -> t.score() == most).count()
                                                > on.size(),
                                "the best goes on");
                    if (on.contains(trial.rate())) continue;
                    long better =
                            trials.stream().filter(t -> t.score() >= trial.score()).count() - 1;
                    assertTrue(better >= on.size(), "a better one was dropped");
                }
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
        Plot curve = search.plot(SearchChart::rates);
        assertEquals(3, curve.chart().getSeriesMap().size(), "two forms of LoRA are two lines");
        assertEquals(4, curve.chart().getSeriesMap().get("feature extraction").getXData().length);
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
    void budgetsThatMakeNoSenseAreRefused() {
        assertThrows(TunebookException.class, () -> Halving.grid(1));
        assertThrows(TunebookException.class, () -> Halving.grid(1, 0.1, -1));
        assertThrows(TunebookException.class, () -> Halving.grid(0, 1));
        assertThrows(TunebookException.class, () -> new Halving(List.of(1.0), 0, 1));
    }
}
