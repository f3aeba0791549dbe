package tunebook.stats;

import org.apache.commons.statistics.distribution.TDistribution;
import tunebook.core.TunebookException;

/**
 * Two recipes compared on the same seeds and the same test examples, with both as sources of
 * chance: another seed and another sample of examples would have given another difference.
 *
 * <p>The differences of scores, d[seed][example] (of right answers −1, 0 or 1), are a crossed
 * two-way layout. Its analysis of variance gives the variance of their mean, with degrees of
 * freedom after Satterthwaite, and so a t interval and a t test that agree with each other:
 *
 * <pre>
 *   D = MS(seeds) + max(MS(examples) − MS(residual), 0)      variance of the mean = D / (S·E)
 *   degrees of freedom = (S − 1)·D² / MS(seeds)²
 * </pre>
 *
 * <p>This is the analysis that radiology uses for several readers on the same cases; only
 * MS(seeds), which estimates the residual variance plus what the seed adds, is here never taken to
 * be below MS(residual), so that two or three seeds that agree by luck are not trusted too far.
 *
 * <p>Why neither of the two usual choices: a permutation of examples takes the seeds for granted,
 * and two identical recipes whose accuracy varies by a few points between seeds then differ
 * "significantly" in every third to second comparison. A bootstrap over seeds and examples draws
 * from three to five seeds as if they were the population, and covers 75 to 90 of 100 true
 * differences where 95 are promised. The tests of this class measure what this analysis does.
 *
 * @param difference mean score of the first recipe minus that of the second; its {@code n} is the
 *     number of seeds. With one seed it speaks for that seed only
 * @param p two-sided: how probable a difference this large is where the recipes do not differ
 * @param effect difference in standard deviations of a seed's difference, corrected for few seeds:
 *     Hedges' g over the seeds' differences; NaN below three seeds, where the correction leaves
 *     nothing, or where the seeds do not differ
 * @param outlook how sure more seeds would make it
 * @param seeds S, how many seeds both ran with
 * @param examples E, how many test examples
 * @see <a href="https://doi.org/10.1002/sim.5926">Hillis 2014, A marginal-mean ANOVA approach for
 *     analyzing multireader multicase radiological imaging data</a>
 */
public record Paired(
        Interval difference, double p, double effect, Outlook outlook, int seeds, int examples) {

    /**
     * Compares two recipes.
     *
     * @param first [seed, example]: the first recipe's score, 1 or 0 for right or wrong answers
     * @param second the same for the second recipe, same seeds, same examples
     * @param level of the interval, for example 0.95
     */
    public static Paired compare(double[][] first, double[][] second, double level) {
        int seeds = first.length;
        int examples = seeds == 0 ? 0 : first[0].length;
        check(first, second, examples);
        if (examples == 0) {
            return new Paired(
                    Intervals.student(new double[0], level),
                    Double.NaN,
                    Double.NaN,
                    Outlook.NONE,
                    seeds,
                    0);
        }
        Layout layout = Layout.of(first, second, examples);
        Outlook outlook = layout.outlook();
        double variance = seeds == 1 ? layout.ofExamples / examples : outlook.variance(seeds);
        double degrees = seeds == 1 ? examples - 1.0 : outlook.degrees(seeds);
        Interval difference =
                Intervals.around(layout.mean, Math.sqrt(variance), degrees, level, seeds);
        return new Paired(
                difference,
                p(layout.mean, variance, degrees, examples),
                layout.effect(),
                outlook,
                seeds,
                examples);
    }

    /** The same with the second recipe in the first place. */
    public Paired turned() {
        return new Paired(difference.negated(), p, -effect, outlook, seeds, examples);
    }

    /**
     * Whether it can tell two recipes apart at all: one seed each says nothing of the chance
     * between runs, however many examples it is tested on.
     */
    public boolean judged() {
        return seeds > 1 && !Double.isNaN(p);
    }

    private static double p(double mean, double variance, double degrees, int examples) {
        if (mean == 0 || !(degrees > 0)) return 1;
        if (variance == 0) return Math.pow(2, 1.0 - examples); // all alike: a sign test is left
        double t = Math.abs(mean) / Math.sqrt(variance);
        return Math.min(1, 2 * TDistribution.of(degrees).survivalProbability(t));
    }

    private static void check(double[][] first, double[][] second, int examples) {
        boolean same = first.length == second.length;
        for (int s = 0; same && s < first.length; s++) {
            same = first[s].length == examples && second[s].length == examples;
        }
        if (!same) {
            throw new TunebookException(
                    "paired comparison",
                    "the two recipes do not have the same seeds and examples",
                    "compare them on the seeds and examples that both have");
        }
    }

    /** The mean squares of the two-way layout of differences. */
    private record Layout(
            double mean, double ofSeeds, double ofExamples, double residual, int s, int e) {

        static Layout of(double[][] first, double[][] second, int examples) {
            int seeds = first.length;
            double[] perSeed = new double[seeds];
            double[] perExample = new double[examples];
            double total = 0;
            double squares = 0;
            for (int s = 0; s < seeds; s++) {
                for (int e = 0; e < examples; e++) {
                    double d = first[s][e] - second[s][e];
                    perSeed[s] += d;
                    perExample[e] += d;
                    squares += d * d;
                }
                total += perSeed[s];
            }
            double n = (double) seeds * examples;
            double ofMean = total * total / n;
            double ofSeeds = squares(perSeed) / examples - ofMean;
            double ofExamples = squares(perExample) / seeds - ofMean;
            double residual = Math.max(0, squares - ofMean - ofSeeds - ofExamples);
            return new Layout(
                    total / n,
                    ofSeeds / Math.max(1, seeds - 1),
                    ofExamples / Math.max(1, examples - 1),
                    residual / Math.max(1, (seeds - 1.0) * (examples - 1.0)),
                    seeds,
                    examples);
        }

        private static double squares(double[] sums) {
            double squares = 0;
            for (double sum : sums) squares += sum * sum;
            return squares;
        }

        /** What a seed adds to the variance of the mean, and what the examples add whatever. */
        Outlook outlook() {
            if (s == 1) return Outlook.NONE;
            return new Outlook(
                    mean,
                    Math.max(ofSeeds, residual) / e,
                    Math.max(ofExamples - residual, 0) / ((double) s * e));
        }

        /** A seed's difference has the variance MS(seeds) / E. */
        double effect() {
            if (s < 3 || ofSeeds <= 0) return Double.NaN;
            double fewSeeds = 1 - 3 / (4.0 * (s - 1) - 1);
            return fewSeeds * mean / Math.sqrt(ofSeeds / e);
        }
    }
}
