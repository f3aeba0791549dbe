package tunebook.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tech.tablesaw.api.Table;
import tunebook.core.Names;
import tunebook.core.TunebookException;
import tunebook.stats.Metric;

/**
 * Which recipe is really better: each one's figures with intervals, every pair's difference with a
 * paired test over seeds and examples, corrected for the number of pairs.
 *
 * <p>Interrupted runs are left out and said to be. A diverged run counts with its predictions; one
 * without predictions is missing from the means and pairs, and the verdict says so.
 */
public final class Comparison {
    private final List<RunResult> runs;
    private final List<Metric> metrics;
    private final List<String> classes;
    private final Map<String, String> controls;
    private final SharedSeeds shared;
    private final List<Summary> summaries;
    private final List<Pair> pairs;

    private Comparison(
            List<RunResult> runs,
            List<String> classes,
            Map<String, String> controls,
            Metric metric) {
        this.runs = runs;
        List<Metric> all = new ArrayList<>(runs.get(0).metrics().keySet());
        all.remove(metric);
        all.add(0, metric);
        this.metrics = List.copyOf(all);
        this.classes = classes;
        this.controls = controls;
        this.shared = SharedSeeds.of(runs, metric);
        summaries =
                shared.recipes().stream()
                        .map(name -> Summary.of(name, shared.runs(name), metrics))
                        .toList();
        pairs = shared.pairs(metric());
    }

    /**
     * Compares runs on the same test examples; recipes keep the order of their first runs.
     *
     * @param runs one for each recipe and seed, in any order
     * @param classes the names of classes 0, 1, …; empty where answers are no classes
     */
    public static Comparison of(List<RunResult> runs, List<String> classes) {
        return of(runs, classes, Map.of());
    }

    /**
     * The same where some stand beside the others to be beaten.
     *
     * @param controls their names, each with what speaks against it, as the end of a sentence:
     *     "which needs no backbone"
     */
    public static Comparison of(
            List<RunResult> runs, List<String> classes, Map<String, String> controls) {
        ComparisonCheck.of(runs, classes);
        return new Comparison(
                List.copyOf(runs),
                List.copyOf(classes),
                Map.copyOf(controls),
                runs.get(0).metric());
    }

    /**
     * The same runs compared by another of their metrics: table, pairs, verdict, {@link #best()}.
     * What was decided while they learned stays as it is: epochs and seeds were chosen by {@link
     * #ownMetric()} on validation examples.
     *
     * @throws TunebookException if it was not measured
     */
    public Comparison by(Metric metric) {
        ChosenMetric.check("by(" + metric + ")", metric, metrics);
        return new Comparison(runs, classes, controls, metric);
    }

    /** What runs are judged by while they learn: the task's first metric. */
    public Metric ownMetric() {
        return runs.get(0).metric();
    }

    /**
     * Whether the tests know what each example adds to the metric. Of ROC-AUC, of precision and
     * recall, and of the labels' macro-F1 the kept answers do not say; such tests are over the
     * seeds alone, on these test examples.
     */
    boolean byExamples() {
        return shared.byExamples();
    }

    /** The runs it was made from, interrupted ones included. */
    public List<RunResult> runs() {
        return runs;
    }

    /** What was measured; recipes are compared by the first, which is the chosen one. */
    public List<Metric> metrics() {
        return metrics;
    }

    /** What recipes are compared by. */
    public Metric metric() {
        return metrics.get(0);
    }

    /** The names of classes 0, 1, …; empty where answers are no classes. */
    public List<String> classes() {
        return classes;
    }

    /** What has to be beaten, each with what speaks against it. */
    public Map<String, String> controls() {
        return controls;
    }

    /** How many test examples the runs answered; 0 where none came so far. */
    int testExamples() {
        return runs.stream().mapToInt(run -> run.marks().size()).max().orElse(0);
    }

    /** One summary a recipe, in the order of the recipes. */
    public List<Summary> summaries() {
        return summaries;
    }

    /** Every two recipes, in the order of the recipes. */
    public List<Pair> pairs() {
        return pairs;
    }

    /** The pair of these two recipes, {@code a} in the first place. */
    public Pair pair(String a, String b) {
        for (Pair pair : pairs) {
            if (pair.a().equals(a) && pair.b().equals(b)) return pair;
            if (pair.a().equals(b) && pair.b().equals(a)) return pair.turned();
        }
        List<String> names = summaries.stream().map(Summary::recipe).toList();
        for (String name : List.of(a, b))
            if (!names.contains(name))
                throw new TunebookException(
                        "comparison",
                        "no recipe is called \"" + name + "\"",
                        Names.mend(name, names));
        throw new TunebookException(
                "comparison",
                "no pair of \"" + a + "\" and \"" + b + "\"",
                "the recipes are " + names);
    }

    /**
     * Every other recipe against this one, corrected for these pairs alone.
     *
     * @throws TunebookException if there is no such recipe, or no other
     */
    public Baseline against(String recipe) {
        String where = "against(\"" + recipe + "\")";
        ComparisonTables.checkRecipe(where, this, recipe);
        List<Pair> against = shared.pairs(metric(), recipe);
        if (against.isEmpty())
            throw new TunebookException(
                    where, "it is the only recipe", "compare it with another in recipes(…)");
        return new Baseline(this, recipe, against);
    }

    /** The recipe with the best mean score; whether it is separable, only the pairs say. */
    public String best() {
        return best(name -> true);
    }

    /** The same of those alone that are of use to somebody. */
    String best(Predicate<String> among) {
        return summaries.stream()
                .filter(s -> s.score().n() > 0 && among.test(s.recipe()))
                .max(Comparator.comparing(s -> s.score().mean(), metric()::compare))
                .orElseThrow(
                        () ->
                                new TunebookException(
                                        "comparison",
                                        "no run came as far as predicting the test examples",
                                        "look at the runs' messages; a lower learning rate helps"
                                                + " where they diverged"))
                .recipe();
    }

    @Override
    public String toString() {
        return Figures.count(summaries.size(), "recipe")
                + ", "
                + Figures.count(runs.size(), "run")
                + ", by "
                + metric().words();
    }

    /** Who beats whom, in words. */
    public VerdictText verdict() {
        return VerdictText.of(this);
    }

    /** One row a recipe, with 95% intervals over its seeds on these test examples. */
    public Table table() {
        return ComparisonTables.summaries(this);
    }

    /** One row a pair of recipes. */
    public Table pairTable() {
        return ComparisonTables.pairs(this);
    }

    /**
     * The usual tests of one pair beside the verdict's own: what each says of the difference, and
     * what it takes for granted.
     */
    public Table tests(String a, String b) {
        pair(a, b);
        return TestsTable.of(this, a, b, shared.scores(a, b), shared.scores(b, a));
    }

    /** True classes in rows, predicted classes in columns, counts over all seeds of a recipe. */
    public Confusion confusion(String recipe) {
        return Confusion.of("confusion(\"" + recipe + "\")", this, recipe);
    }

    /**
     * Classes that a recipe confuses, over all its seeds, the most frequent first: true class,
     * predicted class, how often, and that as a share of the true class.
     */
    public Table mostConfused(String recipe) {
        return Confusion.of("mostConfused(\"" + recipe + "\")", this, recipe).most();
    }

    /**
     * The comparison as JSON; differences are of {@code metric}, fractions 0 … 1, {@code p} after
     * Holm's correction, {@code rawP} before it, {@code null} where there is no finite number.
     *
     * @param seconds wall-clock time of the whole study
     * @param peakMemoryMiB the most memory the study held
     */
    public String json(double seconds, double peakMemoryMiB) {
        return ComparisonJson.of(this, seconds, peakMemoryMiB);
    }
}
