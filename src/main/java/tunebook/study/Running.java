package tunebook.study;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tunebook.control.Control;
import tunebook.core.Engine;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Head;
import tunebook.recipe.Tuning;
import tunebook.stats.Metric;
import tunebook.task.Marked;
import tunebook.task.Part;
import tunebook.task.Task;
import tunebook.train.Ending;
import tunebook.train.Outcome;
import tunebook.train.Prefixes;
import tunebook.train.SourceLoss;
import tunebook.train.Space;
import tunebook.train.Trainer;

/**
 * A study under way: runs side by side over one copy of the frozen weights and one set of prefixes.
 */
final class Running {
    private final Study study;
    private final Tally tally;
    private final Workers workers;
    private final Engine engine;
    private final RunKey keys;
    private final Head head;
    private final Task task;
    private final Part train;
    private final Part validation;
    private final Part test;
    private final Optional<SourceLoss> source;
    private final double encoding;
    private final Map<String, RunResult> best = new HashMap<>();

    Running(Study study) {
        this.study = study;
        this.task = Task.of(study.data());
        this.tally = new Tally(study, task.metrics().get(0));
        this.workers = Workers.of(study);
        this.engine = workers.engine();
        this.keys = new RunKey(study, engine);
        this.head = task.over(study.backbone());
        double before = tally.seconds();
        this.train = task.train(study.backbone(), study.textTokens());
        this.validation = task.validation(study.backbone(), study.textTokens());
        this.test = task.test(study.backbone(), study.textTokens());
        this.source = study.source().map(s -> s.over(study.backbone(), study.room()));
        this.encoding = tally.seconds() - before;
        Room.check(study, head, workers, engine, train);
    }

    Result run() {
        try (RunStore store = RunStore.open(study.execution().store());
                SideBySide side = workers.begin(study.execution().observer());
                Engine.Held held = engine.hold(study.backbone().weights(), engine.training());
                Prefixes prefixes =
                        new Prefixes(engine, held, study.backbone(), Space.ofMachine())) {
            Trainer trainer = new Trainer(engine, held, prefixes);
            Map<Planned, RunResult> runs =
                    side.all(
                            Planned.costlyFirst(study, head),
                            planned -> one(planned, trainer, store, side));
            List<RunResult> results =
                    new ArrayList<>(Planned.all(study).stream().map(runs::get).toList());
            for (Control control : study.entrants().controls())
                results.addAll(Controls.runs(control, study, test, keys, store));
            Comparison own = Comparison.of(results, task.classes(), study.entrants().toBeat());
            Comparison comparison = study.entrants().metric().map(own::by).orElse(own);
            return new Result(
                    study,
                    comparison,
                    Cautions.of(study, List.of(train, validation, test), prefixes, results),
                    new Timing(tally.seconds(), encoding, workers::engine),
                    best);
        }
    }

    private RunResult one(Planned planned, Trainer trainer, RunStore store, SideBySide side) {
        String key = keys.of(planned.recipe(), planned.seed());
        Optional<RunResult> known = store.find(key).filter(r -> r.status() != Ending.INTERRUPTED);
        if (known.isPresent()) {
            RunResult found = known.get().named(planned.recipe().name());
            if (store.weights(key).isPresent()) remember(found);
            tally.ended(found, true);
            return found;
        }
        if (side.stopped()) return result(planned, key, 0, Outcome.notBegun(), Marked.NONE);
        Tuning tuning = Tuning.of(planned.recipe(), study.backbone(), head, planned.seed());
        Outcome outcome =
                trainer.run(
                        tuning,
                        train,
                        validation,
                        planned.seed(),
                        new Watching(planned, study.backbone().model(), tally, side::stopped));
        boolean predicts = outcome.ending() != Ending.INTERRUPTED && outcome.usable();
        Marked marked = predicts ? tested(tuning, outcome.learned(), trainer) : Marked.NONE;
        RunResult result = result(planned, key, tuning.trainable(), outcome, marked);
        keep(result, outcome, store);
        tally.ended(result, false);
        return result;
    }

    private Marked tested(Tuning tuning, Weights learned, Trainer trainer) {
        Marked marked = trainer.evaluate(tuning, learned, test);
        return source.isEmpty()
                ? marked
                : marked.with(Metric.SOURCE_LOSS, trainer.evaluate(tuning, learned, source.get()));
    }

    /** Stores a run; of each recipe only the weights that did best on validation are kept. */
    private void keep(RunResult result, Outcome outcome, RunStore store) {
        synchronized (best) {
            RunResult before = best.get(result.recipe());
            boolean better = result.predicted() && result.beats(before);
            store.save(
                    result,
                    better ? SafeTensors.bytes(outcome.learned(), SafeTensors.METADATA) : null);
            if (!better) return;
            best.put(result.recipe(), result);
            if (before != null) store.dropWeights(before.key());
        }
    }

    private void remember(RunResult found) {
        synchronized (best) {
            best.merge(found.recipe(), found, (a, b) -> b.beats(a) ? b : a);
        }
    }

    private RunResult result(
            Planned planned, String key, long trainable, Outcome outcome, Marked marked) {
        return new RunResult(
                planned.recipe().name(),
                planned.seed(),
                key,
                outcome.ending(),
                marked.marks(),
                RunResult.measured(study.metrics(), marked.metrics()),
                trainable,
                outcome.seconds(),
                outcome.peakBytes(),
                outcome.message(),
                outcome.curve(),
                outcome.spent(),
                Provenance.of(engine.device()));
    }
}
