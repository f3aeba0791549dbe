package tunebook.course;

import java.util.Optional;
import tunebook.model.Backbone;
import tunebook.recipe.Recipe;
import tunebook.study.Result;
import tunebook.study.Study;

/** Lesson 2: a recipe that learns more than the head above a cut that is still high. */
final class BelowTheCut implements Lesson {
    private static final String HEAD = "feature extraction";

    @Override
    public Optional<String> hint(Answer answer) {
        Backbone backbone = answer.result(0, HEAD).study().backbone();
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

    @Override
    public String seen(Answer answer) {
        Study lesson = answer.get(0, Result.class).study();
        Recipe mine = answer.get(1, Recipe.class);
        Result both = Shown.beside(lesson, Shown.recipe(lesson, HEAD), mine);
        return Shown.text(
                "%d of %d blocks are below the cut: their work is done once for all epochs. Run as"
                        + " the lesson's: %s A run took %.1f s, the head's alone %.1f s. %s",
                Parts.of(lesson.backbone(), mine).blocksBelowTheCut(),
                lesson.backbone().model().blocks(),
                Shown.verdict(both),
                Shown.summary(both, Shown.YOURS).seconds(),
                Shown.summary(both, HEAD).seconds(),
                Shown.meaning(
                        both.comparison().pair(Shown.YOURS, HEAD),
                        "That is what learning above a high cut buys, and its price.",
                        "So what learns above the cut does harm here: at this rate, or in general?",
                        "These runs do not show that it buys anything."));
    }
}
