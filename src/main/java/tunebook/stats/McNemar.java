package tunebook.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import tunebook.core.TunebookException;

/**
 * Two single runs on the same examples: whether one is right more often where only one of them is.
 * Exact: of b + c such examples, b or fewer would be the first one's with probability one half
 * each. It speaks for these two runs; another seed may turn it round.
 *
 * @param onlyFirst b, examples that only the first run got right
 * @param onlySecond c, examples that only the second run got right
 * @param p two-sided
 * @see <a href="https://doi.org/10.1007/BF02295996">McNemar 1947</a>
 */
public record McNemar(int onlyFirst, int onlySecond, double p) {
    /** From the two counts. */
    public static McNemar of(int onlyFirst, int onlySecond) {
        int n = onlyFirst + onlySecond;
        if (n == 0) return new McNemar(0, 0, 1);
        double tail =
                BinomialDistribution.of(n, 0.5)
                        .cumulativeProbability(Math.min(onlyFirst, onlySecond));
        return new McNemar(onlyFirst, onlySecond, Math.min(1, 2 * tail));
    }

    /**
     * From scores of the same examples, 1 where an answer is right, 0 where it is wrong.
     *
     * @throws TunebookException if a score is something else, or the counts differ
     */
    public static McNemar of(double[] first, double[] second) {
        if (first.length != second.length || !answers(first) || !answers(second)) {
            throw new TunebookException(
                    "McNemar's test",
                    "needs right or wrong answers to the same examples",
                    "give scores of 1 and 0, or take another test");
        }
        int onlyFirst = 0;
        int onlySecond = 0;
        for (int i = 0; i < first.length; i++) {
            if (first[i] > second[i]) onlyFirst++;
            if (first[i] < second[i]) onlySecond++;
        }
        return of(onlyFirst, onlySecond);
    }

    /** Whether all scores are 0 or 1. */
    public static boolean answers(double[] scores) {
        for (double score : scores) if (score != 0 && score != 1) return false;
        return true;
    }
}
