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
     * @param accuracy mean over the seeds of the best validation accuracy, 0 … 1
     * @param loss mean over the seeds of the lowest validation loss, in nats
     */
    public record Trial(String recipe, double rate, int seeds, double accuracy, double loss) {}

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
                runs.stream().mapToDouble(RunResult::validationAccuracy).average().orElse(0),
                runs.stream().mapToDouble(RunResult::validationLoss).average().orElse(0));
    }

    /** The study with each recipe at its best rate: highest accuracy, of equals lowest loss. */
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
                .min(
                        Comparator.comparingDouble((Trial t) -> -t.accuracy())
                                .thenComparingDouble(Trial::loss))
                .orElseThrow();
    }

    /** A row for each recipe and rate. */
    public Table table() {
        StringColumn recipe = StringColumn.create("recipe");
        DoubleColumn rate = DoubleColumn.create("rate");
        IntColumn seeds = IntColumn.create("seeds");
        DoubleColumn accuracy = DoubleColumn.create("validation accuracy");
        DoubleColumn loss = DoubleColumn.create("validation loss");
        BooleanColumn taken = BooleanColumn.create("taken");
        accuracy.setPrintFormatter(Figures.format("0.0%"), "–");
        loss.setPrintFormatter(Figures.format("0.000"), "–");
        rate.setPrintFormatter(Figures.format("0.0E0"), "–");
        for (Trial trial : trials) {
            recipe.append(trial.recipe());
            rate.append(trial.rate());
            seeds.append(trial.seeds());
            accuracy.append(trial.accuracy());
            loss.append(trial.loss());
            taken.append(trial.equals(best(trial.recipe())));
        }
        return Table.create("Learning rates tried")
                .addColumns(recipe, rate, seeds, accuracy, loss, taken);
    }
}
