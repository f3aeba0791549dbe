package tunebook.track;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;
import tunebook.study.Comparison;
import tunebook.study.Provenance;
import tunebook.study.Result;
import tunebook.study.RunResult;
import tunebook.study.Runs;
import tunebook.study.Study;
import tunebook.train.CurvePoint;
import tunebook.train.Ending;
import tunebook.train.Spent;

/** Made-up runs and results of this package's tests. */
final class Tracked {
    private Tracked() {}

    static RunResult run(String recipe, long seed) {
        return Runs.finished(recipe, seed, 0.8, 40);
    }

    /** A run without answers that ended so, after these steps. */
    static RunResult ended(String recipe, Ending ending, CurvePoint... curve) {
        return new RunResult(
                recipe,
                1,
                "ab12",
                ending,
                List.of(),
                Map.of(Metric.ACCURACY, Double.NaN),
                7,
                1.5,
                2048,
                "the loss was NaN",
                List.of(curve),
                Spent.NOTHING,
                Provenance.of(""));
    }

    static Comparison comparison(RunResult... runs) {
        return Comparison.of(Arrays.asList(runs), Runs.CLASSES);
    }

    static Result result(List<Recipe> recipes, RunResult... runs) {
        Study study = Study.of("?", null).recipes(recipes.toArray(Recipe[]::new));
        return new Result(study, comparison(runs), Runs.CALM, null, Map.of());
    }
}
