package tunebook.study;

import java.util.Comparator;
import java.util.List;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.stats.Metric;

/** Every recipe against every other in one table. */
final class MatrixTable {
    private MatrixTable() {}

    /**
     * A row and a column for each recipe that predicted, the best mean first: how the row's does
     * against the column's, by how much; then how often it wins, ties and loses.
     */
    static Table of(Comparison comparison) {
        Metric metric = comparison.metric();
        List<String> names =
                comparison.summaries().stream()
                        .filter(s -> s.score().n() > 0)
                        .sorted(
                                Comparator.comparing(
                                        s -> s.score().mean(), (a, b) -> metric.compare(b, a)))
                        .map(Summary::recipe)
                        .toList();
        Table table =
                Table.create(
                                "Row against column, difference in "
                                        + Figures.unit(metric)
                                        + "; = is not separable")
                        .addColumns(StringColumn.create("recipe", names));
        for (String column : names)
            table.addColumns(
                    StringColumn.create(
                            "vs " + column,
                            names.stream().map(row -> cell(comparison, metric, row, column))));
        for (Pair.Verdict verdict : Pair.Verdict.values())
            table.addColumns(
                    IntColumn.create(
                            counted(verdict),
                            names.stream()
                                    .mapToInt(row -> count(comparison, names, row, verdict))));
        return table;
    }

    private static String cell(Comparison comparison, Metric metric, String row, String column) {
        if (row.equals(column)) return "";
        Pair pair = comparison.pair(row, column);
        double gap = pair.difference().mean();
        String sign = gap > 0 ? "+" : "";
        return switch (pair.verdict()) {
                    case BETTER -> "better ";
                    case WORSE -> "worse ";
                    case NOT_SEPARABLE -> "= ";
                }
                + sign
                + Figures.difference(metric, gap);
    }

    private static int count(
            Comparison comparison, List<String> names, String row, Pair.Verdict verdict) {
        return (int)
                names.stream()
                        .filter(column -> !column.equals(row))
                        .filter(column -> comparison.pair(row, column).verdict() == verdict)
                        .count();
    }

    private static String counted(Pair.Verdict verdict) {
        return switch (verdict) {
            case BETTER -> "wins";
            case WORSE -> "losses";
            case NOT_SEPARABLE -> "ties";
        };
    }
}
