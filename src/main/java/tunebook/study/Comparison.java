package tunebook.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.stats.Holm;
import tunebook.stats.Interval;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.stats.Paired;
import tunebook.train.Ending;

/**
 * Which recipe is really better: each one's figures with intervals, every pair's difference with a
 * paired test over seeds and examples, corrected for the number of pairs.
 *
 * <p>Interrupted runs are left out and said to be. A diverged run counts with its predictions; one
 * without predictions is missing from the means and pairs, and the verdict says so.
 */
public final class Comparison {
    private static final double LEVEL = 0.95;

    private final List<RunResult> runs;
    private final List<Metric> metrics;
    private final List<String> classes;
    private final List<Summary> summaries;
    private final List<Pair> pairs;

    private Comparison(List<RunResult> runs, List<String> classes) {
        this.runs = runs;
        this.metrics = List.copyOf(runs.get(0).metrics().keySet());
        this.classes = classes;
        Map<String, Map<Long, RunResult>> recipes = byRecipe(runs);
        summaries =
                recipes.entrySet().stream()
                        .map(
                                r ->
                                        Summary.of(
                                                r.getKey(),
                                                List.copyOf(r.getValue().values()),
                                                metrics))
                        .toList();
        pairs = pairs(recipes);
    }

    /**
     * Compares runs on the same test examples; recipes keep the order of their first runs.
     *
     * @param runs one for each recipe and seed, in any order
     * @param classes the names of classes 0, 1, …; empty where answers are no classes
     */
    public static Comparison of(List<RunResult> runs, List<String> classes) {
        check(runs, classes);
        return new Comparison(List.copyOf(runs), List.copyOf(classes));
    }

    /** The runs it was made from, interrupted ones included. */
    public List<RunResult> runs() {
        return runs;
    }

    /** What was measured; recipes are compared by the first. */
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
        throw new TunebookException(
                "comparison",
                "no pair of \"" + a + "\" and \"" + b + "\"",
                "the recipes are " + summaries.stream().map(Summary::recipe).toList());
    }

    /** The recipe with the best mean score; whether it is separable, only the pairs say. */
    public String best() {
        return summaries.stream()
                .filter(s -> s.score().n() > 0)
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

    /** Who beats whom, in words. */
    public VerdictText verdict() {
        return VerdictText.of(this);
    }

    /** One row a recipe, with 95% intervals. */
    public Table table() {
        return ComparisonTables.summaries(this);
    }

    /** One row a pair of recipes. */
    public Table pairTable() {
        return ComparisonTables.pairs(this);
    }

    /** True classes in rows, predicted classes in columns, counts over all seeds of a recipe. */
    public Table confusion(String recipe) {
        return ComparisonTables.confusion(this, recipe);
    }

    /**
     * Classes that a recipe confuses, over all its seeds, the most frequent first: true class,
     * predicted class, how often, and that as a share of the true class.
     */
    public Table mostConfused(String recipe) {
        return ComparisonTables.mostConfused(this, recipe);
    }

    /**
     * The comparison as JSON; fractions 0 … 1, {@code p} after Holm's correction, {@code null}
     * where there is no finite number.
     *
     * @param seconds wall-clock time of the whole study
     * @param peakMemoryMiB the most memory the study held
     */
    public String json(double seconds, double peakMemoryMiB) {
        return ComparisonJson.of(this, seconds, peakMemoryMiB);
    }

    private static Map<String, Map<Long, RunResult>> byRecipe(List<RunResult> runs) {
        Map<String, Map<Long, RunResult>> recipes = new LinkedHashMap<>();
        for (RunResult run : runs) {
            Map<Long, RunResult> seeds =
                    recipes.computeIfAbsent(run.recipe(), name -> new LinkedHashMap<>());
            if (run.status() != Ending.INTERRUPTED) seeds.put(run.seed(), run);
        }
        return recipes;
    }

    private List<Pair> pairs(Map<String, Map<Long, RunResult>> recipes) {
        List<String> names = List.copyOf(recipes.keySet());
        List<Pair> plain = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                String a = names.get(i);
                String b = names.get(j);
                Paired paired = paired(recipes.get(a), recipes.get(b));
                plain.add(
                        new Pair(
                                a,
                                b,
                                paired.difference(),
                                paired.p(),
                                paired.p(),
                                Pair.Verdict.NOT_SEPARABLE));
            }
        }
        return adjusted(plain);
    }

    /** Pairs without a p value are no question asked, so the correction does not count them. */
    private List<Pair> adjusted(List<Pair> plain) {
        double[] p = plain.stream().mapToDouble(Pair::p).filter(v -> !Double.isNaN(v)).toArray();
        double[] adjusted = Holm.adjust(p);
        List<Pair> pairs = new ArrayList<>();
        int next = 0;
        for (Pair pair : plain) {
            double own = Double.isNaN(pair.p()) ? Double.NaN : adjusted[next++];
            Interval difference = pair.difference();
            Pair.Verdict verdict = Pair.Verdict.of(metric(), difference, own);
            pairs.add(new Pair(pair.a(), pair.b(), difference, pair.p(), own, verdict));
        }
        return List.copyOf(pairs);
    }

    private static Paired paired(Map<Long, RunResult> a, Map<Long, RunResult> b) {
        Set<Long> shared = new TreeSet<>(a.keySet());
        shared.removeIf(
                seed ->
                        !b.containsKey(seed)
                                || !a.get(seed).predicted()
                                || !b.get(seed).predicted());
        return Paired.compare(scores(a, shared), scores(b, shared), LEVEL);
    }

    private static double[][] scores(Map<Long, RunResult> runs, Set<Long> seeds) {
        return seeds.stream()
                .map(seed -> runs.get(seed).marks().stream().mapToDouble(Mark::score).toArray())
                .toArray(double[][]::new);
    }

    private static void check(List<RunResult> runs, List<String> classes) {
        if (runs.isEmpty()) {
            throw new TunebookException(
                    "comparison", "there is no run to compare", "run the study first");
        }
        RunResult first = null;
        Set<String> seen = new HashSet<>();
        for (RunResult run : runs) {
            String where = "run " + run.recipe() + " seed " + run.seed();
            if (!seen.add(run.seed() + " " + run.recipe())) {
                throw new TunebookException(
                        where, "is there twice", "give each recipe a name and each seed once");
            }
            if (!run.predicted()) continue;
            if (first == null) first = run;
            if (!truths(first).equals(truths(run))
                    || !first.metrics().keySet().equals(run.metrics().keySet())) {
                throw new TunebookException(
                        where,
                        "was tested on other examples than " + first.recipe(),
                        "compare runs of one data set and one split only");
            }
            for (Mark mark : run.marks()) {
                if (classes.isEmpty()
                        || (classes.contains(mark.truth()) && classes.contains(mark.prediction())))
                    continue;
                throw new TunebookException(
                        where,
                        "class " + mark.prediction() + " for " + mark.truth() + " among " + classes,
                        "name every class of the data set");
            }
        }
    }

    private static List<List<String>> truths(RunResult run) {
        return run.marks().stream().map(mark -> List.of(mark.id(), mark.truth())).toList();
    }
}
