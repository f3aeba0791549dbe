package tunebook.course;

import java.util.List;
import java.util.Optional;
import tunebook.model.Backbone;
import tunebook.recipe.Recipe;

/** Lesson 3: of a ResNet only the norms of the last stage learn, and all of them. */
final class FrozenParts implements Lesson {
    private static final String WANTED = "layer3\\.\\d\\.bn\\d\\.(weight|bias)";
    private static final String RUNNING = "layer3\\.\\d\\.bn\\d\\.running_(mean|var)";

    @Override
    public Optional<String> hint(Answer answer) {
        Backbone backbone = answer.get(0, Backbone.class);
        List<String> learning = Parts.of(backbone, answer.get(1, Recipe.class)).learning();
        if (learning.isEmpty())
            return Optional.of("Nothing but the head learns. Which form of partial() takes names?");
        Optional<String> more =
                learning.stream().filter(n -> !n.matches(WANTED + "|" + RUNNING)).findFirst();
        if (more.isPresent()) return Optional.of(more.get() + " learns too, and should not.");
        return backbone.weights().names().stream()
                .filter(name -> name.matches(WANTED) && !learning.contains(name))
                .findFirst()
                .map(
                        name ->
                                name
                                        + " is a weight of the last stage's norms too, and stays frozen.");
    }
}
