package tunebook.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/** The correction for asking many questions at once. */
public final class Holm {
    private Holm() {}

    /**
     * Holm's step-down adjustment: the i-th smallest of m p values is multiplied by m−i+1, made
     * monotone, and capped at 1. Holds the chance of any false alarm at the level the adjusted
     * values are compared with, whatever the dependence.
     *
     * @return the adjusted values in the order of {@code p}
     * @see <a href="https://www.jstor.org/stable/4615733">Holm 1979, A simple sequentially
     *     rejective multiple test procedure</a>
     */
    public static double[] adjust(double[] p) {
        int[] order = order(p);
        double[] adjusted = new double[p.length];
        double soFar = 0;
        for (int rank = 0; rank < order.length; rank++) {
            soFar = Math.max(soFar, Math.min(1, p[order[rank]] * (p.length - rank)));
            adjusted[order[rank]] = soFar;
        }
        return adjusted;
    }

    /**
     * The level that is left to each value: level / (m − rank), rank 0 being the smallest p. Below
     * it, and every smaller p below its own, a value is told apart.
     *
     * @param level of all of them together, for example 0.05
     * @return the levels in the order of {@code p}
     */
    public static double[] levels(double[] p, double level) {
        int[] order = order(p);
        double[] levels = new double[p.length];
        for (int rank = 0; rank < order.length; rank++)
            levels[order[rank]] = level / (p.length - rank);
        return levels;
    }

    /** Where the smallest value is, the next, and so on. */
    private static int[] order(double[] p) {
        return IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
