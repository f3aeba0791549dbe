package tunebook.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tunebook.stats.Interval;
import tunebook.stats.Intervals;
import tunebook.stats.Metric;
import tunebook.train.Ending;

/**
 * One recipe's runs in a line.
 *
 * @param recipe the recipe's name
 * @param seeds how many runs ended, finished or diverged
 * @param metrics mean over the runs that predicted with its 95% interval, the task's first one
 *     first; an interval's {@code n} says how many runs these are. It is Student's over the seeds
 *     alone, on these test examples: other examples would move it further. Where all seeds have one
 *     value, as a control's have, it is unbounded
 * @param trainable how many parameters learned
 * @param seconds mean wall-clock time of a run
 * @param peakBytes the most memory any run held, bytes
 * @param diverged how many runs diverged
 * @param device what computed; several with semicolons between them
 */
public record Summary(
        String recipe,
        int seeds,
        Map<Metric, Interval> metrics,
        long trainable,
        double seconds,
        long peakBytes,
        int diverged,
        String device) {
    /** Keeps its own copy. */
    public Summary {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** The summary of one recipe's runs, none of them interrupted. */
    static Summary of(String recipe, List<RunResult> runs, List<Metric> metrics) {
        Map<Metric, Interval> means = new LinkedHashMap<>();
        for (Metric metric : metrics) means.put(metric, mean(runs, metric));
        return new Summary(
                recipe,
                runs.size(),
                means,
                runs.stream().mapToLong(RunResult::trainable).max().orElse(0),
                runs.stream().mapToDouble(RunResult::seconds).average().orElse(Double.NaN),
                runs.stream().mapToLong(RunResult::peakBytes).max().orElse(0),
                (int) runs.stream().filter(r -> r.status() == Ending.DIVERGED).count(),
                Provenance.devices(runs));
    }

    private static Interval mean(List<RunResult> runs, Metric metric) {
        double[] values =
                runs.stream()
                        .filter(RunResult::predicted)
                        .mapToDouble(r -> r.metrics().get(metric))
                        .toArray();
        return metric.within(Intervals.overSeeds(values, 0.95));
    }

    /** What recipes are compared by. */
    public Metric metric() {
        return metrics.keySet().iterator().next();
    }

    /** The first metric. */
    public Interval score() {
        return metrics.get(metric());
    }
}
