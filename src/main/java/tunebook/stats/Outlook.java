package tunebook.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * How sure more seeds would make a difference, if it and its variances are as these runs have them.
 *
 * @param difference mean score of one recipe minus that of the other
 * @param ofSeed what one seed adds: the variance of the mean has this over the number of seeds
 * @param ofExamples what the test examples add to that variance, however many seeds there are
 */
public record Outlook(double difference, double ofSeed, double ofExamples) {
    /** Where nothing can be said: with one seed, or without examples. */
    public static final Outlook NONE = new Outlook(Double.NaN, Double.NaN, Double.NaN);

    private static final int MOST = 1000;

    /** The variance of the mean difference with so many seeds. */
    double variance(int seeds) {
        return ofSeed / seeds + ofExamples;
    }

    /** Degrees of freedom of that variance after Satterthwaite. */
    double degrees(int seeds) {
        double ratio = variance(seeds) * seeds / ofSeed;
        return (seeds - 1.0) * (Double.isNaN(ratio) ? 1 : ratio * ratio);
    }

    /**
     * The fewest seeds in all with which four of five such studies would tell the two apart.
     *
     * @param level of the two-sided test, for example 0.05
     * @return 2 to 1,000; 0 where no number up to that would do, or nothing can be said
     */
    public int seedsToSeparate(double level) {
        for (int seeds = 2; seeds <= MOST; seeds++) if (separates(seeds, level)) return seeds;
        return 0;
    }

    private boolean separates(int seeds, double level) {
        double degrees = degrees(seeds);
        if (!(degrees > 0)) return false;
        TDistribution t = TDistribution.of(degrees);
        double needed = t.inverseSurvivalProbability(level / 2) + t.inverseSurvivalProbability(0.2);
        return Math.abs(difference) > needed * Math.sqrt(variance(seeds));
    }
}
