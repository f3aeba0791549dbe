package tunebook.view;

import java.util.stream.Collectors;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tables as CSV (RFC 4180): unrounded numbers, CRLF, quotes where needed. */
public final class Csv {
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private Csv() {}

    /** The table, safe to open in a spreadsheet: see {@link #table(Table, boolean)}. */
    public static String table(Table table) {
        return table(table, true);
    }

    /**
     * The table with a line of column names.
     *
     * @param guardFormulas whether a text that a spreadsheet would run as a formula gets an
     *     apostrophe before it; numbers are never touched
     * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP, CSV injection</a>
     */
    public static String table(Table table, boolean guardFormulas) {
        StringBuilder csv = new StringBuilder();
        csv.append(
                table.columns().stream()
                        .map(c -> field(c.name(), guardFormulas))
                        .collect(Collectors.joining(",", "", "\r\n")));
        for (int i = 0; i < table.rowCount(); i++) {
            int at = i;
            csv.append(
                    table.columns().stream()
                            .map(c -> cell(c, at, guardFormulas))
                            .collect(Collectors.joining(",", "", "\r\n")));
        }
        return csv.toString();
    }

    private static String cell(Column<?> column, int row, boolean guardFormulas) {
        if (column.isMissing(row)) return "";
        if (column instanceof NumericColumn<?>) return String.valueOf(column.get(row));
        return field(column.getUnformattedString(row), guardFormulas);
    }

    private static String field(String text, boolean guardFormulas) {
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        String safe = formula && guardFormulas ? "'" + text : text;
        boolean quote = safe.chars().anyMatch(c -> ",\"\r\n\t;".indexOf(c) >= 0);
        return quote ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
    }
}
