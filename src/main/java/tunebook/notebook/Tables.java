package tunebook.notebook;

import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tablesaw's tables as plain HTML. */
final class Tables {
    /** A notebook is no spreadsheet: what comes after these rows is counted, not shown. */
    private static final int ROWS = 100;

    private Tables() {}

    static String text(Table table) {
        return table.print(ROWS);
    }

    static String html(Table table) {
        StringBuilder html = new StringBuilder("<table>");
        if (table.name() != null && !table.name().isBlank()) {
            html.append("<caption>").append(escaped(table.name())).append("</caption>");
        }
        html.append("<thead><tr>");
        for (Column<?> column : table.columns()) {
            html.append("<th scope=\"col\"").append(align(column)).append('>');
            html.append(escaped(column.name())).append("</th>");
        }
        html.append("</tr></thead><tbody>");
        int shown = Math.min(ROWS, table.rowCount());
        for (int row = 0; row < shown; row++) {
            html.append("<tr>");
            for (Column<?> column : table.columns()) {
                html.append("<td").append(align(column)).append('>');
                html.append(escaped(column.getString(row))).append("</td>");
            }
            html.append("</tr>");
        }
        html.append("</tbody></table>");
        if (shown < table.rowCount()) {
            html.append("<p>").append(shown).append(" of ").append(table.rowCount());
            html.append(" rows shown</p>");
        }
        return html.toString();
    }

    private static String align(Column<?> column) {
        return column instanceof NumericColumn ? " style=\"text-align:right\"" : "";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
