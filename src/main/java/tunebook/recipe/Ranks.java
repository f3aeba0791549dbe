package tunebook.recipe;

import java.util.SortedMap;
import java.util.TreeMap;
import tunebook.core.Names;
import tunebook.core.TunebookException;

/**
 * How large LoRA's update is, and where otherwise.
 *
 * @param rank r, at least 1
 * @param alpha scale, unitless, above 0
 * @param rankOf other ranks, by glob over sites
 * @param alphaOf other scales, by glob over sites
 */
public record Ranks(
        int rank,
        double alpha,
        SortedMap<String, Integer> rankOf,
        SortedMap<String, Double> alphaOf) {
    /** Checks that all are positive. */
    public Ranks {
        rankOf = new TreeMap<>(rankOf);
        alphaOf = new TreeMap<>(alphaOf);
        checkRank(rank);
        rankOf.values().forEach(Ranks::checkRank);
        checkAlpha(alpha);
        alphaOf.values().forEach(Ranks::checkAlpha);
    }

    private static void checkRank(int rank) {
        if (rank < 1)
            throw new TunebookException("lora(" + rank + ")", "rank is below 1", "give 1 or more");
    }

    private static void checkAlpha(double alpha) {
        if (!(alpha > 0))
            throw new TunebookException(
                    "lora().alpha(" + alpha + ")", "is not positive", "give more than 0");
    }

    /** The rank at a site: of the first glob that matches, else the usual one. */
    int rank(String site) {
        return of(rankOf, site, rank);
    }

    /** The scale at a site: of the first glob that matches, else the usual one. */
    double alpha(String site) {
        return of(alphaOf, site, alpha);
    }

    private static <V> V of(SortedMap<String, V> patterns, String site, V otherwise) {
        return patterns.entrySet().stream()
                .filter(e -> Names.glob(e.getKey()).matcher(site).matches())
                .map(java.util.Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }
}
