package tunebook.bench.own;

import static tunebook.Tunebook.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tunebook.bench.work.Report;
import tunebook.bench.work.Reviews;
import tunebook.bench.work.Watch;
import tunebook.bench.work.Worker;
import tunebook.recipe.Recipe;
import tunebook.study.Result;
import tunebook.study.RunResult;
import tunebook.study.Study;
import tunebook.train.CurvePoint;

/** A study as a user runs it, with a store that is empty at the start of each unit. */
public final class OwnStudy implements Worker {
    private final Study study;
    private final List<Recipe> recipes;
    private final ToDoubleFunction<Watch> value;

    /**
     * @param study with its recipes and seeds
     * @param value of a unit, from its time
     */
    public OwnStudy(Study study, ToDoubleFunction<Watch> value) {
        this.study = study;
        this.recipes = study.recipes();
        this.value = value;
    }

    /** Recipes over the reviews. */
    public static Study over(List<Recipe> recipes, int seeds) {
        return study("bench")
                .backbone(Reviews.backbone())
                .data(Reviews.data())
                .recipes(recipes.toArray(Recipe[]::new))
                .seeds(seeds);
    }

    @Override
    public Report unit() throws IOException {
        Path folder = Files.createTempDirectory("tunebook-bench");
        Path store = folder.resolve("runs.db");
        try {
            Watch watch = new Watch();
            Result result = study.store(store).run();
            double seconds = value.applyAsDouble(watch);
            return new Report(seconds, losses(result));
        } finally {
            Files.deleteIfExists(store);
            Files.delete(folder);
        }
    }

    /** For each recipe the mean of its last training and validation losses. */
    private double[] losses(Result result) {
        double[] losses = new double[2 * recipes.size()];
        for (int i = 0; i < recipes.size(); i++) {
            String name = recipes.get(i).name();
            List<CurvePoint> ends =
                    result.comparison().runs().stream()
                            .filter(run -> run.recipe().equals(name))
                            .map(RunResult::curve)
                            .map(curve -> curve.get(curve.size() - 1))
                            .toList();
            losses[2 * i] = mean(ends, CurvePoint::trainLoss);
            losses[2 * i + 1] = mean(ends, CurvePoint::validationLoss);
        }
        return losses;
    }

    private static double mean(List<CurvePoint> ends, ToDoubleFunction<CurvePoint> loss) {
        return ends.stream().mapToDouble(loss).average().orElse(Double.NaN);
    }
}
