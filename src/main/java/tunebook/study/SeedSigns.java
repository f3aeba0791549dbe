package tunebook.study;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tunebook.stats.Metric;
import tunebook.study.Diagnosis.Sign;
import tunebook.train.Ending;

/** What the spread over seeds shows. */
final class SeedSigns {
    /** How far a share or a correlation may lie below the median. */
    private static final double FAR = 0.1;

    /** How far another figure may lie from the median, as a share of it. */
    private static final double FAR_SHARE = 0.25;

    private SeedSigns() {}

    static Optional<Diagnosis> instability(String recipe, Metric metric, List<RunResult> runs) {
        List<RunResult> predicted = runs.stream().filter(RunResult::predicted).toList();
        long diverged = runs.stream().filter(r -> r.status() == Ending.DIVERGED).count();
        String far = far(metric, predicted);
        if (diverged == 0 && far.isEmpty()) return Optional.empty();
        String evidence =
                diverged == 0
                        ? far
                        : diverged
                                + " of "
                                + Figures.count(runs.size(), "run")
                                + " diverged"
                                + (far.isEmpty() ? "" : "; " + far);
        return Optional.of(
                new Diagnosis(
                        recipe,
                        Sign.INSTABILITY,
                        evidence,
                        "a lower learning rate, a longer warm-up, a larger batch; with so wide a"
                                + " spread the mean needs more seeds"));
    }

    private static String far(Metric metric, List<RunResult> runs) {
        if (runs.size() < 3) return "";
        double median = median(runs);
        double margin = metric.scale() == Metric.Scale.AMOUNT ? FAR_SHARE * Math.abs(median) : FAR;
        String outliers =
                runs.stream()
                        .filter(
                                run ->
                                        metric.compare(run.score(), worse(metric, median, margin))
                                                < 0)
                        .map(
                                run ->
                                        "seed "
                                                + run.seed()
                                                + ": "
                                                + Figures.value(metric, run.score()))
                        .collect(Collectors.joining(", "));
        return outliers.isEmpty()
                ? ""
                : outliers
                        + ", where the median of "
                        + Figures.count(runs.size(), "seed")
                        + " is "
                        + Figures.value(metric, median)
                        + " "
                        + metric.words();
    }

    private static double worse(Metric metric, double median, double margin) {
        return metric.higherIsBetter() ? median - margin : median + margin;
    }

    private static double median(List<RunResult> runs) {
        double[] sorted = runs.stream().mapToDouble(RunResult::score).sorted().toArray();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
