package tunebook.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.Engine;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Full;
import tunebook.recipe.Method;
import tunebook.recipe.Partial;
import tunebook.recipe.Recipe;
import tunebook.recipe.Settings.Budget;
import tunebook.recipe.Tuning;
import tunebook.stats.Metric;
import tunebook.task.Task;
import tunebook.train.Ending;
import tunebook.train.LayerSignals;
import tunebook.train.LayerSignals.Signal;

/**
 * Proposes how many blocks to tune. What decides is a sweep of the cut with one seed: the head
 * alone, the last block, the last two and so on to everything. Of the cuts whose validation score
 * is within one standard error of the best one, that with the lowest validation loss is proposed.
 * What the gradients say of each stage is there for whom it interests, and decides nothing.
 *
 * @param swept the study that it is for, with every cut as a recipe
 * @param trials runs of the sweep, at most one for each cut
 */
public record Advisor(Study swept, List<RunResult> trials) {
    private static final int BATCHES = 8;

    /**
     * Keeps those that finished.
     *
     * @throws TunebookException if none did
     */
    public Advisor {
        trials = trials.stream().filter(run -> run.status() == Ending.FINISHED).toList();
        if (trials.isEmpty())
            throw new TunebookException(
                    "advisor()",
                    "no cut finished its run",
                    "call it again if it was stopped; if the runs diverged, give the first recipe"
                            + " another batch size");
    }

    static Advisor of(Study study) {
        List<Recipe> given = study.recipes();
        Budget budget =
                given.isEmpty() ? study.entrants().usual() : given.get(0).settings().budget();
        List<Recipe> cuts = new ArrayList<>();
        for (Method cut : cuts(study))
            cuts.add(cut.epochs(budget.epochs()).batchSize(budget.batchSize()));
        Study swept = study.controls().exactly(cuts);
        return new Advisor(swept, swept.seeds(1).run().comparison().runs());
    }

    private static List<Method> cuts(Study study) {
        List<Method> cuts = new ArrayList<>(List.of(new FeatureExtraction()));
        int blocks = study.backbone().model().blocks();
        IntStream.rangeClosed(1, blocks).forEach(k -> cuts.add(new Partial().last(k)));
        cuts.add(new Full());
        return cuts;
    }

    /** Of everything, with the head that the cut above all blocks has learned. */
    private static LayerSignals signals(Study study) {
        Weights head = head(study);
        Task task = Task.of(study.data());
        Engine engine = study.execution().whole();
        try (Engine.Held held = engine.hold(study.backbone().weights(), engine.training())) {
            return LayerSignals.of(
                    engine,
                    held,
                    Tuning.of(new Full(), study.backbone(), task.over(study.backbone()), 1),
                    head,
                    task.train(study.backbone(), study.textTokens()).batches(),
                    BATCHES,
                    1);
        }
    }

    /** Learned anew: a store keeps the weights of a recipe's best seed only. */
    private static Weights head(Study study) {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            return study.recipes(study.recipes().get(0))
                    .seeds(1)
                    .store(folder.file("runs.db"))
                    .run()
                    .best()
                    .learned();
        }
    }

    /** The proposal, ready for a study: {@code study.recipes(advisor.recipe(), lora(8))}. */
    public Recipe recipe() {
        String best = best().recipe();
        return swept.recipes().stream()
                .filter(recipe -> recipe.name().equals(best))
                .findFirst()
                .orElseThrow();
    }

    private RunResult best() {
        RunResult highest = null;
        for (RunResult trial : trials) if (trial.beats(highest)) highest = trial;
        double score = highest.validationScore();
        double error =
                highest.metric().share()
                        ? Math.sqrt(score * (1 - score) / swept.data().validation().size())
                        : 0;
        return trials.stream()
                .filter(t -> Math.abs(t.validationScore() - score) <= error)
                .min(Comparator.comparingDouble(RunResult::validationLoss))
                .orElseThrow();
    }

    /** A row for each cut: what the sweep saw on validation examples. */
    public Table table() {
        Metric metric = trials.get(0).metric();
        DoubleColumn scores =
                numbers(
                        "validation " + metric.words(),
                        trials.stream().mapToDouble(RunResult::validationScore));
        scores.setPrintFormatter(Figures.format(metric), "–");
        DoubleColumn losses =
                numbers("validation loss", trials.stream().mapToDouble(RunResult::validationLoss));
        losses.setPrintFormatter(Figures.format("0.000"), "–");
        DoubleColumn seconds = numbers("seconds", trials.stream().mapToDouble(RunResult::seconds));
        seconds.setPrintFormatter(Figures.format("0.0"), "–");
        return Table.create("Proposal: " + recipe().name())
                .addColumns(
                        StringColumn.create("cut", trials.stream().map(RunResult::recipe)),
                        scores,
                        losses,
                        seconds);
    }

    /** Measures what the gradients say: a row for the embedding and for each block. */
    public Table layers() {
        List<Signal> all = signals(swept).all();
        return Table.create("Gradients of each stage, once the head has learned")
                .addColumns(
                        StringColumn.create(
                                "stage",
                                IntStream.range(0, all.size())
                                        .mapToObj(i -> i == 0 ? "embedding" : "block " + i)),
                        numbers("relative norm", all.stream().mapToDouble(Signal::relativeNorm)),
                        numbers("Fisher", all.stream().mapToDouble(Signal::fisher)),
                        numbers(
                                "signal to noise",
                                all.stream().mapToDouble(Signal::signalToNoise)));
    }

    private static DoubleColumn numbers(String name, DoubleStream values) {
        DoubleColumn column = DoubleColumn.create(name, values.toArray());
        column.setPrintFormatter(Figures.format("0.00E0"), "–");
        return column;
    }

    /** Seconds that its runs took. */
    public double seconds() {
        return trials.stream().mapToDouble(RunResult::seconds).sum();
    }

    /** Runs every cut with all seeds, and says what the proposal loses against the best of them. */
    public Regret regret() {
        return Regret.of(this);
    }
}
