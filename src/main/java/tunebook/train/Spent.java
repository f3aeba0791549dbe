package tunebook.train;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tunebook.core.TunebookException;

/**
 * Where a run's seconds went.
 *
 * @param seconds by phase, all of them or, where nothing was measured, none; their sum is the run's
 * @param flops multiplications and additions of all training steps, forward and backward, counted
 *     in products and attention
 */
public record Spent(Map<Phase, Double> seconds, long flops) {
    /** Nothing was measured. */
    public static final Spent NOTHING = new Spent(Map.of(), 0);

    /** Checks that all phases are there, or none. */
    public Spent {
        Map<Phase, Double> sorted = new EnumMap<>(Phase.class);
        sorted.putAll(seconds);
        seconds = Collections.unmodifiableMap(sorted);
        if (!seconds.isEmpty() && seconds.size() < Phase.values().length) {
            throw new TunebookException(
                    "seconds of a run", "are of " + seconds.keySet() + " only", "give all or none");
        }
    }

    /** Means of some that were measured, at least one. */
    public static Spent mean(List<Spent> some) {
        Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values())
            seconds.put(phase, some.stream().mapToDouble(s -> s.in(phase)).average().orElseThrow());
        return new Spent(
                seconds, (long) some.stream().mapToLong(Spent::flops).average().orElseThrow());
    }

    /** Whether it was measured. */
    public boolean measured() {
        return !seconds.isEmpty();
    }

    /** Seconds of a phase; NaN where nothing was measured. */
    public double in(Phase phase) {
        return seconds.getOrDefault(phase, Double.NaN);
    }

    /** Seconds of all steps' ways there and back. */
    public double steps() {
        return in(Phase.FORWARD) + in(Phase.BACKWARD);
    }
}
