package tunebook.data;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tunebook.core.TunebookException;

/**
 * A table whose rows are to become texts with numbers: {@link TextTable#number} makes it.
 * Immutable; every call gives another table.
 */
public final class NumberTable {
    private static final int MOST_BANDS = 5;

    /** Texts in a band: enough that its shares come out right. */
    private static final int BAND = 40;

    private final TextTable table;

    NumberTable(TextTable table) {
        this.table = table;
    }

    /**
     * The column with the texts.
     *
     * @throws TunebookException if there is no such column
     */
    public NumberTable text(String column) {
        return new NumberTable(table.text(column));
    }

    /**
     * The column that names each row, as for labels.
     *
     * @throws TunebookException if there is no such column
     */
    public NumberTable id(String column) {
        return new NumberTable(table.id(column));
    }

    /**
     * A column whose values are never divided between parts, as for labels.
     *
     * @throws TunebookException if there is no such column
     */
    public NumberTable group(String column) {
        return new NumberTable(table.group(column));
    }

    /** Splits differently; at first the seed is 1. */
    public NumberTable splitSeed(long seed) {
        return new NumberTable(table.splitSeed(seed));
    }

    /** Leaves out rows that are broken, cells that are no finite number among them. */
    public NumberTable skipBad() {
        return new NumberTable(table.skipBad());
    }

    /**
     * Splits the rows at random into three parts. Where there are 80 texts or more, up to five
     * bands of the numbers have the same share everywhere. Rows with the same text stay in the same
     * part.
     *
     * @param train share of rows to learn from
     * @param validation share of rows to choose by
     * @param test share of rows to compare by
     * @throws TunebookException if a row is broken, there are too few, or the shares are not
     *     positive with sum 1
     */
    public Dataset<NumberExample> split(double train, double validation, double test) {
        double[] shares = Split.checked(train, validation, test);
        TextTable.Checked checked = table.checked(AnswerCell.NUMBER);
        Map<String, String> bands = bands(checked.rows());
        List<List<Labelled>> parts =
                new Split(checked.seed())
                        .parts(
                                checked.name(),
                                checked.rows(),
                                Labelled::group,
                                row -> bands.get(row.group()),
                                shares);
        return Dataset.of(
                checked.name(),
                Kind.NUMBERS,
                List.of(),
                parts,
                (part, row) -> new NumberExample(row.id(), row.text(), value(row)),
                checked.seed(),
                checked.skipped());
    }

    private static double value(Labelled row) {
        return Double.parseDouble(row.label());
    }

    /** Each group's band by the rank of its first number; equal numbers may lie on both sides. */
    private static Map<String, String> bands(List<Labelled> rows) {
        Map<String, Double> first = new LinkedHashMap<>();
        rows.forEach(row -> first.putIfAbsent(row.group(), value(row)));
        List<String> ranked =
                first.keySet().stream().sorted(Comparator.comparingDouble(first::get)).toList();
        int bands = Math.min(MOST_BANDS, ranked.size() / BAND);
        Map<String, String> band = new HashMap<>();
        for (int rank = 0; rank < ranked.size(); rank++)
            band.put(
                    ranked.get(rank),
                    bands < 2 ? "" : "band " + (long) rank * bands / ranked.size());
        return band;
    }
}
