package tunebook.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import tunebook.data.Truncation;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.stats.Metrics;
import tunebook.train.CurvePoint;
import tunebook.train.Ending;
import tunebook.train.Spent;

/** Made-up runs for tests. */
public final class Runs {
    private Runs() {}

    /** Nothing to keep in mind. */
    public static final Cautions CALM = new Cautions(Truncation.NONE, "");

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

    /** What a study might have found. */
    public static Result result(Study study, Comparison comparison) {
        Timing timing = new Timing(3, 1, study.execution()::whole);
        return new Result(study, comparison, CALM, timing, Map.of());
    }

    /** The same run with another ending. */
    static RunResult ended(RunResult run, Ending status) {
        return with(run, status, run.marks());
    }

    /** The same run with other names for classes 0 and 1. */
    public static RunResult renamed(RunResult run, String... classes) {
        return with(
                run,
                run.status(),
                run.marks().stream()
                        .map(
                                m ->
                                        new Mark(
                                                m.id(),
                                                classes[CLASSES.indexOf(m.truth())],
                                                classes[CLASSES.indexOf(m.prediction())],
                                                m.score()))
                        .toList());
    }

    private static RunResult with(RunResult run, Ending status, List<Mark> marks) {
        return new RunResult(
                run.recipe(),
                run.seed(),
                run.key(),
                status,
                marks,
                run.metrics(),
                run.trainable(),
                run.seconds(),
                run.peakBytes(),
                run.message(),
                run.curve(),
                Spent.NOTHING,
                Provenance.of("CPU, 1 thread"));
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
                predicted ? marks(labels, predictions) : List.of(),
                metrics(
                        predicted ? Metrics.accuracy(labels, predictions) : Double.NaN,
                        predicted ? Metrics.macroF1(labels, predictions) : Double.NaN),
                1000 + recipe.length(),
                1.5 + seed,
                (100 + seed) << 20,
                status == Ending.FINISHED ? "" : status.name(),
                List.of(
                        new CurvePoint(10, 0.5, 0.7, Double.NaN, Double.NaN),
                        new CurvePoint(20, 1.0, 0.4 + 0.01 * seed, 0.5, 0.8)),
                Spent.NOTHING,
                Provenance.of("CPU, 1 thread"));
    }

    /** Classes 0 and 1 by name. */
    public static final List<String> CLASSES = List.of("bad", "good");

    /** Answers by class number; {@link #CLASSES} names the classes, beyond them the numbers do. */
    public static List<Mark> marks(int[] labels, int[] predictions) {
        return IntStream.range(0, labels.length)
                .mapToObj(
                        i ->
                                new Mark(
                                        "e" + i,
                                        name(labels[i]),
                                        name(predictions[i]),
                                        labels[i] == predictions[i] ? 1 : 0))
                .toList();
    }

    private static String name(int c) {
        return c < CLASSES.size() ? CLASSES.get(c) : "class " + c;
    }

    /** Both metrics of a classification. */
    public static Map<Metric, Double> metrics(double accuracy, double macroF1) {
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metric.ACCURACY, accuracy);
        metrics.put(Metric.MACRO_F1, macroF1);
        return metrics;
    }
}
