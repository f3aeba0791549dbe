package tunebook.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import tech.tablesaw.api.Table;
import tunebook.core.Names;
import tunebook.core.TunebookException;

/**
 * What a study found.
 *
 * @param study that was run
 * @param comparison of its runs
 * @param cautions which texts were cut, which examples leak, in words; empty where all is well
 * @param seconds from start to end
 * @param device what computed
 * @param winners of each recipe the run that did best on validation, if one came to predict
 */
public record Result(
        Study study,
        Comparison comparison,
        String cautions,
        double seconds,
        String device,
        Map<String, RunResult> winners) {
    /** Keeps its own copy of the winners. */
    public Result {
        winners = Map.copyOf(winners);
    }

    /**
     * A row for each recipe: accuracy and macro-F1 with 95% intervals, trainable parameters,
     * seconds, memory. Its name says if texts were cut or examples leak from training into test.
     */
    public Table table() {
        Table table = comparison.table();
        return cautions.isEmpty() ? table : table.setName(table.name() + "; " + cautions);
    }

    /** A row for each pair of recipes: difference with interval, p value, who is better. */
    public Table pairs() {
        return comparison.pairTable();
    }

    /**
     * A row for each type of entities and one for all, over all seeds of a recipe: how many there
     * are, were predicted and were right, precision, recall, F1.
     *
     * @throws TunebookException if there is no such recipe, or the study is not about entities
     */
    public Table entityTypes(String recipe) {
        return EntityTables.types(comparison, recipe);
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
        if (winners.isEmpty()) {
            throw new TunebookException(
                    "best()",
                    "no run of this study came to predict",
                    "look at the table's last column, and run again");
        }
        return tuned(comparison.best());
    }

    /**
     * A recipe's model: of its seeds the one that did best on validation.
     *
     * @param recipe its name in the table
     * @throws TunebookException if there is none of this name, or the store has lost its weights
     */
    public Tuned tuned(String recipe) {
        RunResult run = winners.get(recipe);
        if (run == null) {
            throw new TunebookException(
                    "tuned(\"" + recipe + "\")",
                    "no recipe of this name came to predict",
                    Names.nearest(recipe, winners.keySet())
                            .map(n -> "nearest is \"" + n + "\"")
                            .orElse("look at the table"));
        }
        Path file = study.execution().store();
        try (RunStore store = RunStore.open(file)) {
            byte[] weights =
                    store.weights(run.key())
                            .orElseThrow(
                                    () ->
                                            new TunebookException(
                                                    file.toString(),
                                                    "has no weights of " + recipe + " any more",
                                                    "run the study again"));
            return Tuned.of(study, run, weights);
        }
    }
}
