package tunebook.study;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tunebook.core.Engine;
import tunebook.core.TunebookException;
import tunebook.data.Dataset;
import tunebook.model.Head;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.task.Part;
import tunebook.task.Task;
import tunebook.train.Ending;
import tunebook.train.Outcome;
import tunebook.train.Phase;
import tunebook.train.Prefixes;
import tunebook.train.RunCost;
import tunebook.train.Space;
import tunebook.train.Spent;
import tunebook.train.Trainer;

/**
 * Some steps of each recipe, side by side as in the study, over a sample that is validated on, too:
 * what takes how long on this machine.
 */
final class Trials {
    private static final int STEPS = 8;

    private final Study trial;
    private final Head head;
    private final Part sample;

    private Trials(Study trial, Head head, Part sample) {
        this.trial = trial;
        this.head = head;
        this.sample = sample;
    }

    /**
     * Seconds of a trial's phases, and what they were for.
     *
     * @param spent means over the runs of a recipe
     * @param steps of each
     * @param rows of the sample
     */
    record Trial(Spent spent, int steps, long rows) {
        /**
         * Seconds of a run to its last validation, rows below the cut left out.
         *
         * @param evaluated rows of all its validations
         */
        double seconds(RunCost cost, long evaluated) {
            double aStep = (spent.in(Phase.OPTIMIZER) + spent.in(Phase.REST)) / steps;
            double aFlop = spent.steps() / Math.max(1.0, (double) spent.flops());
            return cost.steps() * aStep + cost.flops() * aFlop + answers(evaluated);
        }

        static Trial mean(List<Trial> runs) {
            Spent mean = Spent.mean(runs.stream().map(Trial::spent).toList());
            return new Trial(mean, runs.get(0).steps(), runs.get(0).rows());
        }

        /** Seconds of answers to so many rows. */
        double answers(long evaluated) {
            return spent.in(Phase.EVALUATE) * evaluated / rows;
        }

        /** Seconds until so many rows below the cut are computed. */
        double prefix(long below) {
            return spent.in(Phase.PREFIX) * below / rows;
        }
    }

    /**
     * Tries every recipe: once until the virtual machine is warm, and once more. Of those that
     * diverge there is nothing.
     */
    static Map<String, Trial> of(Study study) {
        Workers workers = Workers.of(study);
        int size =
                study.recipes().stream()
                        .mapToInt(r -> r.settings().budget().batchSize())
                        .max()
                        .orElseThrow();
        int examples = study.data().train().size();
        Dataset<?> data =
                examples > STEPS * size ? study.data().sample(STEPS * size) : study.data();
        Task task = Task.of(data);
        Trials trials =
                new Trials(
                        study.seeds(workers.count()).epochs(1),
                        task.over(study.backbone()),
                        task.train(study.backbone(), study.textTokens()));
        Engine engine = workers.engine();
        try (Engine.Held held = engine.hold(study.backbone().weights(), engine.training())) {
            trials.round(workers, engine, held);
            return trials.round(workers, engine, held);
        }
    }

    private Map<String, Trial> round(Workers workers, Engine engine, Engine.Held held) {
        try (SideBySide side = workers.begin(trial.execution().observer());
                Prefixes prefixes =
                        new Prefixes(engine, held, trial.backbone(), Space.ofMachine())) {
            Trainer trainer = new Trainer(engine, held, prefixes);
            Map<Planned, Outcome> runs =
                    side.all(
                            Planned.costlyFirst(trial, head),
                            planned -> run(planned, trainer, side));
            if (side.stopped())
                throw new TunebookException("plan()", "was stopped", "call it again");
            return runs.entrySet().stream()
                    .filter(e -> e.getValue().ending() == Ending.FINISHED)
                    .collect(
                            Collectors.groupingBy(
                                    e -> e.getKey().recipe().name(),
                                    Collectors.mapping(
                                            e -> trial(e.getKey().recipe(), e.getValue()),
                                            Collectors.collectingAndThen(
                                                    Collectors.toList(), Trial::mean))));
        }
    }

    private Outcome run(Planned planned, Trainer trainer, SideBySide side) {
        Tuning tuning = Tuning.of(planned.recipe(), trial.backbone(), head, planned.seed());
        return trainer.run(
                tuning,
                sample,
                sample,
                planned.seed(),
                (step, steps, epoch, loss) -> !side.stopped());
    }

    private Trial trial(Recipe recipe, Outcome outcome) {
        int size = recipe.settings().budget().batchSize();
        int steps = (sample.batches().size() + size - 1) / size;
        return new Trial(outcome.spent(), steps, rows(sample));
    }

    /** Rows of all examples. */
    static long rows(Part... parts) {
        long rows = 0;
        for (Part part : parts)
            for (int i = 0; i < part.batches().size(); i++) rows += part.batches().length(i);
        return rows;
    }
}
