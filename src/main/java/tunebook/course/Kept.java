package tunebook.course;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tunebook.recipe.Recipe;
import tunebook.recipe.Setting;
import tunebook.study.Study;

/** What was to be left as the lesson has it, and was not: each with both values, in words. */
final class Kept {
    private final List<String> others = new ArrayList<>();

    private Kept() {}

    /** Backbone, data and seeds of a study; empty where all are the lesson's. */
    static Optional<String> study(Study mine, Study shown) {
        if (mine.backbone() == null || mine.data() == null)
            return Optional.of("no backbone or no data");
        Kept kept = new Kept();
        kept.same("the backbone", mine.backbone().name(), shown.backbone().name());
        if (!mine.data().sha256().equals(shown.data().sha256()))
            kept.same("the data", name(mine, shown), shown.data().name());
        if (mine.seeds() < shown.seeds()) kept.same("seeds", mine.seeds(), shown.seeds());
        return kept.words();
    }

    private static String name(Study mine, Study shown) {
        String name = mine.data().name();
        return name.equals(shown.data().name()) ? "other examples of " + name : name;
    }

    /** All that is set of a recipe but its name; empty where it is the other's. */
    static Optional<String> settings(Recipe mine, Recipe shown) {
        Kept kept = new Kept();
        Map<String, String> right =
                shown.settings().list().stream()
                        .collect(Collectors.toMap(Setting::name, Setting::value));
        for (Setting own : mine.settings().list())
            kept.same(own.name(), own.value(), right.getOrDefault(own.name(), own.value()));
        return kept.words();
    }

    private void same(String what, Object mine, Object shown) {
        if (!mine.equals(shown)) others.add(what + " " + mine + " instead of " + shown);
    }

    private Optional<String> words() {
        return others.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", others));
    }
}
