package tunebook.study;

import java.util.Comparator;
import java.util.List;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.stats.Metric;
import tunebook.study.Pair.Verdict;

/**
 * Every recipe that predicted against every other.
 *
 * @param comparison that it was made from
 * @param recipes the best mean first
 */
public record Matrix(Comparison comparison, List<String> recipes) {
    /** Keeps its own copy. */
    public Matrix {
        recipes = List.copyOf(recipes);
    }

    /** Of those that predicted, the best mean first. */
    public static Matrix of(Comparison comparison) {
        Metric metric = comparison.metric();
        return new Matrix(
                comparison,
                comparison.summaries().stream()
                        .filter(s -> s.score().n() > 0)
                        .sorted(
                                Comparator.comparing(
                                        s -> s.score().mean(), (a, b) -> metric.compare(b, a)))
                        .map(Summary::recipe)
                        .toList());
    }

    /** What its cells say. */
    public String title() {
        return "Row against column, difference in "
                + Figures.unit(comparison.metric())
                + "; = is not separable"
                + (comparison.pairs().stream().allMatch(Pair::judged)
                        ? ""
                        : ", ? neither: fewer than two seeds in common tell nothing of the chance"
                                + " between runs");
    }

    /** How one does against another, for example {@code better +4.2}. */
    public String words(Pair pair) {
        return switch (pair.verdict()) {
                    case BETTER -> "better ";
                    case WORSE -> "worse ";
                    case NOT_SEPARABLE -> pair.judged() ? "= " : "? ";
                }
                + (pair.difference().mean() > 0 ? "+" : "")
                + Figures.difference(comparison.metric(), pair.difference().mean());
    }

    /** How often one wins, loses or ties. */
    public int count(String recipe, Verdict verdict) {
        return (int)
                recipes.stream()
                        .filter(other -> !other.equals(recipe))
                        .filter(other -> comparison.pair(recipe, other).verdict() == verdict)
                        .count();
    }

    /**
     * A row and a column for each recipe: how the row's does against the column's, by how much;
     * then how often it wins, loses and ties.
     */
    public Table table() {
        Table table = Table.create(title()).addColumns(StringColumn.create("recipe", recipes));
        for (String column : recipes)
            table.addColumns(
                    StringColumn.create(
                            "vs " + column, recipes.stream().map(row -> cell(row, column))));
        for (Verdict verdict : Verdict.values())
            table.addColumns(
                    IntColumn.create(
                            counted(verdict),
                            recipes.stream().mapToInt(row -> count(row, verdict))));
        return table;
    }

    private String cell(String row, String column) {
        return row.equals(column) ? "" : words(comparison.pair(row, column));
    }

    /** What verdicts are counted as. */
    public static String counted(Verdict verdict) {
        return switch (verdict) {
            case BETTER -> "wins";
            case WORSE -> "losses";
            case NOT_SEPARABLE -> "ties";
        };
    }
}
