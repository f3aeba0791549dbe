package tunebook.study;

import java.util.Locale;
import java.util.OptionalLong;
import tunebook.core.Engine;
import tunebook.core.TunebookException;
import tunebook.model.Head;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.task.Part;
import tunebook.train.RunCost;

/** Whether a study's runs find room in memory, before the first begins. */
final class Room {
    private static final double GIB = 1L << 30;

    private Room() {}

    /**
     * Refuses what cannot fit.
     *
     * @throws TunebookException if the runs of a recipe, side by side, need more than is free; says
     *     what would fit
     */
    static void check(Study study, Head head, int workers, Engine engine, Part train) {
        for (Recipe recipe : study.recipes()) {
            Tuning tuning = Tuning.of(recipe, study.backbone(), head, 1);
            int size = recipe.settings().budget().batchSize();
            long bytes = RunCost.mostBytes(tuning, train, size);
            OptionalLong free = engine.free(bytes * workers);
            if (free.isEmpty() || bytes * workers <= free.getAsLong()) continue;
            throw new TunebookException(
                    recipe.name(),
                    String.format(
                            Locale.ROOT,
                            "a run needs about %.1f GiB of memory, %d would go side by side, and"
                                    + " %.1f GiB are free",
                            bytes / GIB,
                            workers,
                            free.getAsLong() / GIB),
                    mend(tuning, train, size, workers, free.getAsLong()));
        }
    }

    private static String mend(Tuning tuning, Part train, int size, int workers, long free) {
        String one = workers == 1 ? "" : "call .workers(1)";
        if (workers > 1 && RunCost.mostBytes(tuning, train, size) <= free) return one;
        for (int fewer = size / 2; fewer >= 1; fewer /= 2)
            if (RunCost.mostBytes(tuning, train, fewer) <= free)
                return one + (one.isEmpty() ? "call" : " and") + " .batchSize(" + fewer + ")";
        return "give what learns less, such as lora(8), shorter texts by .limit(…), or a smaller"
                + " backbone";
    }
}
