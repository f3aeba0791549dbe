package tunebook.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.Shape;
import tunebook.core.Weight;
import tunebook.data.SafeTensors;
import tunebook.model.Head;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.task.Part;
import tunebook.task.Task;
import tunebook.train.RunCost;

/**
 * What a study will cost, before it runs. Parameters, FLOPs, memory and sizes of files are counted;
 * seconds come from some steps of each recipe on this machine, as it is now.
 *
 * @param costs a recipe's, in the order of the study
 * @param seeds of each
 * @param device that every run has
 * @param seconds of the whole study if no run stops early, controls and the source left out; NaN
 *     where a recipe diverged when it was tried
 */
public record Forecast(List<Cost> costs, int seeds, String device, double seconds) {
    /** Keeps its own copy. */
    public Forecast {
        costs = List.copyOf(costs);
    }

    /**
     * A recipe's.
     *
     * @param recipe its name
     * @param trainable numbers that learn by gradients
     * @param ofHead how many of these are the new head's
     * @param run what one run costs
     * @param savedBytes of the file of what was learned
     * @param seconds of a run that is not stopped early, as {@code result.table()} has them: a mean
     *     over the seeds, of which the first computes what all share; NaN where it diverged when it
     *     was tried
     */
    public record Cost(
            String recipe,
            long trainable,
            long ofHead,
            RunCost run,
            long savedBytes,
            double seconds) {
        /** Multiplications and additions of a step, a mean over all. */
        public double flopsOfStep() {
            return (double) run.flops() / run.steps();
        }
    }

    static Forecast of(Study study) {
        Task task = Task.of(study.data());
        Head head = task.over(study.backbone());
        int limit = study.textTokens();
        Part train = task.train(study.backbone(), limit);
        Part validation = task.validation(study.backbone(), limit);
        Part test = task.test(study.backbone(), limit);
        Map<String, Trials.Trial> trials = Trials.of(study);
        List<Cost> costs = new ArrayList<>();
        double all = 0;
        for (Recipe recipe : study.recipes()) {
            Tuning tuning = Tuning.of(recipe, study.backbone(), head, 1);
            RunCost run = RunCost.of(tuning, train, validation);
            Trials.Trial trial = trials.get(recipe.name());
            double seconds = Double.NaN;
            if (trial != null) {
                int epochs = recipe.settings().budget().epochs();
                seconds =
                        trial.seconds(run, epochs * Trials.rows(validation))
                                + trial.prefix(Trials.rows(train, validation)) / study.seeds();
                all += trial.answers(study.seeds() * Trials.rows(test));
                all += trial.prefix(Trials.rows(test));
            }
            all += study.seeds() * seconds;
            Map<String, Shape> learned =
                    tuning.plan().learning().stream()
                            .collect(Collectors.toMap(Weight::name, Weight::shape));
            long saved = SafeTensors.size(learned, SafeTensors.METADATA);
            long ofHead = tuning.plan().trainableHead();
            costs.add(new Cost(recipe.name(), tuning.trainable(), ofHead, run, saved, seconds));
        }
        Workers workers = Workers.of(study);
        return new Forecast(costs, study.seeds(), workers.engine().device(), all / workers.count());
    }

    /** A row for each recipe. */
    public Table table() {
        return Table.create(title())
                .addColumns(
                        StringColumn.create("recipe", costs.stream().map(Cost::recipe)),
                        whole("parameters that learn", Cost::trainable),
                        whole("of these the new head's", Cost::ofHead),
                        column("GFLOP a step", "#,##0.000", c -> c.flopsOfStep() / 1e9),
                        column("GFLOP a run", "#,##0.0", c -> c.run().flops() / 1e9),
                        column("steps", "#,##0", c -> c.run().steps()),
                        column("peak MiB", "#,##0", c -> c.run().bytes() / 1048576.0),
                        column("saved KiB", "#,##0", c -> c.savedBytes() / 1024.0),
                        column("seconds a run", "#,##0.0", Cost::seconds));
    }

    private String title() {
        return String.format(
                Locale.ROOT,
                "What it will cost: %s of each, %s in all if none stops early, on %s",
                Figures.count(seeds, "seed"),
                Double.isNaN(seconds)
                        ? "– seconds"
                        : "about " + Figures.count(Math.round(seconds), "second"),
                device);
    }

    private LongColumn whole(String name, ToLongFunction<Cost> value) {
        LongColumn column = LongColumn.create(name, costs.stream().mapToLong(value));
        column.setPrintFormatter(Figures.format("#,##0"), "–");
        return column;
    }

    private DoubleColumn column(String name, String pattern, ToDoubleFunction<Cost> value) {
        DoubleColumn column =
                DoubleColumn.create(name, costs.stream().mapToDouble(value).toArray());
        column.setPrintFormatter(Figures.format(pattern), "–");
        return column;
    }
}
