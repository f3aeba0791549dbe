package tunebook.study;

import java.nio.file.Path;
import java.util.Optional;
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
 * @param cluster where runs are executed; empty for this process
 */
public record Execution(
        int limit,
        int workers,
        Path store,
        IntFunction<Engine> engine,
        Observer observer,
        Optional<Cluster> cluster) {
    static Execution on(IntFunction<Engine> engine) {
        Path store = Path.of("tunebook-runs.db");
        return new Execution(0, 0, store, engine, Observer.NONE, Optional.empty());
    }

    /** An engine with all processors, for what no run shares them with. */
    Engine whole() {
        return engine.apply(Runtime.getRuntime().availableProcessors());
    }

    Execution limit(int changed) {
        return new Execution(changed, workers, store, engine, observer, cluster);
    }

    Execution workers(int changed) {
        return new Execution(limit, changed, store, engine, observer, cluster);
    }

    Execution store(Path changed) {
        return new Execution(limit, workers, changed, engine, observer, cluster);
    }

    Execution engine(IntFunction<Engine> changed) {
        return new Execution(limit, workers, store, changed, observer, cluster);
    }

    Execution observer(Observer changed) {
        return new Execution(limit, workers, store, engine, changed, cluster);
    }

    Execution cluster(Cluster changed) {
        return new Execution(limit, workers, store, engine, observer, Optional.of(changed));
    }
}
