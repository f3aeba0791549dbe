package tunebook.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tech.tablesaw.api.Table;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;

/**
 * What was tried for each recipe, every recipe with the same budget, judged on validation examples
 * only: the test examples have no say. Between rounds the lower loss goes on, at the end the better
 * score is taken.
 *
 * @param searched the study that the search was for
 * @param trials what was tried, round by round, recipe by recipe
 */
public record Search(Study searched, List<Trial> trials) {
    private static final Comparator<Trial> BETTER =
            ((Comparator<Trial>) (a, b) -> a.metric().compare(b.score(), a.score()))
                    .thenComparingDouble(Trial::loss);

    /** Keeps its own copy. */
    public Search {
        trials = List.copyOf(trials);
    }

    /**
     * A candidate in a round.
     *
     * @param recipe name of the recipe that it was tried for
     * @param tried the candidate, with the round's epochs
     * @param round from 1
     * @param seeds how many runs
     * @param metric what recipes are compared by
     * @param score mean over the seeds of its best value on validation examples
     * @param loss mean over the seeds of the lowest validation loss, in nats
     * @param seconds of its runs, together
     */
    public record Trial(
            String recipe,
            Recipe tried,
            int round,
            int seeds,
            Metric metric,
            double score,
            double loss,
            double seconds) {
        /** The learning rate. */
        public double rate() {
            return tried.settings().rates().learningRate();
        }

        /** What form of the recipe's method it has. */
        public String form() {
            return tried.method().label();
        }

        /** How many epochs it had. */
        public int epochs() {
            return tried.settings().budget().epochs();
        }
    }

    /** Runs the rounds. */
    static Search of(Study study, Halving budget) {
        Map<String, List<Recipe>> going = new LinkedHashMap<>();
        for (Recipe recipe : study.recipes()) going.put(recipe.name(), budget.candidates(recipe));
        Study plain = study.controls().seeds(budget.seeds());
        List<Trial> all = new ArrayList<>();
        for (int round = 0; round < budget.rounds(); round++) {
            List<Trial> trials = round(plain, going, budget, round);
            all.addAll(trials);
            going.replaceAll((recipe, before) -> better(recipe, trials));
        }
        return new Search(study, all);
    }

    /** By loss, which says more than a count of right answers does after a few epochs. */
    private static List<Recipe> better(String recipe, List<Trial> trials) {
        List<Trial> own = trials.stream().filter(t -> t.recipe().equals(recipe)).toList();
        return own.stream()
                .sorted(Comparator.comparingDouble(Trial::loss))
                .limit(Halving.kept(own.size()))
                .map(Trial::tried)
                .toList();
    }

    private static List<Trial> round(
            Study study, Map<String, List<Recipe>> going, Halving budget, int round) {
        Map<String, Integer> epochs = new LinkedHashMap<>();
        for (Recipe recipe : study.recipes())
            epochs.put(recipe.name(), recipe.settings().budget().epochs());
        Map<String, String> origin = new LinkedHashMap<>();
        List<Recipe> tried = new ArrayList<>();
        going.forEach(
                (recipe, candidates) -> {
                    for (Recipe candidate : candidates) {
                        String name = name(recipe, candidate);
                        origin.put(name, recipe);
                        tried.add(
                                candidate
                                        .epochs(budget.epochs(epochs.get(recipe), round))
                                        .named(name));
                    }
                });
        List<RunResult> runs = study.exactly(tried).run().comparison().runs();
        return tried.stream()
                .map(candidate -> trial(origin.get(candidate.name()), candidate, round + 1, runs))
                .toList();
    }

    private static String name(String recipe, Recipe candidate) {
        String rate = Figures.format("0.##E0").format(candidate.settings().rates().learningRate());
        String form = candidate.method().label();
        return (form.equals(recipe) ? recipe : recipe + ", " + form) + " at " + rate;
    }

    private static Trial trial(String recipe, Recipe tried, int round, List<RunResult> all) {
        List<RunResult> runs = all.stream().filter(r -> r.recipe().equals(tried.name())).toList();
        return new Trial(
                recipe,
                tried,
                round,
                runs.size(),
                runs.get(0).metric(),
                runs.stream().mapToDouble(RunResult::validationScore).average().orElse(Double.NaN),
                runs.stream().mapToDouble(RunResult::validationLoss).average().orElse(0),
                runs.stream().mapToDouble(RunResult::seconds).sum());
    }

    /** The study with each recipe as it did best: best score, of equals lowest loss. */
    public Study study() {
        return searched.exactly(
                searched.recipes().stream()
                        .map(r -> r.form(best(r.name()).tried().method()).learningRate(rate(r)))
                        .toList());
    }

    private double rate(Recipe recipe) {
        return best(recipe.name()).rate();
    }

    /** What did best of one recipe in the last round. */
    public Trial best(String recipe) {
        int last = trials.get(trials.size() - 1).round();
        return trials.stream()
                .filter(t -> t.recipe().equals(recipe) && t.round() == last)
                .min(BETTER)
                .orElseThrow();
    }

    /**
     * Whether the rate that was taken is the lowest or the highest tried of its form, so that the
     * best one may lie beyond.
     *
     * @return "at the edge: try higher" or "lower"; empty within, and where one rate was tried
     */
    public String edge(String recipe) {
        Trial best = best(recipe);
        DoubleSummaryStatistics tried =
                trials.stream()
                        .filter(t -> t.recipe().equals(recipe) && t.form().equals(best.form()))
                        .mapToDouble(Trial::rate)
                        .summaryStatistics();
        if (tried.getMin() == tried.getMax()) return "";
        if (best.rate() == tried.getMax()) return "at the edge: try higher";
        return best.rate() == tried.getMin() ? "at the edge: try lower" : "";
    }

    /** A chart of the search: {@code search.plot(byRate())}. */
    public <C> C plot(Function<Search, C> chart) {
        return chart.apply(this);
    }

    /** A row for each candidate and round; of what was taken also whether it is at the edge. */
    public Table table() {
        return SearchTables.trials(this);
    }

    /** A row for each recipe: what was taken, how many runs, epochs and seconds it cost. */
    public Table cost() {
        return SearchTables.cost(this);
    }
}
