package tunebook.study;

import java.nio.file.Path;
import java.util.function.IntFunction;
import tunebook.core.Engine;

/**
 * How and where a study runs; results do not depend on it, but for the limit.
 *
 * @param limit most tokens of a text; 0 for as many as the backbone has positions
 * @param workers runs side by side; 0 for one a processor
 * @param store where runs are kept
 * @param engine makes an engine with so many threads
 * @param observer watches
 */
public record Execution(
        int limit, int workers, Path store, IntFunction<Engine> engine, Observer observer) {
    static Execution on(IntFunction<Engine> engine) {
        return new Execution(0, 0, Path.of("tunebook-runs.db"), engine, Observer.NONE);
    }

    /** An engine with all processors, for what no run shares them with. */
    Engine whole() {
        return engine.apply(Runtime.getRuntime().availableProcessors());
    }

    Execution limit(int changed) {
        return new Execution(changed, workers, store, engine, observer);
    }

    Execution workers(int changed) {
        return new Execution(limit, changed, store, engine, observer);
    }

    Execution store(Path changed) {
        return new Execution(limit, workers, changed, engine, observer);
    }

    Execution engine(IntFunction<Engine> changed) {
        return new Execution(limit, workers, store, changed, observer);
    }

    Execution observer(Observer changed) {
        return new Execution(limit, workers, store, engine, changed);
    }
}
