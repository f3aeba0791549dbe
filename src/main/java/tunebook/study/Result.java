package tunebook.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;

/**
 * What a study found.
 *
 * @param study that was run
 * @param comparison of its runs
 * @param truncation which texts were cut, in words; empty where none was
 * @param seconds from start to end
 * @param device what computed
 * @param tuned the best recipe's model, or null where no run came to predict
 */
public record Result(
        Study study,
        Comparison comparison,
        String truncation,
        double seconds,
        String device,
        Tuned tuned) {
    /**
     * A row for each recipe: accuracy and macro-F1 with 95% intervals, trainable parameters,
     * seconds, memory. Its name says if texts were cut.
     */
    public Table table() {
        Table table = comparison.table();
        return truncation.isEmpty() ? table : table.setName(table.name() + "; " + truncation);
    }

    /** A row for each pair of recipes: difference with interval, p value, who is better. */
    public Table pairs() {
        return comparison.pairTable();
    }

    /** Who beats whom, in words; may say "not separable". */
    public VerdictText verdict() {
        return comparison.verdict();
    }

    /**
     * Everything as JSON: seconds, peak memory of the process, recipes, pairs.
     *
     * @throws TunebookException if the file cannot be written
     */
    public void saveJson(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, comparison.json(seconds, Memory.peakMiB()));
        } catch (IOException e) {
            throw new TunebookException(
                    file.toString(),
                    "cannot be written: " + e,
                    "check the folder and its rights",
                    e);
        }
    }

    /** A chart of the comparison. */
    public <C> C plot(Function<Comparison, C> chart) {
        return chart.apply(comparison);
    }

    /** The best recipe's model: of its seeds the one that did best on validation. */
    public Tuned best() {
        if (tuned == null) {
            throw new TunebookException(
                    "best()",
                    "no run of this study came to predict",
                    "look at the table's last column, and run again");
        }
        return tuned;
    }
}
