package tunebook.course;

import java.util.List;
import java.util.Optional;
import tunebook.recipe.Origin;
import tunebook.recipe.Recipe;
import tunebook.study.Pair;
import tunebook.study.Result;
import tunebook.study.Study;

/** Lesson 1: the same study with a control that starts from shuffled weights. */
final class HeadStart implements Lesson {
    @Override
    public Optional<String> hint(Answer answer) {
        Study shown = answer.get(0, Result.class).study();
        Study control = answer.get(1, Study.class);
        if (from(control, Origin.SHUFFLED).isEmpty())
            return Optional.of(
                    "No recipe begins with the backbone's own numbers in a random order: that"
                            + " control is called shuffledWeights().");
        if (from(control, Origin.PRETRAINED).isEmpty())
            return Optional.of("The control has nobody to be held against: keep full() beside it.");
        Optional<String> other = Kept.study(control, shown);
        if (other.isPresent())
            return other.map(words -> "It has " + words + ": begin with the lesson's study.");
        Recipe full = from(shown, Origin.PRETRAINED).get(0);
        return control.recipes().stream()
                .flatMap(recipe -> other(recipe, full).stream())
                .findFirst()
                .map(
                        words ->
                                words
                                        + ": then there are two differences, and no telling which"
                                        + " one counts.");
    }

    private static Optional<String> other(Recipe recipe, Recipe full) {
        return Kept.settings(recipe, full).map(words -> recipe.name() + " has " + words);
    }

    @Override
    public String seen(Answer answer) {
        Result shown = answer.get(0, Result.class);
        Result control = answer.get(1, Study.class).run();
        String full = from(control.study(), Origin.PRETRAINED).get(0).name();
        String shuffled = from(control.study(), Origin.SHUFFLED).get(0).name();
        return "Accuracy: %s, %s, %s. %s"
                .formatted(
                        score(control, shuffled),
                        score(shown, from(shown.study(), Origin.RANDOM).get(0).name()),
                        score(control, full),
                        meaning(control.comparison().pair(full, shuffled)));
    }

    private static String meaning(Pair pair) {
        return pair.verdict() == Pair.Verdict.BETTER
                ? "The control has numbers as large as the backbone's and is behind: it is what was"
                        + " learned that counts, not the size of the numbers."
                : "These runs do not tell control and backbone apart: ask control.run().verdict().";
    }

    private static String score(Result result, String recipe) {
        return recipe + " " + Shown.score(Shown.summary(result, recipe));
    }

    private static List<Recipe> from(Study study, Origin origin) {
        return study.recipes().stream().filter(r -> r.method().origin() == origin).toList();
    }
}
