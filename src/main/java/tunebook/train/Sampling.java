package tunebook.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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
        Integer[] order =
                IntStream.range(0, logits.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> -logits[i]))
                        .toArray(Integer[]::new);
        if (temperature == 0) return order[0];
        int n = topK == 0 ? order.length : Math.min(topK, order.length);
        double[] shares = new double[n];
        for (int i = 0; i < n; i++)
            shares[i] = Math.exp((logits[order[i]] - logits[order[0]]) / temperature);
        double sum = Arrays.stream(shares).sum();
        double reached = 0;
        int kept = 0;
        while (kept < n && reached < topP * sum) reached += shares[kept++];
        double drawn = random.nextDouble() * reached;
        for (int i = 0; i < kept; i++) {
            drawn -= shares[i];
            if (drawn < 0) return order[i];
        }
        return order[kept - 1];
    }
}
