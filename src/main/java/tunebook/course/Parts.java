package tunebook.course;

import java.util.List;
import tunebook.core.Weight;
import tunebook.model.Backbone;
import tunebook.recipe.Plan;
import tunebook.recipe.Recipe;

/** What of a backbone learns under a recipe, the head apart. */
record Parts(Backbone backbone, Plan plan) {
    static Parts of(Backbone backbone, Recipe recipe) {
        return new Parts(
                backbone, Plan.of(recipe, backbone.outline(), backbone.model().classifier(2)));
    }

    /** Names of what learns in the embedding and the blocks. */
    List<String> learning() {
        return plan.learning().stream()
                .map(Weight::name)
                .filter(name -> backbone.model().depth(name) <= backbone.model().blocks())
                .toList();
    }

    /** How many numbers these are, without those that only follow what passes. */
    long numbers() {
        return plan.learning().stream()
                .filter(weight -> weight.kind() == Weight.Kind.LEARNS)
                .filter(
                        weight ->
                                backbone.model().depth(weight.name()) <= backbone.model().blocks())
                .mapToLong(weight -> weight.shape().elements())
                .sum();
    }

    /** How many blocks nothing that learns touches, nor anything below them. */
    int blocksBelowTheCut() {
        return Math.max(0, plan.cut() - 1);
    }
}
