package tunebook.study;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import tunebook.data.SafeTensors;
import tunebook.task.Marked;
import tunebook.train.Ending;
import tunebook.train.Outcome;
import tunebook.train.Watch;

/** The runs of a study under way: what is to be done, and what became of it. Thread-safe. */
public final class StudyRuns {
    private final Prepared prepared;
    private final Tally tally;
    private final RunStore store;
    private final Map<Planned, RunResult> results = new HashMap<>();
    private final Map<String, RunResult> best = new HashMap<>();
    private String caution = "";

    StudyRuns(Prepared prepared, Tally tally, RunStore store) {
        this.prepared = prepared;
        this.tally = tally;
        this.store = store;
    }

    /** The study. */
    public Study study() {
        return prepared.study;
    }

    Prepared prepared() {
        return prepared;
    }

    /** All runs, of each seed those that reach deepest first, so that a short one is the last. */
    public List<Planned> planned() {
        return Planned.costlyFirst(prepared.study, prepared.head);
    }

    /** What identifies a run: equal keys are equal runs. */
    public String key(Planned planned) {
        return prepared.key(planned);
    }

    /** Whether a run is to be done: where the store has it, it is found and not done again. */
    public boolean begin(Planned planned) {
        String key = key(planned);
        Optional<RunResult> known = store.find(key).filter(r -> r.status() != Ending.INTERRUPTED);
        if (known.isEmpty()) return true;
        RunResult found = known.get().named(planned.recipe().name());
        boolean kept = store.weights(key).isPresent();
        synchronized (this) {
            if (kept) best.merge(found.recipe(), found, (a, b) -> b.beats(a) ? b : a);
            results.put(planned, found);
        }
        tally.ended(found, true);
        return false;
    }

    /**
     * Who sees how far a run is.
     *
     * @param stopped whether the run is to end within a step
     */
    public Watch watch(Planned planned, BooleanSupplier stopped) {
        return new Watching(planned, prepared.study.backbone().model(), tally, stopped);
    }

    /** Stores a run; of each recipe only the weights that did best on validation are kept. */
    public void ended(Planned planned, Done done) {
        RunResult result = done.result();
        synchronized (this) {
            RunResult before = best.get(result.recipe());
            boolean better =
                    result.predicted() && !done.learned().names().isEmpty() && result.beats(before);
            store.save(
                    result,
                    better ? SafeTensors.bytes(done.learned(), SafeTensors.METADATA) : null);
            if (better) best.put(result.recipe(), result);
            if (better && before != null) store.dropWeights(before.key());
            results.put(planned, result);
        }
        tally.ended(result, false);
    }

    /** Keeps what to know about where the runs were done; the last words count. */
    public synchronized void caution(String words) {
        if (!words.isEmpty()) caution = words;
    }

    synchronized String caution() {
        return caution;
    }

    /** What became of a run; of one that never began that it was stopped. */
    synchronized RunResult result(Planned planned) {
        RunResult result = results.get(planned);
        return result != null
                ? result
                : prepared.result(planned, 0, Outcome.notBegun(), Marked.NONE);
    }

    /** Of each recipe the run whose weights are kept. */
    synchronized Map<String, RunResult> best() {
        return Map.copyOf(best);
    }
}
