package tunebook.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tunebook.core.TunebookException;

/**
 * A table whose rows are to become texts with any number of labels: {@link TextTable#labels} makes
 * it. Immutable; every call gives another table.
 */
public final class LabelSetTable {
    private final TextTable table;
    private final String separators;

    /**
     * @param separators characters that stand between labels
     * @throws TunebookException if there is none
     */
    LabelSetTable(TextTable table, String separators) {
        if (separators.isEmpty()) {
            throw new TunebookException(
                    "labels(column, \"\")",
                    "has no separator",
                    "give the character between two labels, for example \";\"");
        }
        this.table = table;
        this.separators = separators;
    }

    /**
     * The column with the texts.
     *
     * @throws TunebookException if there is no such column
     */
    public LabelSetTable text(String column) {
        return new LabelSetTable(table.text(column), separators);
    }

    /**
     * The column that names each row, as for single labels.
     *
     * @throws TunebookException if there is no such column
     */
    public LabelSetTable id(String column) {
        return new LabelSetTable(table.id(column), separators);
    }

    /**
     * A column whose values are never divided between parts, as for single labels.
     *
     * @throws TunebookException if there is no such column
     */
    public LabelSetTable group(String column) {
        return new LabelSetTable(table.group(column), separators);
    }

    /** Splits differently; at first the seed is 1. */
    public LabelSetTable splitSeed(long seed) {
        return new LabelSetTable(table.splitSeed(seed), separators);
    }

    /** Leaves out rows that are broken instead of refusing them; {@link Dataset#skipped} counts. */
    public LabelSetTable skipBad() {
        return new LabelSetTable(table.skipBad(), separators);
    }

    /**
     * Splits the rows into three parts in which each label has about the same share; where a label
     * is too rare for that, the training part gets it first. Rows with the same text stay in the
     * same part.
     *
     * @param train share of rows to learn from
     * @param validation share of rows to choose by
     * @param test share of rows to compare by
     * @throws TunebookException if a row is broken, no row has a label, a label is not in the
     *     training part, or the shares are not positive with sum 1
     * @see <a href="https://doi.org/10.1007/978-3-642-23808-6_10">Sechidis et al. 2011, iterative
     *     stratification</a>
     */
    public Dataset<LabelSetExample> split(double train, double validation, double test) {
        double[] shares = Split.checked(train, validation, test);
        TextTable.Checked checked = table.checked(AnswerCell.LABELS);
        List<LabelSetSplit.Row> rows = new ArrayList<>();
        for (Labelled row : checked.rows()) rows.add(new LabelSetSplit.Row(row, labels(row)));
        List<List<LabelSetSplit.Row>> parts = new LabelSetSplit(checked.seed()).parts(rows, shares);
        Set<String> sorted = new TreeSet<>();
        parts.get(0).forEach(row -> sorted.addAll(row.labels()));
        if (sorted.isEmpty()) {
            throw new TunebookException(
                    checked.name(),
                    "has no label in any row to learn from",
                    "give rows with labels, or check the labels column");
        }
        List<String> labels = List.copyOf(sorted);
        return Dataset.of(
                checked.name(),
                Kind.LABEL_SETS,
                labels,
                parts,
                (part, row) -> example(part, row, labels),
                checked.seed(),
                checked.skipped());
    }

    private static LabelSetExample example(
            String part, LabelSetSplit.Row row, List<String> labels) {
        Labelled given = row.given();
        row.labels().forEach(label -> Classes.place(given.id(), part, labels, label));
        return new LabelSetExample(given.id(), given.text(), List.copyOf(row.labels()));
    }

    private Set<String> labels(Labelled row) {
        boolean list = row.label().indexOf(Rows.LIST) >= 0;
        String characters = list ? String.valueOf(Rows.LIST) : separators;
        Set<String> labels = new TreeSet<>();
        StringBuilder label = new StringBuilder();
        for (char c : (row.label() + characters.charAt(0)).toCharArray()) {
            if (characters.indexOf(c) < 0) {
                label.append(c);
                continue;
            }
            labels.add(label.toString().strip());
            label.setLength(0);
        }
        labels.remove("");
        return labels;
    }
}
