package tunebook.study;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tunebook.core.TunebookException;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.train.CurvePoint;
import tunebook.train.Ending;
import tunebook.train.Spent;

/**
 * What one run left behind; two results are equal where every value is.
 *
 * @param recipe the recipe's name, any text
 * @param seed what the run's random numbers began from
 * @param key the hash that identifies the run: recipe, seed, backbone and data
 * @param status how it ended
 * @param marks the test examples' answers; none where the run ended before it could predict
 * @param metrics over the test examples, the task's first one first; NaN without predictions
 * @param trainable how many parameters learned
 * @param seconds wall-clock time of the run
 * @param peakBytes the most memory held at once, bytes
 * @param message why it ended so, or what to know of it; empty where there is nothing to say
 * @param curve losses on the way, in the order of the steps
 * @param spent where the seconds went; nothing where it was not measured
 * @param provenance what made it
 */
public record RunResult(
        String recipe,
        long seed,
        String key,
        Ending status,
        List<Mark> marks,
        Map<Metric, Double> metrics,
        long trainable,
        double seconds,
        long peakBytes,
        String message,
        List<CurvePoint> curve,
        Spent spent,
        Provenance provenance) {

    /** Checks that nothing is null and that there is a metric. */
    public RunResult {
        Objects.requireNonNull(recipe, "recipe");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(spent, "spent");
        Objects.requireNonNull(provenance, "provenance");
        marks = List.copyOf(marks);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
        curve = List.copyOf(curve);
        if (metrics.isEmpty()) {
            throw new TunebookException(
                    "run " + recipe + " seed " + seed,
                    "has no metric",
                    "give the task's metrics, NaN where nothing was predicted");
        }
    }

    /** A value for each metric, NaN where none was measured. */
    static Map<Metric, Double> measured(List<Metric> metrics, Map<Metric, Double> values) {
        Map<Metric, Double> all = new LinkedHashMap<>();
        metrics.forEach(metric -> all.put(metric, values.getOrDefault(metric, Double.NaN)));
        return all;
    }

    /** The same run under another recipe name. */
    RunResult named(String name) {
        return with(name, seed);
    }

    /** The same run as another seed's: of runs that learned from samples of their own. */
    public RunResult seed(long other) {
        return with(recipe, other);
    }

    private RunResult with(String name, long other) {
        return new RunResult(
                name,
                other,
                key,
                status,
                marks,
                metrics,
                trainable,
                seconds,
                peakBytes,
                message,
                curve,
                spent,
                provenance);
    }

    /** What computed; empty where an older Tunebook did not say. */
    public String device() {
        return provenance.device();
    }

    /** What recipes are compared by. */
    public Metric metric() {
        return metrics.keySet().iterator().next();
    }

    /** The first metric's value over the test examples; NaN without predictions. */
    public double score() {
        return metrics.get(metric());
    }

    /** The best value of the first metric on validation examples; NaN where none was measured. */
    double validationScore() {
        return curve.stream()
                .map(CurvePoint::validationScore)
                .max(metric()::compare)
                .orElse(Double.NaN);
    }

    /**
     * Whether it did better on validation examples than another; of equals that of the lower seed,
     * whichever ended first.
     */
    public boolean beats(RunResult other) {
        if (other == null) return true;
        int score = metric().compare(validationScore(), other.validationScore());
        return score > 0 || (score == 0 && seed < other.seed());
    }

    /** The lowest loss on validation examples, in nats; infinite where none was measured. */
    double validationLoss() {
        return curve.stream()
                .mapToDouble(CurvePoint::validationLoss)
                .filter(Double::isFinite)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    /** Whether the run came as far as predicting the test examples. */
    public boolean predicted() {
        return !marks.isEmpty();
    }
}
