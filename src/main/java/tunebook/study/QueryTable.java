package tunebook.study;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A query's answer as a table. SQLite types values, not columns: a column is of whole numbers or of
 * numbers where all its values are, else of text; blobs show their size.
 */
final class QueryTable {
    private QueryTable() {}

    static Table of(ResultSet rows) throws SQLException {
        ResultSetMetaData meta = rows.getMetaData();
        List<List<Object>> columns = new ArrayList<>();
        for (int c = 0; c < meta.getColumnCount(); c++) columns.add(new ArrayList<>());
        while (rows.next()) {
            for (int c = 0; c < columns.size(); c++) columns.get(c).add(rows.getObject(c + 1));
        }
        Table table = Table.create("Query");
        Set<String> taken = new HashSet<>();
        for (int c = 0; c < columns.size(); c++) {
            String name = meta.getColumnLabel(c + 1);
            if (!taken.add(name.toLowerCase(Locale.ROOT))) name = name + " (" + (c + 1) + ")";
            table.addColumns(column(name, columns.get(c)));
        }
        return table;
    }

    private static Column<?> column(String name, List<Object> values) {
        if (all(values, Integer.class, Long.class)) {
            LongColumn column = LongColumn.create(name);
            for (Object value : values) {
                if (value == null) column.appendMissing();
                else column.append(((Number) value).longValue());
            }
            return column;
        }
        if (all(values, Number.class)) {
            DoubleColumn column = DoubleColumn.create(name);
            for (Object value : values) {
                if (value == null) column.appendMissing();
                else column.append(((Number) value).doubleValue());
            }
            return column;
        }
        StringColumn column = StringColumn.create(name);
        for (Object value : values) {
            if (value == null) column.appendMissing();
            else column.append(value instanceof byte[] b ? b.length + " bytes" : value.toString());
        }
        return column;
    }

    private static boolean all(List<Object> values, Class<?>... types) {
        for (Object value : values) {
            boolean fits = value == null;
            for (Class<?> type : types) fits |= type.isInstance(value);
            if (!fits) return false;
        }
        return true;
    }
}
