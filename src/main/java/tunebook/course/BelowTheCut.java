package tunebook.course;

import java.util.Optional;
import tunebook.model.Backbone;
import tunebook.recipe.Recipe;

/** Lesson 2: a recipe that learns more than the head above a cut that is still high. */
final class BelowTheCut implements Lesson {
    @Override
    public Optional<String> hint(Answer answer) {
        Backbone backbone = answer.get(0, Backbone.class);
        Parts parts = Parts.of(backbone, answer.get(1, Recipe.class));
        int blocks = backbone.model().blocks();
        int below = parts.blocksBelowTheCut();
        if (parts.learning().isEmpty())
            return Optional.of("Nothing but the head learns: that is feature extraction again.");
        if (3 * below < 2 * blocks)
            return Optional.of(
                    "Only %d of %d blocks are below the cut. The lowest weight that learns is %s: it decides."
                            .formatted(below, blocks, parts.learning().get(0)));
        return Optional.empty();
    }
}
