package tunebook.study;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;
import tunebook.task.Task;

/** Keeps count of a study under way and tells the observer. Thread-safe. */
final class Tally {
    private final Observer observer;
    private final int total;
    private final long started = System.nanoTime();
    private final Metric metric;
    private final Map<String, List<Double>> scores = new LinkedHashMap<>();
    private int done;
    private int trained;
    private Progress last;

    Tally(Study study) {
        this.metric = Task.of(study.data()).metrics().get(0);
        this.observer = study.execution().observer();
        this.total = study.recipes().size() * study.seeds();
        for (Recipe recipe : study.recipes()) scores.put(recipe.name(), new ArrayList<>());
        last = Progress.before(total, metric);
    }

    synchronized void step(Planned run, int step, int steps, double epoch, double loss) {
        tell(run.recipe().name(), run.seed(), epoch, step, steps, loss, "");
    }

    /** Rows are computed below a part of the model, which comes as a word. */
    synchronized void prepares(Planned run, String above, double share) {
        String what = "rows below " + above + ", " + Math.round(100 * share) + "%";
        tell(run.recipe().name(), run.seed(), 0, 0, 0, Double.NaN, what);
    }

    synchronized void ended(RunResult result, boolean found) {
        done++;
        if (!found) trained++;
        if (result.predicted()) scores.get(result.recipe()).add(result.score());
        tell(result.recipe(), result.seed(), last.epoch(), 0, 0, last.lastLoss(), "");
    }

    private void tell(
            String recipe,
            long seed,
            double epoch,
            int step,
            int steps,
            double loss,
            String preparing) {
        double elapsed = seconds();
        double left = trained == 0 ? Double.NaN : elapsed / trained * (total - done);
        List<Progress.Finished> finished = new ArrayList<>();
        scores.forEach(
                (name, values) -> {
                    double mean =
                            values.stream()
                                    .mapToDouble(Double::doubleValue)
                                    .average()
                                    .orElse(Double.NaN);
                    finished.add(new Progress.Finished(name, mean, values.size()));
                });
        last =
                new Progress(
                        total, done, recipe, seed, epoch, step, steps, elapsed, left, loss, metric,
                        finished, preparing);
        observer.progress(last);
    }

    double seconds() {
        return (System.nanoTime() - started) / 1e9;
    }
}
