package tunebook.data;

import java.util.ArrayList;
import java.util.List;
import tunebook.core.TunebookException;

/**
 * Rows of text cells under column names, and what was wrong with the rows that are not among them.
 */
record Rows(String name, List<String> columns, List<Row> rows, List<TunebookException> broken) {
    /** Before each entry of a cell that is a list. */
    static final char LIST = '\u001F';

    /**
     * One row.
     *
     * @param where file and line, for errors
     */
    record Row(String where, List<String> cells) {}

    /**
     * Reads a CSV file: with semicolons where the first row, which names the columns, has them
     * alone.
     */
    static Rows separated(String name, String text) {
        return separated(name, text, Csv.separator(text));
    }

    /** Reads a CSV or TSV file: the first row names the columns. */
    static Rows separated(String name, String text, char separator) {
        Csv csv = new Csv(name, text, separator);
        List<Row> rows = new ArrayList<>();
        List<TunebookException> broken = new ArrayList<>();
        List<String> columns = csv.next();
        if (columns == null) {
            throw new TunebookException(
                    name, "is empty", "give a file whose first line names the columns");
        }
        for (List<String> cells = csv.next(); cells != null; cells = csv.next()) {
            String where = name + " line " + csv.line();
            if (cells.size() == columns.size()) {
                rows.add(new Row(where, cells));
            } else {
                broken.add(
                        new TunebookException(
                                where,
                                "has "
                                        + cells.size()
                                        + " cells, the header "
                                        + columns.size()
                                        + " ("
                                        + String.join(", ", columns)
                                        + ")",
                                "put quotes around cells that hold a separator, or skipBad()"));
            }
        }
        return new Rows(name, columns, rows, broken);
    }
}
