package tunebook.study;

import java.util.List;
import java.util.stream.Collectors;
import tunebook.core.TunebookException;
import tunebook.stats.Metric;

/** A metric that a person names. */
final class ChosenMetric {
    private ChosenMetric() {}

    /**
     * The metric that tables call so.
     *
     * @throws TunebookException if none of these is
     */
    static Metric of(String words, List<Metric> measured) {
        for (Metric metric : measured) if (metric.words().equalsIgnoreCase(words)) return metric;
        throw none("metric(\"" + words + "\")", measured);
    }

    static void check(String where, Metric metric, List<Metric> measured) {
        if (!measured.contains(metric)) throw none(where, measured);
    }

    private static TunebookException none(String where, List<Metric> measured) {
        return new TunebookException(
                where,
                "is none of the metrics measured here",
                "take one of "
                        + measured.stream()
                                .map(metric -> "\"" + metric.words() + "\"")
                                .collect(Collectors.joining(", ")));
    }
}
