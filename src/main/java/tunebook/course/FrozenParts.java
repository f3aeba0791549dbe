package tunebook.course;

import java.util.List;
import java.util.Optional;
import tunebook.model.Backbone;
import tunebook.recipe.Recipe;
import tunebook.study.Result;
import tunebook.study.Study;

/** Lesson 3: of a ResNet only the norms of the last stage learn, and all of them. */
final class FrozenParts implements Lesson {
    private static final String STAGE = "partial last 3";
    private static final String WANTED = "layer3\\.\\d\\.bn\\d\\.(weight|bias)";
    private static final String RUNNING = "layer3\\.\\d\\.bn\\d\\.running_(mean|var)";

    @Override
    public Optional<String> hint(Answer answer) {
        Backbone backbone = answer.result(0, STAGE).study().backbone();
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

    @Override
    public String seen(Answer answer) {
        Study lesson = answer.get(0, Result.class).study();
        Recipe stage = Shown.recipe(lesson, STAGE);
        Recipe mine = answer.get(1, Recipe.class);
        Result both = Shown.beside(lesson, stage, mine);
        return Shown.text(
                "Of the last stage's %s numbers %s learn. Run as the lesson's: %s %s",
                Shown.count(Parts.of(lesson.backbone(), stage).numbers()),
                Shown.count(Parts.of(lesson.backbone(), mine).numbers()),
                Shown.verdict(both),
                Shown.meaning(
                        both.comparison().pair(Shown.YOURS, STAGE),
                        "So the norms alone do better than the whole stage.",
                        "So the norms alone are not enough: what the convolutions learn counts.",
                        "So these runs do not show that the convolutions have to learn."));
    }
}
