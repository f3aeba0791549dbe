package tunebook.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;

/**
 * Learning rates tried for each recipe, every recipe with the same budget, judged on validation
 * examples only: the test examples have no say.
 *
 * @param searched the study that the search was for
 * @param trials what was tried, recipe by recipe
 */
public record RateSearch(Study searched, List<Trial> trials) {
    /**
     * A recipe at one rate.
     *
     * @param recipe the recipe's name
     * @param rate learning rate
     * @param seeds how many runs
     * @param metric what recipes are compared by
     * @param score mean over the seeds of its best value on validation examples
     * @param loss mean over the seeds of the lowest validation loss, in nats
     */
    public record Trial(
            String recipe, double rate, int seeds, Metric metric, double score, double loss) {}

    /** Runs every recipe at each of its own rate's multiples. */
    static RateSearch of(Study study, int seeds, double... factors) {
        Map<String, Recipe> origin = new LinkedHashMap<>();
        List<Recipe> tried = new ArrayList<>();
        for (Recipe recipe : study.recipes()) {
            for (double factor : factors) {
                double rate = recipe.settings().rates().learningRate() * factor;
                String name = recipe.name() + " at " + Figures.format("0.##E0").format(rate);
                tried.add(recipe.learningRate(rate).named(name));
                origin.put(name, recipe);
            }
        }
        Comparison comparison =
                study.recipes(tried.toArray(Recipe[]::new)).seeds(seeds).run().comparison();
        List<Trial> trials =
                tried.stream().map(t -> trial(origin.get(t.name()), t, comparison)).toList();
        return new RateSearch(study, trials);
    }

    private static Trial trial(Recipe recipe, Recipe tried, Comparison comparison) {
        List<RunResult> runs =
                comparison.runs().stream().filter(r -> r.recipe().equals(tried.name())).toList();
        return new Trial(
                recipe.name(),
                tried.settings().rates().learningRate(),
                runs.size(),
                runs.get(0).metric(),
                runs.stream().mapToDouble(RunResult::validationScore).average().orElse(Double.NaN),
                runs.stream().mapToDouble(RunResult::validationLoss).average().orElse(0));
    }

    /** The study with each recipe at its best rate: best score, of equals lowest loss. */
    public Study study() {
        return searched.recipes(
                searched.recipes().stream()
                        .map(r -> r.learningRate(best(r.name()).rate()))
                        .toArray(Recipe[]::new));
    }

    /** What did best of one recipe. */
    public Trial best(String recipe) {
        return trials.stream()
                .filter(t -> t.recipe().equals(recipe))
                .min(((Comparator<Trial>) RateSearch::byScore).thenComparingDouble(Trial::loss))
                .orElseThrow();
    }

    private static int byScore(Trial a, Trial b) {
        return a.metric().compare(b.score(), a.score());
    }

    /** A row for each recipe and rate. */
    public Table table() {
        StringColumn recipe = StringColumn.create("recipe");
        DoubleColumn rate = DoubleColumn.create("rate");
        IntColumn seeds = IntColumn.create("seeds");
        Metric metric = trials.get(0).metric();
        DoubleColumn score = DoubleColumn.create("validation " + metric.words());
        DoubleColumn loss = DoubleColumn.create("validation loss");
        BooleanColumn taken = BooleanColumn.create("taken");
        score.setPrintFormatter(Figures.format(metric), "–");
        loss.setPrintFormatter(Figures.format("0.000"), "–");
        rate.setPrintFormatter(Figures.format("0.0E0"), "–");
        for (Trial trial : trials) {
            recipe.append(trial.recipe());
            rate.append(trial.rate());
            seeds.append(trial.seeds());
            score.append(trial.score());
            loss.append(trial.loss());
            taken.append(trial.equals(best(trial.recipe())));
        }
        return Table.create("Learning rates tried")
                .addColumns(recipe, rate, seeds, score, loss, taken);
    }
}
