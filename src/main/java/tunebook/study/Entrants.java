package tunebook.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tunebook.control.Control;
import tunebook.recipe.Recipe;
import tunebook.recipe.Settings.Budget;
import tunebook.stats.Metric;
import tunebook.train.Source;

/**
 * What a study compares.
 *
 * @param recipes in the order of tables and charts
 * @param controls what answers without the backbone, after the recipes
 * @param source what the backbone could do before, asked of each recipe again
 * @param usual epochs and batch of recipes that say nothing else
 * @param metric by which, where it is not the task's first
 */
public record Entrants(
        List<Recipe> recipes,
        List<Control> controls,
        Optional<Source> source,
        Budget usual,
        Optional<Metric> metric) {
    static final Entrants NONE =
            new Entrants(List.of(), List.of(), Optional.empty(), Budget.USUAL, Optional.empty());

    /** Keeps its own copies. */
    public Entrants {
        recipes = List.copyOf(recipes);
        controls = List.copyOf(controls);
    }

    /** These as they are. */
    Entrants exactly(List<Recipe> changed) {
        return new Entrants(changed, controls, source, usual, metric);
    }

    /** These, with the usual epochs and batch where they have none of their own. */
    Entrants recipes(List<Recipe> changed) {
        return exactly(changed.stream().map(this::filled).toList());
    }

    private Recipe filled(Recipe recipe) {
        Budget own = recipe.settings().budget();
        Recipe filled = recipe;
        if (own.epochs() == Budget.USUAL.epochs()) filled = filled.epochs(usual.epochs());
        return own.batchSize() == Budget.USUAL.batchSize()
                ? filled.batchSize(usual.batchSize())
                : filled;
    }

    Entrants epochs(int epochs) {
        return new Entrants(
                each(r -> r.epochs(epochs)), controls, source, usual.epochs(epochs), metric);
    }

    Entrants batchSize(int size) {
        return new Entrants(
                each(r -> r.batchSize(size)), controls, source, usual.batchSize(size), metric);
    }

    private List<Recipe> each(UnaryOperator<Recipe> change) {
        return recipes.stream().map(change).toList();
    }

    Entrants controls(List<Control> changed) {
        return new Entrants(recipes, changed, source, usual, metric);
    }

    Entrants source(Source changed) {
        return new Entrants(recipes, controls, Optional.of(changed), usual, metric);
    }

    Entrants metric(Metric changed) {
        return new Entrants(recipes, controls, source, usual, Optional.of(changed));
    }

    /** Names of what has to be beaten, each with what speaks against it. */
    Map<String, String> toBeat() {
        Map<String, String> all = new LinkedHashMap<>();
        for (Recipe recipe : recipes)
            recipe.method().origin().against().ifPresent(why -> all.put(recipe.name(), why));
        for (Control control : controls) all.put(control.name(), "which needs no backbone");
        return all;
    }
}
