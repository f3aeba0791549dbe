package tunebook.study;

import java.util.List;
import tunebook.stats.Metric;

/**
 * How far a study has come.
 *
 * @param total runs of the study
 * @param done runs that ended or were there already
 * @param recipe the running recipe; empty where none runs
 * @param seed the running seed
 * @param epoch passes over the training examples done, with fraction
 * @param step optimizer steps of the running run done
 * @param steps optimizer steps the running run will take at most
 * @param secondsElapsed since the study began
 * @param secondsLeft estimated; NaN while unknown
 * @param lastLoss the running run's last training loss; NaN before the first
 * @param metric what recipes are compared by
 * @param finished what each recipe reached so far, in the order of the study
 * @param preparing what the running run waits for before its first step, for example {@code rows
 *     below block 4, 40%}; empty otherwise
 */
public record Progress(
        int total,
        int done,
        String recipe,
        long seed,
        double epoch,
        int step,
        int steps,
        double secondsElapsed,
        double secondsLeft,
        double lastLoss,
        Metric metric,
        List<Finished> finished,
        String preparing) {

    /**
     * A recipe's figures so far.
     *
     * @param recipe its name
     * @param score mean of the metric over the runs that ended; NaN before the first
     * @param n how many these are
     */
    public record Finished(String recipe, double score, int n) {}

    /** Keeps its own copy of the list. */
    public Progress {
        finished = List.copyOf(finished);
    }

    /** Where nothing has begun. */
    public static Progress before(int total, Metric metric) {
        double unknown = Double.NaN;
        return new Progress(total, 0, "", 0, 0, 0, 0, 0, unknown, unknown, metric, List.of(), "");
    }

    /** The share of the work done, 0 … 1, the running run's steps included. */
    public double share() {
        double running = steps > 0 ? Math.min(1, step / (double) steps) : 0;
        return total == 0 ? 1 : Math.min(1, (done + (done < total ? running : 0)) / total);
    }
}
