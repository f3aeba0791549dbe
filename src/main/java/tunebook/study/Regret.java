package tunebook.study;

import tech.tablesaw.api.Table;
import tunebook.stats.Metric;

/**
 * What an advisor's proposal loses against the best cut of the full sweep.
 *
 * @param proposed the recipe that was proposed
 * @param best the recipe with the best mean over the test examples
 * @param lost how much worse the proposal's mean is, in the metric's unit; 0 where it is the best
 * @param cost of the proposal as a share of the full sweep's seconds
 * @param sweep the full sweep
 */
public record Regret(String proposed, String best, double lost, double cost, Result sweep) {
    static Regret of(Advisor advisor) {
        Result sweep = advisor.swept().run();
        Comparison comparison = sweep.comparison();
        String proposed = advisor.recipe().name();
        String best = comparison.best();
        double seconds = comparison.runs().stream().mapToDouble(RunResult::seconds).sum();
        return new Regret(
                proposed,
                best,
                Math.abs(mean(comparison, best) - mean(comparison, proposed)),
                advisor.seconds() / seconds,
                sweep);
    }

    private static double mean(Comparison comparison, String recipe) {
        return comparison.summaries().stream()
                .filter(s -> s.recipe().equals(recipe))
                .mapToDouble(s -> s.score().mean())
                .findFirst()
                .orElseThrow();
    }

    /** The full sweep, with what the proposal loses in its name. */
    public Table table() {
        return sweep.table().setName(toString());
    }

    @Override
    public String toString() {
        Metric metric = sweep.comparison().metric();
        String said =
                proposed.equals(best)
                        ? proposed + " is the best of the full sweep"
                        : proposed
                                + " loses "
                                + Figures.difference(metric, lost)
                                + " "
                                + Figures.unit(metric)
                                + " against "
                                + best
                                + ", the best of the full sweep"
                                + (sweep.comparison().pair(proposed, best).separable()
                                        ? ""
                                        : ", not separable");
        return said + "; the proposal cost " + Figures.format("0%").format(cost) + " of it";
    }
}
