package tunebook.train;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Adds up what phases take; one within another counts for itself alone. For one thread. */
final class Stopwatch {
    private final Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
    private double inner;

    <R> R time(Phase phase, Supplier<R> work) {
        double innerBefore = inner;
        long started = System.nanoTime();
        try {
            return work.get();
        } finally {
            double all = (System.nanoTime() - started) / 1e9;
            seconds.merge(phase, all - (inner - innerBefore), Double::sum);
            inner = innerBefore + all;
        }
    }

    /** Some of a phase's seconds were another's. */
    void move(double some, Phase from, Phase to) {
        seconds.merge(from, -some, Double::sum);
        seconds.merge(to, some, Double::sum);
    }

    /** Every phase's seconds; what is missing in the whole is the rest. */
    Map<Phase, Double> seconds(double whole) {
        Map<Phase, Double> all = new EnumMap<>(Phase.class);
        double measured = 0;
        for (Phase phase : Phase.values()) {
            double own = phase == Phase.REST ? 0 : seconds.getOrDefault(phase, 0.0);
            all.put(phase, Math.max(0, own));
            measured += own;
        }
        all.put(Phase.REST, Math.max(0, whole - measured));
        return all;
    }
}
