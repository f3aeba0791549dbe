package tunebook.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tunebook.stats.Holm;
import tunebook.stats.Metric;
import tunebook.stats.Paired;
import tunebook.train.Ending;

/** Runs by recipe and seed, interrupted ones left out, and every two recipes on what both have. */
final class SharedSeeds {
    private static final double LEVEL = 0.95;

    private final Map<String, Map<Long, RunResult>> runs;
    private final TestedScores tested;

    private SharedSeeds(Map<String, Map<Long, RunResult>> runs, TestedScores tested) {
        this.runs = runs;
        this.tested = tested;
    }

    /** Runs, to be tested by a metric. */
    static SharedSeeds of(List<RunResult> all, Metric metric) {
        Map<String, Map<Long, RunResult>> runs = new LinkedHashMap<>();
        for (RunResult run : all) {
            Map<Long, RunResult> seeds =
                    runs.computeIfAbsent(run.recipe(), name -> new LinkedHashMap<>());
            if (run.status() != Ending.INTERRUPTED) seeds.put(run.seed(), run);
        }
        List<RunResult> predicted = all.stream().filter(RunResult::predicted).toList();
        return new SharedSeeds(runs, TestedScores.of(metric, predicted));
    }

    /** Whether the tests know what each example adds. */
    boolean byExamples() {
        return tested.byExamples();
    }

    /** In the order of their first runs. */
    List<String> recipes() {
        return List.copyOf(runs.keySet());
    }

    List<RunResult> runs(String recipe) {
        return List.copyOf(runs.get(recipe).values());
    }

    /**
     * Scores of a recipe with the seeds with which another predicted as well, in their order:
     * [seed, example], or [seed, 1] where the metric of a whole run is all there is.
     */
    double[][] scores(String recipe, String other) {
        Set<Long> seeds = new TreeSet<>(predicted(recipe));
        seeds.retainAll(predicted(other));
        return seeds.stream()
                .map(seed -> tested.of(runs.get(recipe).get(seed)))
                .toArray(double[][]::new);
    }

    private Set<Long> predicted(String recipe) {
        Set<Long> seeds = new TreeSet<>();
        runs.get(recipe)
                .forEach(
                        (seed, run) -> {
                            if (tested.has(run)) seeds.add(seed);
                        });
        return seeds;
    }

    /** Every two recipes with their verdict. */
    List<Pair> pairs(Metric metric) {
        List<String> names = recipes();
        Map<List<String>, Paired> plain = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++)
            for (int j = i + 1; j < names.size(); j++)
                plain.put(List.of(names.get(i), names.get(j)), paired(names.get(i), names.get(j)));
        return corrected(metric, plain);
    }

    /** Every other recipe against one, with the verdict. */
    List<Pair> pairs(Metric metric, String baseline) {
        Map<List<String>, Paired> plain = new LinkedHashMap<>();
        for (String name : recipes())
            if (!name.equals(baseline)) plain.put(List.of(name, baseline), paired(name, baseline));
        return corrected(metric, plain);
    }

    /** Pairs that cannot be judged are no question asked, so the correction does not count them. */
    private static List<Pair> corrected(Metric metric, Map<List<String>, Paired> plain) {
        double[] asked =
                plain.values().stream().filter(Paired::judged).mapToDouble(Paired::p).toArray();
        double[] adjusted = Holm.adjust(asked);
        double[] levels = Holm.levels(asked, Pair.LEVEL);
        List<Pair> pairs = new ArrayList<>();
        int next = 0;
        for (var entry : plain.entrySet()) {
            Paired paired = entry.getValue();
            String a = entry.getKey().get(0);
            String b = entry.getKey().get(1);
            boolean judged = paired.judged();
            double p = judged ? adjusted[next] : Double.NaN;
            double level = judged ? levels[next] : Double.NaN;
            if (judged) next++;
            Pair.Verdict verdict = Pair.Verdict.of(metric, paired.difference(), p);
            pairs.add(new Pair(a, b, paired, p, level, verdict));
        }
        return List.copyOf(pairs);
    }

    private Paired paired(String a, String b) {
        return Paired.compare(scores(a, b), scores(b, a), LEVEL);
    }
}
