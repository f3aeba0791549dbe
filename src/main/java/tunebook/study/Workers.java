package tunebook.study;

import java.util.function.IntFunction;
import tunebook.core.Engine;

/**
 * Runs side by side in this process: how many of a study, and on what.
 *
 * @param count of runs at once
 * @param threads of each
 * @param make an engine with so many threads
 */
record Workers(int count, int threads, IntFunction<Engine> make) implements Cluster {
    /**
     * As many as the study asks for, or one a processor; never more than it has runs. Of a study
     * whose runs are executed elsewhere as many as have room here.
     */
    static Workers of(Study study) {
        Execution execution = study.execution();
        int processors = Runtime.getRuntime().availableProcessors();
        int elsewhere = execution.cluster().map(Cluster::threads).orElse(1);
        int wanted =
                execution.workers() == 0
                        ? Math.max(1, processors / elsewhere)
                        : execution.workers();
        int count = Math.min(wanted, study.recipes().size() * study.seeds());
        int threads =
                execution.cluster().map(Cluster::threads).orElse(Math.max(1, processors / count));
        return new Workers(count, threads, execution.engine());
    }

    /** One such as each run has. */
    Engine engine() {
        return make.apply(threads);
    }

    SideBySide begin(Observer observer) {
        return new SideBySide(count, observer);
    }

    @Override
    public void run(StudyRuns runs) {
        try (SideBySide side = begin(runs.study().execution().observer());
                Bench bench = new Bench(runs.prepared())) {
            side.all(runs.planned(), planned -> one(planned, runs, side, bench));
            runs.caution(bench.caution());
        }
    }

    private static Planned one(Planned planned, StudyRuns runs, SideBySide side, Bench bench) {
        if (runs.begin(planned) && !side.stopped())
            runs.ended(planned, bench.run(planned, runs.watch(planned, side::stopped)));
        return planned;
    }
}
