package tunebook.study;

import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import tunebook.core.Engine;
import tunebook.core.Weights;
import tunebook.recipe.Tuning;
import tunebook.stats.Metric;
import tunebook.task.Marked;
import tunebook.train.Ending;
import tunebook.train.Outcome;
import tunebook.train.Prefixes;
import tunebook.train.Space;
import tunebook.train.Trainer;
import tunebook.train.Watch;

/**
 * Does runs of a study in this process, over one copy of the frozen weights and one set of
 * prefixes. Any number of threads may run something at once.
 */
public final class Bench implements AutoCloseable {
    private final Prepared prepared;
    private final Engine.Held held;
    private final Prefixes prefixes;
    private final Trainer trainer;
    private final ReadWriteLock use = new ReentrantReadWriteLock();
    private boolean closed;

    Bench(Prepared prepared) {
        Engine engine = prepared.engine;
        this.prepared = prepared;
        this.held = engine.hold(prepared.study.backbone().weights(), engine.training());
        this.prefixes = new Prefixes(engine, held, prepared.study.backbone(), Space.ofMachine());
        this.trainer = new Trainer(engine, held, prefixes);
    }

    /**
     * A bench for a study that came from elsewhere.
     *
     * @param engine that each run has
     * @throws tunebook.core.TunebookException if a run finds no room in memory
     */
    public static Bench of(Study study, Engine engine) {
        Prepared prepared = new Prepared(study, engine);
        Room.check(study, prepared.head, 1, engine, prepared.train);
        return new Bench(prepared);
    }

    /** All runs of the study, seed by seed. */
    public List<Planned> planned() {
        return Planned.all(prepared.study);
    }

    /** What identifies a run: equal keys are equal runs. */
    public String key(Planned planned) {
        return prepared.key(planned);
    }

    /** Trains, and answers the test examples. */
    public Done run(Planned planned, Watch watch) {
        use.readLock().lock();
        try {
            if (closed) throw new IllegalStateException("the bench is closed");
            return done(planned, watch);
        } finally {
            use.readLock().unlock();
        }
    }

    private Done done(Planned planned, Watch watch) {
        Tuning tuning =
                Tuning.of(
                        planned.recipe(), prepared.study.backbone(), prepared.head, planned.seed());
        Outcome outcome =
                trainer.run(tuning, prepared.train, prepared.validation, planned.seed(), watch);
        boolean predicts = outcome.ending() != Ending.INTERRUPTED && outcome.usable();
        Marked marked = predicts ? tested(tuning, outcome.learned()) : Marked.NONE;
        return new Done(
                prepared.result(planned, tuning.trainable(), outcome, marked), outcome.learned());
    }

    private Marked tested(Tuning tuning, Weights learned) {
        Marked marked = trainer.evaluate(tuning, learned, prepared.test);
        return prepared.source
                .map(s -> marked.with(Metric.SOURCE_LOSS, trainer.evaluate(tuning, learned, s)))
                .orElse(marked);
    }

    /** What found no room, in words; empty where all did. */
    public String caution() {
        return prefixes.caution();
    }

    /** Waits until no run is under way. */
    @Override
    public void close() {
        use.writeLock().lock();
        try (held) {
            closed = true;
            prefixes.close();
        } finally {
            use.writeLock().unlock();
        }
    }
}
