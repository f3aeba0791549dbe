package tunebook.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tech.tablesaw.api.StringColumn;

/** Rows as a person reads them. */
final class Table {
    private Table() {}

    /** The whole table. */
    static String of(List<Row> rows) {
        return tech.tablesaw.api.Table.create(
                        "Tunebook against others",
                        column("case", rows, Row::name),
                        column("tunebook", rows, r -> number(r.tunebook(), "%.4g")),
                        column("peer", rows, r -> number(r.peer(), "%.4g")),
                        column("unit", rows, Row::unit),
                        column("ratio", rows, r -> number(r.ratio(), "%.3f")),
                        column("interval", rows, Table::interval),
                        column("goal", rows, Row::goalWords),
                        column("loss", rows, r -> number(r.lossTunebook(), "%.5f")),
                        column("peer's loss", rows, r -> number(r.lossPeer(), "%.5f")),
                        column("beside", rows, r -> beside(r.besideTunebook())),
                        column("peer's", rows, r -> beside(r.besidePeer())),
                        column("peer is", rows, Row::peerName),
                        column("status", rows, Row::status))
                .printAll();
    }

    /** One row by itself. */
    static String line(Row row) {
        return String.format(
                Locale.ROOT,
                "  ratio %s (%s), loss %s and %s: %s",
                number(row.ratio(), "%.3f"),
                interval(row),
                number(row.lossTunebook(), "%.6f"),
                number(row.lossPeer(), "%.6f"),
                row.status());
    }

    private static String interval(Row row) {
        return row.low() == null
                ? ""
                : number(row.low(), "%.3f") + " to " + number(row.high(), "%.3f");
    }

    private static String beside(Map<String, Double> measured) {
        return measured.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(e -> number(e.getValue(), "%.0f") + " " + e.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String number(Double value, String format) {
        return value == null ? "" : String.format(Locale.ROOT, format, value);
    }

    private static StringColumn column(String name, List<Row> rows, Function<Row, String> cell) {
        return StringColumn.create(name, rows.stream().map(cell));
    }
}
