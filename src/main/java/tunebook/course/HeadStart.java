package tunebook.course;

import java.util.List;
import java.util.Optional;
import tunebook.recipe.Origin;
import tunebook.recipe.Recipe;
import tunebook.study.Study;

/** Lesson 1: the same study with a control that starts from shuffled weights. */
final class HeadStart implements Lesson {
    @Override
    public Optional<String> hint(Answer answer) {
        Study shown = answer.get(0, Study.class);
        Study control = answer.get(1, Study.class);
        if (from(control, Origin.SHUFFLED).isEmpty())
            return Optional.of(
                    "No recipe begins with the backbone's own numbers in a random order. Look for"
                            + " the control that keeps how large the numbers are and loses what"
                            + " they mean.");
        if (from(control, Origin.PRETRAINED).isEmpty())
            return Optional.of("The control has nobody to be held against: keep full() beside it.");
        if (!control.backbone().name().equals(shown.backbone().name())
                || !control.data().sha256().equals(shown.data().sha256()))
            return Optional.of("Backbone or data differ from the lesson's: take them from study.");
        if (control.seeds() < shown.seeds())
            return Optional.of("It runs with fewer seeds than the lesson's study.");
        if (control.recipes().stream().anyMatch(recipe -> !alike(recipe, shown)))
            return Optional.of(
                    "One recipe has another rate, batch or number of epochs than full() has in the"
                            + " lesson: then there are two differences, and no telling which one"
                            + " counts.");
        return Optional.empty();
    }

    private static List<Recipe> from(Study study, Origin origin) {
        return study.recipes().stream().filter(r -> r.method().origin() == origin).toList();
    }

    private static boolean alike(Recipe recipe, Study shown) {
        Recipe full = from(shown, Origin.PRETRAINED).get(0);
        return recipe.settings().rates().equals(full.settings().rates())
                && recipe.settings().budget().equals(full.settings().budget());
    }
}
