package tunebook.study;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Recipe;
import tunebook.support.Tiny;

/** A small study that is run again and again, and what is to be the same each time. */
public final class Repeated {
    private Repeated() {}

    static Study study(Path store, List<Recipe> recipes, int seeds) {
        return anywhere(store, recipes, seeds).workers(1);
    }

    /** The same, with nothing said of where and how its runs are executed. */
    public static Study anywhere(Path store, List<Recipe> recipes, int seeds) {
        return Study.of("the same?", Nd4jEngine::new)
                .backbone(Tiny.backbone(0.1))
                .data(Tiny.data(24, 24))
                .recipes(recipes.toArray(Recipe[]::new))
                .seeds(seeds)
                .epochs(3)
                .batchSize(8)
                .store(store);
    }

    /** What a run left that is not a time: key, marks, metrics, curve, status. */
    public static Map<String, List<Object>> left(Result result) {
        Map<String, List<Object>> all = new HashMap<>();
        for (RunResult run : result.comparison().runs())
            all.put(
                    run.recipe() + " " + run.seed(),
                    List.of(run.key(), run.status(), run.marks(), run.metrics(), run.curve()));
        return all;
    }
}
