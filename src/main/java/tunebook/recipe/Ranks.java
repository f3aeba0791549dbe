package tunebook.recipe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tunebook.core.Linear;
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
        rankOf = Collections.unmodifiableSortedMap(new TreeMap<>(rankOf));
        alphaOf = Collections.unmodifiableSortedMap(new TreeMap<>(alphaOf));
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

    /** One rank everywhere, and a scale twice as large. */
    static Ranks of(int rank) {
        return new Ranks(rank, Math.max(1, 2.0 * rank), new TreeMap<>(), new TreeMap<>());
    }

    List<Setting> own() {
        List<Setting> own = new ArrayList<>();
        own.add(Setting.of("rank", rank));
        rankOf.forEach((glob, r) -> own.add(Setting.of("rank of " + glob, r)));
        own.add(Setting.of("alpha", alpha));
        alphaOf.forEach((glob, a) -> own.add(Setting.of("alpha of " + glob, a.doubleValue())));
        return own;
    }

    Ranks alpha(double other) {
        return new Ranks(rank, other, rankOf, alphaOf);
    }

    Ranks alpha(String glob, double other) {
        SortedMap<String, Double> more = new TreeMap<>(alphaOf);
        more.put(glob, other);
        return new Ranks(rank, alpha, rankOf, more);
    }

    Ranks rank(String glob, int other) {
        SortedMap<String, Integer> more = new TreeMap<>(rankOf);
        more.put(glob, other);
        return new Ranks(rank, alpha, more, alphaOf);
    }

    /**
     * Refuses ranks above a site's matrix, and globs that match nothing.
     *
     * @param sites that are adapted
     */
    void check(List<Linear> sites) {
        for (Linear site : sites) {
            int here = rank(site.name());
            int most = Math.min(site.in(), site.out());
            if (here > most) {
                throw new TunebookException(
                        "lora(" + here + ")",
                        site.name()
                                + " is "
                                + site.weight().shape()
                                + ": no update has a higher rank than "
                                + most,
                        "give at most " + most + ", or leave the site out with on(glob)");
            }
        }
        rankOf.forEach((glob, r) -> check(sites, "rank", glob, r));
        alphaOf.forEach((glob, a) -> check(sites, "alpha", glob, a));
    }

    private void check(List<Linear> sites, String word, String glob, Number value) {
        List<String> names = sites.stream().map(Linear::name).toList();
        if (names.stream().anyMatch(Names.glob(glob).asMatchPredicate())) return;
        throw new TunebookException(
                "lora(" + rank + ")." + word + "(\"" + glob + "\", " + value + ")",
                "matches none of the sites that are adapted",
                Names.mend(glob, names));
    }

    /** The rank at a site: of the first glob that matches, else the usual one. */
    public int rank(String site) {
        return of(rankOf, site, rank);
    }

    /** The scale at a site: of the first glob that matches, else the usual one. */
    public double alpha(String site) {
        return of(alphaOf, site, alpha);
    }

    private static <V> V of(SortedMap<String, V> patterns, String site, V otherwise) {
        return patterns.entrySet().stream()
                .filter(e -> Names.glob(e.getKey()).matcher(site).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }
}
