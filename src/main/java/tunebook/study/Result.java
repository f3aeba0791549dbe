package tunebook.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import tech.tablesaw.api.Table;
import tunebook.core.Names;
import tunebook.core.TunebookException;
import tunebook.recipe.Recipe;

/**
 * What a study found.
 *
 * @param study that was run
 * @param comparison of its runs
 * @param cautions which texts were cut, which examples leak
 * @param timing where the seconds went
 * @param winners of each recipe the run that did best on validation, if one came to predict
 */
public record Result(
        Study study,
        Comparison comparison,
        Cautions cautions,
        Timing timing,
        Map<String, RunResult> winners) {
    /** Keeps its own copy of the winners. */
    public Result {
        winners = Map.copyOf(winners);
    }

    /**
     * A row for each recipe: accuracy and macro-F1 with 95% intervals, trainable parameters (the
     * head's among them: {@link Study#plan()} has both), seconds, memory. Its name says if texts
     * were cut or examples leak from training into test.
     */
    public Table table() {
        Table table = comparison.table();
        String words = cautions.words();
        return words.isEmpty() ? table : table.setName(table.name() + "; " + words);
    }

    /**
     * A row for each run, for a spreadsheet or another program: recipe, seed, learning rate, how it
     * ended, every metric on the test examples, the best on validation, seconds, trainable
     * parameters, memory. {@code save(result.runs(), Path.of("runs.csv"))} writes unrounded
     * numbers.
     */
    public Table runs() {
        return RunsTable.of(this);
    }

    /** A row for each pair of recipes: difference with interval, p value, who is better. */
    public Table pairs() {
        return comparison.pairTable();
    }

    /**
     * Every other recipe against one that was to be beaten from the start: fewer pairs than {@link
     * #pairs()}, and so less taken by the correction.
     *
     * @param recipe its name in the table
     * @throws TunebookException if there is none of this name, or no other
     */
    public Baseline against(String recipe) {
        return comparison.against(recipe);
    }

    /** The same of a recipe of the study. */
    public Baseline against(Recipe recipe) {
        return against(recipe.name());
    }

    /**
     * Every recipe against every other: better, worse or not separable, by how much; then how often
     * each wins, ties and loses.
     */
    public Matrix matrix() {
        return Matrix.of(comparison);
    }

    /**
     * Test examples on which two recipes differ most, over their seeds, at most so many.
     *
     * @throws TunebookException if there is no such pair
     */
    public Table disagreements(String a, String b, int most) {
        return Disagreements.of(this, a, b, most);
    }

    /**
     * The usual tests of one pair of recipes beside the verdict's own: analysis of variance, paired
     * t test, permutations, bootstrap, McNemar's.
     *
     * @throws TunebookException if there is no such pair
     */
    public Table tests(String a, String b) {
        return comparison.tests(a, b);
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

    /** Seconds from start to end. */
    public double seconds() {
        return timing.seconds();
    }

    /**
     * Where the seconds went: a row for each recipe, means over its runs that were measured.
     *
     * <ul>
     *   <li>{@code seconds}: a run from its first step's preparation to its last validation;
     *       answers to the test examples are not in it;
     *   <li>{@code prefix}: rows below the cut: computing them, waiting for a run that does,
     *       copying;
     *   <li>{@code forward}, {@code backward}: all training steps above the cut; a card is told
     *       both before it has done the first, so that there backward has most of it;
     *   <li>{@code optimizer}: the gradients' norm, clipping, AdamW;
     *   <li>{@code evaluate}: answers to the validation examples after each epoch, above the cut;
     *   <li>{@code rest}: seconds that are in none of these;
     *   <li>{@code share of peak}: FLOPs of all training steps' products and attention, by seconds
     *       of forward and backward, by {@link Timing#peak()}, which is this machine's now,
     *       whichever the run was measured on. Runs side by side share the machine, the peak is
     *       measured alone.
     * </ul>
     *
     * <p>Blank are runs that an older Tunebook kept. The table's name has the seconds of the whole
     * study and, of these, those in which texts became tokens or pictures numbers, once for all
     * runs.
     */
    public Table profile() {
        return timing.recipes(comparison);
    }

    /**
     * The same with a row for each run of a recipe.
     *
     * @throws TunebookException if there is no such recipe
     */
    public Table profile(String recipe) {
        return timing.runs(comparison, recipe);
    }

    /** Who beats whom, in words; may say "not separable". */
    public VerdictText verdict() {
        return comparison.verdict();
    }

    /**
     * What stands out in curves, seeds and answers: overfitting, underfitting, instability, class
     * collapse, truncation, pre-training that does not help, each with its evidence.
     */
    public Diagnoses diagnoses() {
        return Diagnoses.of(this);
    }

    /**
     * A row for each recipe: the loss on the study's source before any tuning and after, in nats,
     * and how much it rose.
     *
     * @throws TunebookException if the study names no source
     */
    public Table forgetting() {
        return Forgetting.of(this);
    }

    /**
     * Test examples whose label may be wrong, at most so many: at least half of the runs, whatever
     * the recipe, agree on the same other one.
     *
     * @throws TunebookException if the examples have no classes
     */
    public Table labelNoise(int most) {
        return LabelNoise.of(this, most);
    }

    /**
     * Everything as JSON: seconds, peak memory of the process, recipes, pairs with p raw and
     * corrected.
     *
     * @throws TunebookException if the file cannot be written
     */
    public void saveJson(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, comparison.json(seconds(), Memory.peakMiB()));
        } catch (IOException e) {
            throw new TunebookException(
                    file.toString(),
                    "cannot be written: " + e,
                    "check the folder and its rights",
                    e);
        }
    }

    /**
     * Keeps this study's runs in a store of their own, with the weights of each recipe's winner: to
     * be handed on, and used there with {@link Study#store} or {@link RunStore#merge}. A store that
     * is there already gets these runs as well.
     *
     * @throws TunebookException where the file is something else, which is then left as it is
     */
    public void export(Path file) {
        try (RunStore from = RunStore.open(study.execution().store());
                RunStore to = RunStore.open(file)) {
            for (RunResult run : comparison.runs()) {
                boolean won = run.equals(winners.get(run.recipe()));
                to.save(run, won ? from.weights(run.key()).orElse(null) : null);
            }
        }
    }

    /**
     * Writes what the study was about and what each run gave as one JSON file, by which {@link
     * Study#replay} tells on any machine whether the same comes out: data and weights by their
     * hashes, recipes, seeds, every metric, and hashes over all answers and losses.
     *
     * @throws TunebookException if a run was interrupted, or the file cannot be written
     */
    public void certificate(Path file) {
        CertificateFile.write(file, Certificate.of(this));
    }

    /** A chart of the comparison. */
    public <C> C plot(Function<Comparison, C> chart) {
        return chart.apply(comparison);
    }

    /** Hands everything to a tracker, and gives what it says. */
    public <R> R sendTo(Function<Result, R> tracker) {
        return tracker.apply(this);
    }

    /** The best recipe's model: of its seeds the one that did best on validation. */
    public Tuned best() {
        if (winners.isEmpty()) {
            throw new TunebookException(
                    "best()",
                    "no run of this study came to predict",
                    "look at the table's last column, and run again");
        }
        return tuned(comparison.best(winners::containsKey));
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
                    isControl(recipe)
                            ? "is a control, of which no model is kept"
                            : "no recipe of this name came to predict",
                    winners.isEmpty() ? "look at the table" : Names.mend(recipe, winners.keySet()));
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
            return Tuned.of(this, run, weights);
        }
    }

    private boolean isControl(String name) {
        return study.entrants().controls().stream().anyMatch(c -> c.name().equals(name));
    }
}
