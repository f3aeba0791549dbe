package tunebook.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import tunebook.control.Control;
import tunebook.core.Engine;
import tunebook.data.SafeTensors;
import tunebook.model.Head;
import tunebook.recipe.Plan;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.study.Study.Planned;
import tunebook.task.Marked;
import tunebook.task.Part;
import tunebook.task.Task;
import tunebook.train.Ending;
import tunebook.train.Outcome;
import tunebook.train.Prefixes;
import tunebook.train.Space;
import tunebook.train.Trainer;

/**
 * A study under way: runs side by side over one copy of the frozen weights and one set of prefixes.
 */
final class Running {
    private final Study study;
    private final Tally tally;
    private final int workers;
    private final int threads;
    private final Engine engine;
    private final RunKey keys;
    private final Head head;
    private final Task task;
    private final Part train;
    private final Part validation;
    private final Part test;
    private final double encoding;
    private final Map<String, RunResult> best = new HashMap<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private boolean interrupted;

    Running(Study study) {
        this.study = study;
        this.task = Task.of(study.data());
        this.tally = new Tally(study, task.metrics().get(0));
        int processors = Runtime.getRuntime().availableProcessors();
        int wanted = study.execution().workers() == 0 ? processors : study.execution().workers();
        this.workers = Math.min(wanted, study.recipes().size() * study.seeds());
        this.threads = Math.max(1, processors / workers);
        this.engine = study.execution().engine().apply(threads);
        this.keys = new RunKey(study, engine);
        this.head = task.over(study.backbone());
        double before = tally.seconds();
        this.train = task.train(study.backbone(), study.textTokens());
        this.validation = task.validation(study.backbone(), study.textTokens());
        this.test = task.test(study.backbone(), study.textTokens());
        this.encoding = tally.seconds() - before;
    }

    Result run() {
        try (RunStore store = RunStore.open(study.execution().store());
                Observer.Registration stop =
                        study.execution().observer().onStop(() -> stopped.set(true));
                Engine.Held held = engine.hold(study.backbone().weights(), engine.training());
                Prefixes prefixes =
                        new Prefixes(engine, held, study.backbone(), Space.ofMachine())) {
            Trainer trainer = new Trainer(engine, held, prefixes);
            List<RunResult> results = new ArrayList<>(all(planned -> one(planned, trainer, store)));
            for (Control control : study.entrants().controls())
                results.addAll(Controls.runs(control, study, test, keys, store));
            Comparison comparison =
                    Comparison.of(results, task.classes(), study.entrants().toBeat());
            return new Result(
                    study,
                    comparison,
                    Cautions.of(study, List.of(train, validation, test), prefixes, results),
                    new Timing(
                            tally.seconds(),
                            encoding,
                            () -> study.execution().engine().apply(threads)),
                    best);
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private interface Work {
        RunResult on(Planned planned);
    }

    /**
     * Every planned run in its order; stopping, by hook or by interrupt, ends each within a step.
     */
    private List<RunResult> all(Work work) {
        ExecutorService pool = Executors.newFixedThreadPool(workers, Running::daemon);
        Map<Planned, Future<RunResult>> futures = new HashMap<>();
        try {
            costlyFirst().forEach(p -> futures.put(p, pool.submit(() -> work.on(p))));
            List<RunResult> results = new ArrayList<>();
            study.planned().forEach(planned -> results.add(await(futures.get(planned))));
            return results;
        } finally {
            stopped.set(true);
            pool.shutdown();
            idle(pool);
        }
    }

    /** What runs on after another one failed still computes with what is closed next. */
    private void idle(ExecutorService pool) {
        while (true) {
            try {
                if (pool.awaitTermination(1, TimeUnit.DAYS)) return;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
    }

    /** Of each seed's runs those that reach deepest first, so that a short one is the last. */
    private Stream<Planned> costlyFirst() {
        Map<String, Integer> cuts = new HashMap<>();
        for (Recipe recipe : study.recipes())
            cuts.put(recipe.name(), Plan.of(recipe, study.backbone().outline(), head).cut());
        return study.planned()
                .sorted(
                        Comparator.comparingLong(Planned::seed)
                                .thenComparing(p -> cuts.get(p.recipe().name())));
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "tunebook-run");
        thread.setDaemon(true);
        return thread;
    }

    private RunResult await(Future<RunResult> future) {
        while (true) {
            try {
                return future.get();
            } catch (InterruptedException e) {
                stopped.set(true);
                interrupted = true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException cause) throw cause;
                if (e.getCause() instanceof Error cause) throw cause;
                throw new IllegalStateException(e.getCause());
            }
        }
    }

    private RunResult one(Planned planned, Trainer trainer, RunStore store) {
        String key = keys.of(planned.recipe(), planned.seed());
        Optional<RunResult> known = store.find(key).filter(r -> r.status() != Ending.INTERRUPTED);
        if (known.isPresent()) {
            RunResult found = known.get().named(planned.recipe().name());
            if (store.weights(key).isPresent()) remember(found);
            tally.ended(found, true);
            return found;
        }
        if (stopped.get()) return result(planned, key, 0, Outcome.notBegun(), null);
        Tuning tuning = Tuning.of(planned.recipe(), study.backbone(), head, planned.seed());
        Outcome outcome =
                trainer.run(
                        tuning,
                        train,
                        validation,
                        planned.seed(),
                        new Watching(planned, study.backbone().model(), tally, stopped));
        boolean predicts = outcome.ending() != Ending.INTERRUPTED && outcome.usable();
        Marked marked = predicts ? trainer.evaluate(tuning, outcome.learned(), test) : null;
        RunResult result = result(planned, key, tuning.trainable(), outcome, marked);
        keep(result, outcome, store);
        tally.ended(result, false);
        return result;
    }

    /** Stores a run; of each recipe only the weights that did best on validation are kept. */
    private void keep(RunResult result, Outcome outcome, RunStore store) {
        synchronized (best) {
            RunResult before = best.get(result.recipe());
            boolean better = result.predicted() && result.beats(before);
            store.save(
                    result,
                    better ? SafeTensors.bytes(outcome.learned(), Map.of("format", "pt")) : null);
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
                marked == null ? List.of() : marked.marks(),
                marked == null ? RunResult.unmeasured(task.metrics()) : marked.metrics(),
                trainable,
                outcome.seconds(),
                outcome.peakBytes(),
                outcome.message(),
                outcome.curve(),
                outcome.spent(),
                engine.device());
    }
}
