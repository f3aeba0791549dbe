package tunebook.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tunebook.stats.Mark;
import tunebook.stats.Metric;

/**
 * What a part's answers are worth.
 *
 * @param marks one for each example, in the order of the part
 * @param metrics in the order of the task
 * @param loss mean over what was to be predicted, in nats; of numbers the mean squared error in
 *     squared standard deviations
 */
public record Marked(List<Mark> marks, Map<Metric, Double> metrics, double loss) {
    /** Nothing was answered. */
    public static final Marked NONE = new Marked(List.of(), Map.of(), Double.NaN);

    /** Keeps its own copies. */
    public Marked {
        marks = List.copyOf(marks);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /** The same with one metric more. */
    public Marked with(Metric metric, double value) {
        Map<Metric, Double> more = new LinkedHashMap<>(metrics);
        more.put(metric, value);
        return new Marked(marks, more, loss);
    }

    /** The first metric. */
    public Metric metric() {
        return metrics.keySet().iterator().next();
    }

    /** The first metric's value. */
    public double score() {
        return metrics.get(metric());
    }

    /**
     * Whether to go on though the score is no better: labels are chosen at a threshold, and their
     * F1 says nothing before probabilities come near it, but their loss falls.
     *
     * @param lowest loss so far
     */
    public boolean promises(double lowest) {
        return metric() == Metric.MICRO_F1 && loss < lowest;
    }

    /** Better by the first metric, and where that is equal by loss. */
    public boolean beats(Marked other) {
        if (other == null) return true;
        int by = metric().compare(score(), other.score());
        return by > 0 || (by == 0 && loss < other.loss);
    }
}
