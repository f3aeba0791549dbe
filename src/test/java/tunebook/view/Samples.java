package tunebook.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import tunebook.study.Comparison;
import tunebook.study.Provenance;
import tunebook.study.RunResult;
import tunebook.study.Runs;
import tunebook.train.CurvePoint;
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

    /** As many recipes of a search, learning curves that rise to what each reaches. */
    static Comparison many(int recipes) {
        List<RunResult> runs = new ArrayList<>();
        for (int r = 0; r < recipes; r++)
            for (int seed = 1; seed <= 3; seed++) {
                double right = 0.62 + 0.3 * ((r * 7) % recipes) / recipes;
                RunResult run = run("lora(" + (r + 1) + ")", seed, right, r + 1L);
                List<CurvePoint> curve = new ArrayList<>();
                Random random = new Random(31L * r + seed);
                for (int epoch = 1; epoch <= 10; epoch++) {
                    double part = 1 - Math.exp(-epoch / (1.5 + r % 4));
                    curve.add(
                            new CurvePoint(
                                    40 * epoch,
                                    epoch,
                                    0.7 - 0.6 * right * part + 0.02 * random.nextGaussian(),
                                    0.8 - 0.5 * right * part,
                                    0.5 + (right - 0.5) * part + 0.01 * random.nextGaussian()));
                }
                runs.add(with(run, curve));
            }
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

    private static RunResult with(RunResult run, List<CurvePoint> curve) {
        return new RunResult(
                run.recipe(),
                run.seed(),
                run.key(),
                run.status(),
                run.marks(),
                run.metrics(),
                run.trainable(),
                run.seconds() + 20.0 * run.trainable() / 37 % 97,
                run.peakBytes(),
                run.message(),
                curve,
                run.spent(),
                run.provenance());
    }
}
