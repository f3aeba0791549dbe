package tunebook.course;

import java.util.Locale;
import tunebook.recipe.Recipe;
import tunebook.study.Figures;
import tunebook.study.Pair;
import tunebook.study.Result;
import tunebook.study.Study;
import tunebook.study.Summary;

/** Figures of a result, as a check that passes says them. */
final class Shown {
    /** What a person's recipe is called where a check runs it beside one of the lesson's. */
    static final String YOURS = "yours";

    private Shown() {}

    /** A recipe of the lesson's and a person's method with the same settings, run. */
    static Result beside(Study lesson, Recipe shown, Recipe mine) {
        return lesson.recipes(shown, shown.form(mine.method()).named(YOURS)).run();
    }

    static Recipe recipe(Study study, String name) {
        return study.recipes().stream()
                .filter(recipe -> recipe.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Summary summary(Result result, String recipe) {
        return result.comparison().summaries().stream()
                .filter(summary -> summary.recipe().equals(recipe))
                .findFirst()
                .orElseThrow();
    }

    /** The mean over the seeds, as tables have it. */
    static String score(Summary summary) {
        return Figures.value(summary.metric(), summary.score().mean());
    }

    static String verdict(Result result) {
        return String.join(" ", result.verdict().lines());
    }

    /** What follows from a pair, in words for each way it may have come out. */
    static String meaning(Pair pair, String better, String worse, String notSeparable) {
        return switch (pair.verdict()) {
            case BETTER -> better;
            case WORSE -> worse;
            case NOT_SEPARABLE -> notSeparable;
        };
    }

    /** 1234567 → 1,234,567. */
    static String count(long number) {
        return text("%,d", number);
    }

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
