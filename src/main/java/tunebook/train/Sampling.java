package tunebook.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import tunebook.core.TunebookException;

/**
 * How the next token is chosen.
 *
 * @param temperature what logits are divided by; 0 always takes the most probable
 * @param topK only so many of the most probable; 0 for all
 * @param topP only the most probable that together reach this share, in (0, 1]
 * @param seed of what is drawn
 * @see <a href="https://arxiv.org/abs/1904.09751">Holtzman et al. 2020, for top-p</a>
 */
public record Sampling(double temperature, int topK, double topP, long seed) {
    /** Always the most probable token. */
    public static final Sampling GREEDY = new Sampling(0, 0, 1, 0);

    /** Checks the ranges. */
    public Sampling {
        if (!(temperature >= 0) || topK < 0 || !(topP > 0 && topP <= 1)) {
            throw new TunebookException(
                    "sampling with temperature "
                            + temperature
                            + ", top "
                            + topK
                            + ", share "
                            + topP,
                    "is out of range",
                    "give a temperature of 0 or more, a top of 0 or more and a share above 0 and at most 1");
        }
    }

    /** Draws with this temperature from everything. */
    public static Sampling temperature(double temperature) {
        return new Sampling(temperature, 0, 1, 1);
    }

    /** The same from the most probable only. */
    public Sampling topK(int k) {
        return new Sampling(temperature, k, topP, seed);
    }

    /** The same from the most probable that together reach this share. */
    public Sampling topP(double share) {
        return new Sampling(temperature, topK, share, seed);
    }

    /** The same with other draws. */
    public Sampling seed(long seed) {
        return new Sampling(temperature, topK, topP, seed);
    }

    /** The next token, given the logits of all. */
    int next(double[] logits, SplittableRandom random) {
        double greatest = Arrays.stream(logits).max().orElseThrow();
        if (temperature == 0) return first(logits, greatest);
        double[] shares = new double[logits.length];
        for (int i = 0; i < shares.length; i++)
            shares[i] = Math.exp((logits[i] - greatest) / temperature);
        if (topK > 0) shares = most(shares, topK, Double.POSITIVE_INFINITY);
        if (topP < 1) shares = most(shares, shares.length, topP * Arrays.stream(shares).sum());
        return drawn(shares, random.nextDouble() * Arrays.stream(shares).sum());
    }

    private static int first(double[] logits, double greatest) {
        int i = 0;
        while (logits[i] != greatest) i++;
        return i;
    }

    /** The largest shares, of equal ones the first, up to a count or a sum; 0 for the others. */
    private static double[] most(double[] shares, int count, double sum) {
        Queue<Integer> largest =
                new PriorityQueue<>(
                        Comparator.comparingDouble((Integer i) -> -shares[i])
                                .thenComparingInt(i -> i));
        for (int i = 0; i < shares.length; i++) if (shares[i] > 0) largest.add(i);
        double[] kept = new double[shares.length];
        double reached = 0;
        for (int n = 0; n < count && reached < sum && !largest.isEmpty(); n++) {
            int i = largest.remove();
            kept[i] = shares[i];
            reached += shares[i];
        }
        return kept;
    }

    private static int drawn(double[] shares, double at) {
        int last = 0;
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] == 0) continue;
            last = i;
            at -= shares[i];
            if (at < 0) break;
        }
        return last;
    }
}
