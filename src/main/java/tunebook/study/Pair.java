package tunebook.study;

import tunebook.stats.Interval;
import tunebook.stats.Metric;

/**
 * Two recipes against each other on the seeds that both predicted with.
 *
 * @param a the first recipe
 * @param b the second recipe
 * @param difference score of a minus score of b, with its 95% interval; its {@code n} says how many
 *     seeds it rests on
 * @param p of the paired test; NaN where the two share no seed
 * @param adjustedP after Holm's correction over all pairs of the comparison
 * @param verdict a against b
 */
public record Pair(
        String a, String b, Interval difference, double p, double adjustedP, Verdict verdict) {

    /** What can be said of one recipe against another. */
    public enum Verdict {
        /** The first is better: adjusted p below 0.05 and an interval without zero. */
        BETTER,
        /** The first is worse: adjusted p below 0.05 and an interval without zero. */
        WORSE,
        /** These runs do not tell the two apart. That does not make them equal. */
        NOT_SEPARABLE;

        static Verdict of(Metric metric, Interval difference, double adjustedP) {
            if (!(adjustedP < 0.05) || difference.contains(0)) return NOT_SEPARABLE;
            return metric.compare(difference.mean(), 0) > 0 ? BETTER : WORSE;
        }
    }

    /** Whether the runs tell the two recipes apart. */
    public boolean separable() {
        return verdict != Verdict.NOT_SEPARABLE;
    }

    /** The same pair with b in the first place. */
    public Pair turned() {
        Verdict other =
                switch (verdict) {
                    case BETTER -> Verdict.WORSE;
                    case WORSE -> Verdict.BETTER;
                    case NOT_SEPARABLE -> Verdict.NOT_SEPARABLE;
                };
        return new Pair(b, a, difference.negated(), p, adjustedP, other);
    }
}
