package tunebook.study;

import java.util.List;
import java.util.function.Function;
import tech.tablesaw.api.Table;

/**
 * Every recipe against one. That asks fewer questions than every two recipes against each other, so
 * that Holm's correction takes less from each. Decide which one it is before you see the results:
 * whoever picks the worst one afterwards has asked of all.
 *
 * @param comparison that it was made from
 * @param recipe that the others are held against
 * @param pairs of each other recipe and this, in the order of the recipes, p values and levels
 *     after Holm's correction over these pairs alone
 */
public record Baseline(Comparison comparison, String recipe, List<Pair> pairs) {
    /** Keeps its own copy. */
    public Baseline {
        pairs = List.copyOf(pairs);
    }

    /**
     * A row for each other recipe: its score minus this one's with interval, p raw and corrected,
     * effect, whether it is better.
     */
    public Table table() {
        return ComparisonTables.against(this);
    }

    /** The same in words. */
    public VerdictText verdict() {
        return VerdictText.of(this);
    }

    /** A chart of the differences. */
    public <C> C plot(Function<Baseline, C> chart) {
        return chart.apply(this);
    }
}
