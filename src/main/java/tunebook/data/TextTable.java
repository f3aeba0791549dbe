package tunebook.data;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;
import tunebook.core.Names;
import tunebook.core.TunebookException;

/**
 * A table whose rows are to become labelled texts: say which column is what, then {@link #split}.
 * Immutable; every call gives another table.
 */
public final class TextTable {
    private final Rows rows;
    private final String text;
    private final String label;
    private final String id;
    private final String group;
    private final long seed;
    private final boolean skipBad;

    private TextTable(
            Rows rows,
            String text,
            String label,
            String id,
            String group,
            long seed,
            boolean skipBad) {
        this.rows = rows;
        this.text = text;
        this.label = label;
        this.id = id;
        this.group = group;
        this.seed = seed;
        this.skipBad = skipBad;
    }

    /**
     * The rows of a file in UTF-8: {@code .tsv} with tabs and {@code .csv} with commas, or with
     * semicolons where the first row has no comma, and that names the columns; {@code .jsonl} with
     * an object a line; or of a {@code .parquet} file of flat columns. All cells stay text.
     *
     * @throws TunebookException if the file is missing, empty, in another encoding, has a quote
     *     that is never closed, or begins with a line that is no object
     */
    public static TextTable read(Path file) {
        return read(file, StandardCharsets.UTF_8);
    }

    /** The same in another encoding; Parquet files say theirs. */
    public static TextTable read(Path file, Charset charset) {
        String name = file.toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return of(
                switch (ending) {
                    case "parquet" -> ParquetFile.read(file);
                    case "tsv", "tab" -> Rows.separated(name, TextFile.read(file, charset), '\t');
                    case "jsonl", "ndjson" -> JsonLines.read(name, TextFile.read(file, charset));
                    default -> Rows.separated(name, TextFile.read(file, charset));
                });
    }

    /** The rows of a table under a name for results and errors. */
    public static TextTable of(String name, Table table) {
        List<Rows.Row> rows = new ArrayList<>();
        for (int i = 0; i < table.rowCount(); i++) {
            int row = i;
            List<String> cells =
                    IntStream.range(0, table.columnCount())
                            .mapToObj(column -> table.getUnformatted(row, column))
                            .toList();
            rows.add(new Rows.Row(name + " row " + (row + 1), cells));
        }
        return of(new Rows(name, table.columnNames(), rows, List.of()));
    }

    private static TextTable of(Rows rows) {
        String id = rows.columns().contains("id") ? "id" : null;
        return new TextTable(rows, null, null, id, null, 1, false);
    }

    /**
     * The column with the texts.
     *
     * @throws TunebookException if there is no such column
     */
    public TextTable text(String column) {
        return new TextTable(rows, known(column, "text"), label, id, group, seed, skipBad);
    }

    /**
     * The column with the labels. Blanks around one do not belong to it; labels that differ in case
     * or within stay apart, and {@link Dataset#warnings} asks whether they are one.
     *
     * @throws TunebookException if there is no such column
     */
    public TextTable label(String column) {
        return new TextTable(rows, text, known(column, "label"), id, group, seed, skipBad);
    }

    /**
     * The column with numbers, one a text, in place of labels.
     *
     * @throws TunebookException if there is no such column
     */
    public NumberTable number(String column) {
        return new NumberTable(answer(column, AnswerCell.NUMBER));
    }

    /**
     * The column with any number of labels for each text, separated by {@code ;} or {@code |}, or a
     * list in JSON Lines; an empty cell has none.
     *
     * @throws TunebookException if there is no such column
     */
    public LabelSetTable labels(String column) {
        return labels(column, ";|");
    }

    /**
     * The same with other separators.
     *
     * @param separators characters that stand between two labels, each by itself
     * @throws TunebookException if there is no such column, or no separator
     */
    public LabelSetTable labels(String column, String separators) {
        return new LabelSetTable(answer(column, AnswerCell.LABELS), separators);
    }

    private TextTable answer(String column, AnswerCell cell) {
        return new TextTable(rows, text, known(column, cell.role()), id, group, seed, skipBad);
    }

    /**
     * The column that names each row; where none is given, {@code id} if there is one, else rows
     * are numbered.
     *
     * @throws TunebookException if there is no such column
     */
    public TextTable id(String column) {
        return new TextTable(rows, text, label, known(column, "id"), group, seed, skipBad);
    }

    /**
     * A column whose values are never divided between parts, for example the person who wrote the
     * text; without one, rows with the same text stay together.
     *
     * @throws TunebookException if there is no such column
     */
    public TextTable group(String column) {
        return new TextTable(rows, text, label, id, known(column, "group"), seed, skipBad);
    }

    /** Splits differently; at first the seed is 1. */
    public TextTable splitSeed(long seed) {
        return new TextTable(rows, text, label, id, group, seed, skipBad);
    }

    /** Leaves out rows that are broken instead of refusing them; {@link Dataset#skipped} counts. */
    public TextTable skipBad() {
        return new TextTable(rows, text, label, id, group, seed, true);
    }

    /**
     * Splits the rows at random into three parts with the same share of each label. Rows with the
     * same text, or of the same group, stay in the same part.
     *
     * @param train share of rows to learn from
     * @param validation share of rows to choose by
     * @param test share of rows to compare by
     * @throws TunebookException if a row is broken, a class too small, or the shares are not
     *     positive with sum 1
     */
    public Dataset<TextExample> split(double train, double validation, double test) {
        double[] shares = Split.checked(train, validation, test);
        Checked checked = checked(AnswerCell.LABEL);
        List<List<Labelled>> parts =
                Classes.split(new Split(seed), rows.name(), checked.rows(), shares);
        return Classes.of(rows.name(), parts, seed, checked.skipped());
    }

    /** Rows with nothing wrong, and how many others were left out. */
    record Checked(String name, List<Labelled> rows, long seed, int skipped) {}

    /** The rows, whose answers are to be of a kind. */
    Checked checked(AnswerCell answer) {
        if (text == null || label == null) {
            throw new TunebookException(
                    rows.name(),
                    "does not know which column is the " + (text == null ? "text" : answer.role()),
                    "call text(column) and "
                            + answer.role()
                            + "(column); columns are "
                            + rows.columns());
        }
        BadRows bad = new BadRows(skipBad);
        rows.broken().forEach(bad::add);
        return new Checked(rows.name(), labelled(answer, bad), seed, bad.count());
    }

    private List<Labelled> labelled(AnswerCell answer, BadRows bad) {
        int textAt = rows.columns().indexOf(text);
        int labelAt = rows.columns().indexOf(label);
        int idAt = id == null ? -1 : rows.columns().indexOf(id);
        int groupAt = rows.columns().indexOf(group == null ? text : group);
        Map<String, Labelled> byId = new LinkedHashMap<>();
        Map<String, String> firstWhere = new HashMap<>();
        for (int i = 0; i < rows.rows().size(); i++) {
            Rows.Row row = rows.rows().get(i);
            String name = idAt < 0 ? "row-" + (i + 1) : row.cells().get(idAt).strip();
            Labelled example =
                    new Labelled(
                            name,
                            row.cells().get(textAt),
                            row.cells().get(labelAt).strip(),
                            row.cells().get(groupAt).strip());
            if (bad.refuses(row.where(), example, text, label, answer)) continue;
            String earlier = firstWhere.putIfAbsent(name, row.where());
            if (earlier == null) {
                byId.put(name, example);
            } else {
                bad.add(
                        new TunebookException(
                                row.where(),
                                "has the " + id + " \"" + name + "\" of " + earlier,
                                "give each row its own, or name another column with id(column)"));
            }
        }
        return List.copyOf(byId.values());
    }

    @Override
    public String toString() {
        return rows.name()
                + ": "
                + rows.rows().size()
                + " rows of "
                + String.join(", ", rows.columns());
    }

    private String known(String column, String role) {
        if (rows.columns().contains(column)) return column;
        String columns =
                rows.columns().stream()
                        .map(name -> "\"" + name + "\"")
                        .collect(Collectors.joining(", "));
        throw new TunebookException(
                role + "(\"" + column + "\") of " + rows.name(),
                "there is no such column; columns are " + columns,
                Names.nearest(column, rows.columns())
                        .filter(nearest -> Names.isNear(column, nearest))
                        .map(nearest -> "nearest is \"" + nearest + "\"")
                        .orElse(
                                "take one of them; if they are a row of yours, put a line with the"
                                        + " columns' names before it"));
    }
}
