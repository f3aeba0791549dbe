package tunebook.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tunebook.control.Control;
import tunebook.recipe.Recipe;
import tunebook.train.Source;

/**
 * What a study compares.
 *
 * @param recipes in the order of tables and charts
 * @param controls what answers without the backbone, after the recipes
 * @param source what the backbone could do before, asked of each recipe again
 */
public record Entrants(List<Recipe> recipes, List<Control> controls, Optional<Source> source) {
    static final Entrants NONE = new Entrants(List.of(), List.of(), Optional.empty());

    /** Keeps its own copies. */
    public Entrants {
        recipes = List.copyOf(recipes);
        controls = List.copyOf(controls);
    }

    Entrants recipes(List<Recipe> changed) {
        return new Entrants(changed, controls, source);
    }

    Entrants controls(List<Control> changed) {
        return new Entrants(recipes, changed, source);
    }

    Entrants source(Source changed) {
        return new Entrants(recipes, controls, Optional.of(changed));
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
