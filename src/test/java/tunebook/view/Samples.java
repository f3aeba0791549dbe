package tunebook.view;

import java.util.ArrayList;
import java.util.List;
import tunebook.study.Comparison;
import tunebook.study.Provenance;
import tunebook.study.RunResult;
import tunebook.study.Runs;
import tunebook.train.Spent;

/** Made-up comparisons for tests. */
final class Samples {
    static final List<String> CLASSES = Runs.CLASSES;

    private Samples() {}

    /** Recipes of falling accuracy; the first trains nothing, the others ten times more each. */
    static Comparison comparison(int seeds, String... recipes) {
        List<RunResult> runs = new ArrayList<>();
        for (int r = 0; r < recipes.length; r++) {
            for (int seed = 1; seed <= seeds; seed++) {
                runs.add(run(recipes[r], seed, 0.95 - 0.06 * (r % 10), (long) Math.pow(10, r % 7)));
            }
        }
        return Comparison.of(runs, CLASSES);
    }

    /** Recipes "0", "1" … of these accuracies, each ten times as dear as the one before. */
    static Comparison everDearer(double... right) {
        List<RunResult> runs = new ArrayList<>();
        for (int r = 0; r < right.length; r++)
            for (int seed = 1; seed <= 3; seed++)
                runs.add(run(String.valueOf(r), seed, right[r], (long) Math.pow(10, r + 1)));
        return Comparison.of(runs, CLASSES);
    }

    private static RunResult run(String recipe, long seed, double right, long trainable) {
        RunResult run = Runs.finished(recipe, seed, right, 150);
        return new RunResult(
                recipe,
                seed,
                run.key(),
                run.status(),
                run.marks(),
                run.metrics(),
                trainable == 1 ? 0 : 37 * trainable,
                2.5 * trainable / 1000 + seed,
                (150 + trainable / 1000) << 20,
                "",
                run.curve(),
                Spent.NOTHING,
                Provenance.of(""));
    }
}
