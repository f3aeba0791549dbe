package tunebook.study;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.stats.Mark;
import tunebook.train.Ending;

/** What a recipe took each class for, over all its seeds. */
public final class Confusion {
    private final String recipe;
    private final List<String> classes;

    /** By predicted, then by true class. */
    private final int[][] counts;

    private Confusion(String recipe, List<String> classes, int[][] counts) {
        this.recipe = recipe;
        this.classes = classes;
        this.counts = counts;
    }

    /**
     * Of the runs of a recipe that came to an end.
     *
     * @param where asks, for errors
     */
    static Confusion of(String where, Comparison comparison, String recipe) {
        ComparisonTables.checkRecipe(where, comparison, recipe);
        List<String> classes = comparison.classes();
        if (classes.isEmpty())
            throw new TunebookException(
                    where, "the answers of this study are no classes", "look at result.table()");
        int[][] counts = new int[classes.size()][classes.size()];
        for (RunResult run : comparison.runs()) {
            if (!run.recipe().equals(recipe) || run.status() == Ending.INTERRUPTED) continue;
            for (Mark mark : run.marks())
                counts[classes.indexOf(mark.prediction())][classes.indexOf(mark.truth())]++;
        }
        return new Confusion(recipe, classes, counts);
    }

    /** The classes in their order. */
    public List<String> classes() {
        return classes;
    }

    /** How often examples of a class were taken for one. */
    public int count(int truth, int predicted) {
        return counts[predicted][truth];
    }

    /** The same as a share of the examples of the true class, 0 … 1; 0 where it has none. */
    public double share(int truth, int predicted) {
        int all = Arrays.stream(counts).mapToInt(row -> row[truth]).sum();
        return all == 0 ? 0 : (double) counts[predicted][truth] / all;
    }

    /** What rows and columns are, and whose. */
    public String title() {
        return "True classes in rows, predicted in columns: " + recipe;
    }

    /** Counts: a row for each true class, a column for each that was predicted. */
    public Table table() {
        Table table = Table.create(title(), StringColumn.create("true class", classes));
        for (int c = 0; c < classes.size(); c++)
            table.addColumns(IntColumn.create("→ " + unique(c), counts[c]));
        return table;
    }

    /** Classes that were taken for another, the most frequent first. */
    Table most() {
        int n = classes.size();
        List<Integer> pairs =
                IntStream.range(0, n * n)
                        .filter(i -> i / n != i % n && count(i / n, i % n) > 0)
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> -count(i / n, i % n)))
                        .toList();
        return Table.create("Classes confused most often: " + recipe)
                .addColumns(
                        ComparisonTables.text("true class", pairs, i -> classes.get(i / n)),
                        ComparisonTables.text("predicted", pairs, i -> classes.get(i % n)),
                        ComparisonTables.integers(
                                "times", pairs.stream().mapToInt(i -> count(i / n, i % n))),
                        ComparisonTables.numbers(
                                "of the true class", "0.0%", pairs, i -> share(i / n, i % n)));
    }

    /** Tablesaw takes names that differ only in case for the same. */
    private String unique(int c) {
        boolean taken =
                IntStream.range(0, classes.size())
                        .anyMatch(i -> i != c && classes.get(i).equalsIgnoreCase(classes.get(c)));
        return taken ? classes.get(c) + " (" + c + ")" : classes.get(c);
    }
}
