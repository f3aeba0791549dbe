package tunebook.study;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import tunebook.model.Head;
import tunebook.recipe.Plan;
import tunebook.recipe.Recipe;

/**
 * A run to be done.
 *
 * @param recipe to train by
 * @param seed what its random numbers begin from
 */
public record Planned(Recipe recipe, long seed) {
    /** All runs of a study, seed by seed, so that every recipe has some results early. */
    public static List<Planned> all(Study study) {
        return LongStream.rangeClosed(1, study.seeds())
                .boxed()
                .flatMap(seed -> study.recipes().stream().map(recipe -> new Planned(recipe, seed)))
                .toList();
    }

    /** The same, of each seed those that reach deepest first, so that a short one is the last. */
    static List<Planned> costlyFirst(Study study, Head head) {
        Map<String, Integer> cuts = new HashMap<>();
        for (Recipe recipe : study.recipes())
            cuts.put(recipe.name(), Plan.of(recipe, study.backbone().outline(), head).cut());
        return all(study).stream()
                .sorted(
                        Comparator.comparingLong(Planned::seed)
                                .thenComparing(p -> cuts.get(p.recipe().name())))
                .toList();
    }
}
