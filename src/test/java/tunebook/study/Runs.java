package tunebook.study;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import tunebook.stats.Metrics;
import tunebook.train.CurvePoint;
import tunebook.train.Ending;

/** Made-up runs for tests. */
public final class Runs {
    private Runs() {}

    /** A finished run over {@code examples} two-class examples, right with about this chance. */
    public static RunResult finished(String recipe, long seed, double right, int examples) {
        Random random = new Random(31 * seed + (long) (1000 * right));
        int[] labels = IntStream.range(0, examples).map(i -> i % 2).toArray();
        int[] predictions = labels.clone();
        for (int i = 0; i < examples; i++) {
            if (random.nextDouble() > right) predictions[i] = 1 - labels[i];
        }
        return run(recipe, seed, Ending.FINISHED, labels, predictions);
    }

    /** A run that ended so, without a prediction. */
    public static RunResult silent(String recipe, long seed, Ending status) {
        return run(recipe, seed, status, new int[0], new int[0]);
    }

    /** A run with these answers and its metrics. */
    public static RunResult run(
            String recipe, long seed, Ending status, int[] labels, int[] predictions) {
        boolean predicted = predictions.length > 0;
        return new RunResult(
                recipe,
                seed,
                recipe + "/" + seed,
                status,
                labels,
                predictions,
                IntStream.range(0, labels.length).mapToObj(i -> "e" + i).toArray(String[]::new),
                predicted ? Metrics.accuracy(labels, predictions) : Double.NaN,
                predicted ? Metrics.macroF1(labels, predictions) : Double.NaN,
                1000 + recipe.length(),
                1.5 + seed,
                (100 + seed) << 20,
                status == Ending.FINISHED ? "" : status.name(),
                List.of(
                        new CurvePoint(10, 0.5, 0.7, Double.NaN, Double.NaN),
                        new CurvePoint(20, 1.0, 0.4 + 0.01 * seed, 0.5, 0.8)));
    }
}
