package tunebook.view;

import java.util.function.Function;
import java.util.stream.Collectors;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tunebook.study.VerdictText;

/** Tables and verdicts as Markdown. */
public final class Markdown {
    private Markdown() {}

    /** The whole table, its name above; numbers stand right. */
    public static String table(Table table) {
        StringBuilder text = new StringBuilder();
        if (table.name() != null && !table.name().isBlank()) {
            text.append("**").append(Escape.markdown(table.name())).append("**\n\n");
        }
        row(text, table, Column::name);
        text.append(
                table.columns().stream()
                        .map(c -> c instanceof NumericColumn<?> ? "---:" : ":---")
                        .collect(Collectors.joining(" | ", "| ", " |\n")));
        for (int i = 0; i < table.rowCount(); i++) {
            int at = i;
            row(text, table, column -> column.getString(at));
        }
        return text.toString();
    }

    /** The verdict, a paragraph a sentence. */
    public static String verdict(VerdictText verdict) {
        return verdict.lines().stream()
                .map(Escape::markdown)
                .collect(Collectors.joining("\n\n", "", "\n"));
    }

    private static void row(StringBuilder text, Table table, Function<Column<?>, String> cell) {
        text.append(
                table.columns().stream()
                        .map(column -> Escape.markdown(cell.apply(column)))
                        .collect(Collectors.joining(" | ", "| ", " |\n")));
    }
}
