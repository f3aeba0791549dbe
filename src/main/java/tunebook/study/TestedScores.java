package tunebook.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import tunebook.stats.Influence;
import tunebook.stats.Mark;
import tunebook.stats.Metric;

/**
 * What is tested of each run: what each test example adds to a metric, where the kept answers of
 * all runs say it; elsewhere the metric itself, which speaks of the seeds alone.
 *
 * @param scores of the runs that predicted, for each example or for the run
 * @param byExamples whether it is for each example
 */
record TestedScores(IdentityHashMap<RunResult, double[]> scores, boolean byExamples) {
    /** How far the mean of the scores may be from the metric that was kept. */
    private static final double CLOSE = 1e-9;

    /** Of runs that predicted, all the same examples. */
    static TestedScores of(Metric metric, List<RunResult> runs) {
        IdentityHashMap<RunResult, double[]> scores = new IdentityHashMap<>();
        for (RunResult run : runs)
            ofExamples(metric, run).ifPresent(ofRun -> scores.put(run, ofRun));
        if (scores.size() == runs.size()) return new TestedScores(scores, true);
        for (RunResult run : runs) scores.put(run, new double[] {run.metrics().get(metric)});
        return new TestedScores(scores, false);
    }

    double[] of(RunResult run) {
        return scores.get(run);
    }

    /** Whether a run has something to test. */
    boolean has(RunResult run) {
        return run.predicted() && (byExamples || Double.isFinite(of(run)[0]));
    }

    private static Optional<double[]> ofExamples(Metric metric, RunResult run) {
        if (metric == run.metric()) return Optional.of(own(run));
        return found(metric, run)
                .filter(scores -> isClose(mean(scores), run.metrics().get(metric)));
    }

    private static Optional<double[]> found(Metric metric, RunResult run) {
        return switch (metric) {
            case MACRO_F1 -> run.metric() == Metric.ACCURACY ? macroF1(run) : Optional.empty();
            case RMSE -> numbers(run, Influence::rootMeanSquared);
            case PEARSON -> numbers(run, Influence::correlation);
            case PERPLEXITY -> Optional.of(Influence.exponential(own(run)));
            default -> Optional.empty();
        };
    }

    private static double[] own(RunResult run) {
        return run.marks().stream().mapToDouble(Mark::score).toArray();
    }

    private static Optional<double[]> macroF1(RunResult run) {
        List<String> classes = new ArrayList<>();
        run.marks().stream().map(Mark::truth).distinct().forEach(classes::add);
        int[] truths = run.marks().stream().mapToInt(m -> classes.indexOf(m.truth())).toArray();
        int[] predictions =
                run.marks().stream().mapToInt(m -> classes.indexOf(m.prediction())).toArray();
        return Optional.of(Influence.macroF1(truths, predictions));
    }

    private static Optional<double[]> numbers(RunResult run, BinaryOperator<double[]> influence) {
        try {
            return Optional.of(
                    influence.apply(values(run, Mark::truth), values(run, Mark::prediction)));
        } catch (NumberFormatException e) {
            return Optional.empty(); // other answers than numbers
        }
    }

    private static double[] values(RunResult run, Function<Mark, String> value) {
        return run.marks().stream().map(value).mapToDouble(Double::parseDouble).toArray();
    }

    private static double mean(double... scores) {
        return Arrays.stream(scores).average().orElse(Double.NaN);
    }

    private static boolean isClose(double a, double b) {
        return Math.abs(a - b) <= CLOSE * Math.max(1, Math.abs(b));
    }
}
