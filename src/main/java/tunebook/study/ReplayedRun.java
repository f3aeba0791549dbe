package tunebook.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tunebook.stats.Metric;
import tunebook.study.Replay.Outcome;

/** A run held beside what the certificate says of it. */
final class ReplayedRun {
    /** One answer of a hundred is a hundredth, whatever binary fractions make of it. */
    private static final double ROUNDING = 1e-12;

    private ReplayedRun() {}

    static Replay.Run of(Certificate.Run before, Optional<Certificate.Run> replayed) {
        if (replayed.isEmpty()) return run(before, Outcome.MISSING, List.of(), Map.of());
        Certificate.Run after = replayed.get();
        List<String> differs = new ArrayList<>();
        if (!before.key().equals(after.key())) differs.add("key");
        if (before.status() != after.status()) differs.add("ending");
        boolean alike = differs.isEmpty() && within(before.metrics(), after.metrics());
        if (!before.metrics().equals(after.metrics())) differs.add("metrics");
        if (!before.predictions().equals(after.predictions())) differs.add("predictions");
        if (!before.curve().equals(after.curve())) differs.add("curve");
        Outcome outcome =
                differs.isEmpty() ? Outcome.EQUAL : alike ? Outcome.WITHIN : Outcome.DIFFERENT;
        return run(before, outcome, differs, after.metrics());
    }

    private static Replay.Run run(
            Certificate.Run before,
            Outcome outcome,
            List<String> differs,
            Map<Metric, Double> after) {
        return new Replay.Run(
                before.recipe(), before.seed(), outcome, differs, before.metrics(), after);
    }

    private static boolean within(Map<Metric, Double> before, Map<Metric, Double> after) {
        return before.keySet().equals(after.keySet())
                && before.keySet().stream().allMatch(m -> within(m, before.get(m), after.get(m)));
    }

    private static boolean within(Metric metric, double before, double after) {
        if (Double.compare(before, after) == 0) return true;
        double unit = metric.scale() == Metric.Scale.AMOUNT ? Math.abs(before) : 1;
        return Math.abs(after - before) <= Replay.TOLERANCE * unit + ROUNDING;
    }
}
