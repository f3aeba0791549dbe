package tunebook.bench.djl;

import java.util.Arrays;
import java.util.List;
import tunebook.bench.work.Fit;
import tunebook.bench.work.Report;
import tunebook.bench.work.Reviews;
import tunebook.bench.work.Watch;
import tunebook.bench.work.Worker;
import tunebook.data.Batches;
import tunebook.model.Backbone;
import tunebook.model.Head;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.task.Task;

/**
 * The same runs written down one after another in DJL: batches and their order, schedules and
 * starting values are Tunebook's; after each epoch the validation loss, at the end the test loss.
 */
public final class DjlStudy implements Worker {
    private static final int TOKENS = 128;

    private final Backbone backbone = Reviews.backbone();
    private final List<Recipe> recipes;
    private final int seeds;
    private final Head head;
    private final Batches train;
    private final Batches validation;
    private final Batches test;

    /**
     * @param seeds runs of each recipe
     */
    public DjlStudy(List<Recipe> recipes, int seeds) {
        Libtorch.say();
        this.recipes = recipes;
        this.seeds = seeds;
        Task task = Task.of(Reviews.data());
        this.head = task.over(backbone);
        this.train = task.train(backbone, TOKENS).batches();
        this.validation = task.validation(backbone, TOKENS).batches();
        this.test = task.test(backbone, TOKENS).batches();
    }

    @Override
    public Report unit() {
        Watch watch = new Watch();
        double[] losses = new double[2 * recipes.size()];
        for (int i = 0; i < recipes.size(); i++) {
            for (int seed = 1; seed <= seeds; seed++) {
                Tuning tuning = Tuning.of(recipes.get(i), backbone, head, seed);
                DjlFit.Losses run = DjlFit.losses(new Fit(tuning, train, validation), seed, test);
                int epochs = run.validation().length;
                int last = run.training().length / epochs * (epochs - 1);
                losses[2 * i] +=
                        Arrays.stream(run.training()).skip(last).average().orElse(Double.NaN)
                                / seeds;
                losses[2 * i + 1] += run.validation()[epochs - 1] / seeds;
            }
        }
        return new Report(watch.seconds(), losses);
    }
}
