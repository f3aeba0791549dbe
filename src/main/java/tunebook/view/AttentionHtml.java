package tunebook.view;

import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.train.AttentionMap;

/** Where the rows of a text look, as a heat map with its numbers. */
public final class AttentionHtml {
    private AttentionHtml() {}

    /** A row for each token, a column for each that is looked at: per cent. */
    public static String of(AttentionMap map) {
        double[][] weights = map.weights();
        List<String> seen = map.seen();
        double most =
                Arrays.stream(weights, 0, HeatMap.shown(map.tokens()))
                        .flatMapToDouble(row -> Arrays.stream(row, 0, HeatMap.shown(seen)))
                        .max()
                        .orElse(1);
        HeatMap.Cells cells =
                new HeatMap.Cells() {
                    @Override
                    public String text(int row, int column) {
                        long percent = Math.round(100 * weights[row][column]);
                        return percent == 0 ? "" : String.valueOf(percent);
                    }

                    @Override
                    public double share(int row, int column) {
                        return weights[row][column] / most;
                    }

                    @Override
                    public Color color(int row, int column) {
                        return Palette.color(0);
                    }
                };
        return HeatMap.of(
                        map.title() + ", per cent",
                        "looks ↓ at →",
                        "tokens",
                        map.tokens(),
                        seen,
                        cells)
                + "\n<p style=\"margin:0.3em 0;max-width:44em;"
                + Theme.FONT
                + "\">"
                + Escape.html(AttentionMap.NOTE)
                + "</p>";
    }

    /** All weights, 0 … 1: a row for each token, a column for each that is looked at. */
    public static Table table(AttentionMap map) {
        Table table =
                Table.create(map.title() + ". " + AttentionMap.NOTE)
                        .addColumns(StringColumn.create("token", map.tokens()));
        double[][] weights = map.weights();
        List<String> seen = map.seen();
        for (int j = 0; j < seen.size(); j++) {
            int at = j;
            table.addColumns(
                    DoubleColumn.create(
                            String.format(Locale.ROOT, "%d %s", j, seen.get(j)),
                            IntStream.range(0, weights.length)
                                    .mapToDouble(i -> weights[i][at])
                                    .toArray()));
        }
        return table;
    }

    /** What each token looks at most. */
    public static String text(AttentionMap map) {
        StringBuilder text = new StringBuilder(map.title()).append('\n');
        double[][] weights = map.weights();
        List<String> seen = map.seen();
        for (int i = 0; i < weights.length; i++) {
            double[] row = weights[i];
            int most =
                    IntStream.range(0, row.length)
                            .reduce((a, b) -> row[b] > row[a] ? b : a)
                            .orElseThrow();
            text.append(Escape.line(map.tokens().get(i)))
                    .append(" → ")
                    .append(Escape.line(seen.get(most)))
                    .append(String.format(Locale.ROOT, " %.0f%%%n", 100 * row[most]));
        }
        return text.append(AttentionMap.NOTE).toString();
    }
}
