package tunebook.study;

import tunebook.stats.Interval;
import tunebook.stats.Metric;
import tunebook.stats.Paired;

/**
 * Two recipes against each other on the seeds that both predicted with.
 *
 * @param a the first recipe
 * @param b the second recipe
 * @param paired difference of the scores of a and b, with its test
 * @param adjustedP after Holm's correction over all pairs of the comparison that can be judged; NaN
 *     where this one cannot, since the two share fewer than two seeds
 * @param level what Holm's correction leaves this pair of 0.05; NaN where it cannot be judged
 * @param verdict a against b
 */
public record Pair(
        String a, String b, Paired paired, double adjustedP, double level, Verdict verdict) {
    static final double LEVEL = 0.05;

    /** What can be said of one recipe against another. */
    public enum Verdict {
        /** The first is better: adjusted p below 0.05 and an interval without zero. */
        BETTER,
        /** The first is worse: adjusted p below 0.05 and an interval without zero. */
        WORSE,
        /**
         * These runs do not tell the two apart. That does not make them equal. One seed each never
         * does.
         */
        NOT_SEPARABLE;

        static Verdict of(Metric metric, Interval difference, double adjustedP) {
            if (!(adjustedP < LEVEL) || difference.contains(0)) return NOT_SEPARABLE;
            return metric.compare(difference.mean(), 0) > 0 ? BETTER : WORSE;
        }
    }

    /**
     * Score of a minus score of b, with its 95% interval; its {@code n} says how many seeds it
     * rests on.
     */
    public Interval difference() {
        return paired.difference();
    }

    /** Of the paired test, before correction; NaN where the two share no seed. */
    public double p() {
        return paired.p();
    }

    /**
     * With how many seeds in all the two would be told apart four times in five, if difference and
     * spread are as they look now, at the level that Holm's correction leaves this pair.
     *
     * @return 0 where no number up to 1,000 would do: more test examples are needed, or the two do
     *     not differ; and where the pair cannot be judged
     */
    public int seedsToSeparate() {
        return judged() ? paired.outlook().seedsToSeparate(level) : 0;
    }

    /** Whether these runs can tell the two apart at all, which takes two seeds in common. */
    public boolean judged() {
        return paired.judged();
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
        return new Pair(b, a, paired.turned(), adjustedP, level, other);
    }
}
