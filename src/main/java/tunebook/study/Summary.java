package tunebook.study;

import java.util.List;
import java.util.function.ToDoubleFunction;
import tunebook.stats.Interval;
import tunebook.stats.Intervals;
import tunebook.train.Ending;

/**
 * One recipe's runs in a line.
 *
 * @param recipe the recipe's name
 * @param seeds how many runs ended, finished or diverged
 * @param accuracy mean over the runs that predicted, 0 … 1, with its 95% interval; its {@code n}
 *     says how many these are
 * @param macroF1 likewise
 * @param trainable how many parameters learned
 * @param seconds mean wall-clock time of a run
 * @param peakBytes the most memory any run held, bytes
 * @param diverged how many runs diverged
 */
public record Summary(
        String recipe,
        int seeds,
        Interval accuracy,
        Interval macroF1,
        long trainable,
        double seconds,
        long peakBytes,
        int diverged) {

    /** The summary of one recipe's runs, none of them interrupted. */
    static Summary of(String recipe, List<RunResult> runs) {
        return new Summary(
                recipe,
                runs.size(),
                mean(runs, RunResult::accuracy),
                mean(runs, RunResult::macroF1),
                runs.stream().mapToLong(RunResult::trainable).max().orElse(0),
                runs.stream().mapToDouble(RunResult::seconds).average().orElse(Double.NaN),
                runs.stream().mapToLong(RunResult::peakBytes).max().orElse(0),
                (int) runs.stream().filter(r -> r.status() == Ending.DIVERGED).count());
    }

    private static Interval mean(List<RunResult> runs, ToDoubleFunction<RunResult> metric) {
        double[] values = runs.stream().filter(RunResult::predicted).mapToDouble(metric).toArray();
        return Intervals.student(values, 0.95).within(0, 1);
    }
}
