package tunebook.study;

import java.util.function.IntFunction;
import tunebook.core.Engine;

/**
 * How many runs of a study go side by side, and on what.
 *
 * @param count of runs at once
 * @param threads of each
 * @param make an engine with so many threads
 */
record Workers(int count, int threads, IntFunction<Engine> make) {
    /** As many as the study asks for, or one a processor; never more than it has runs. */
    static Workers of(Study study) {
        Execution execution = study.execution();
        int processors = Runtime.getRuntime().availableProcessors();
        int wanted = execution.workers() == 0 ? processors : execution.workers();
        int count = Math.min(wanted, study.recipes().size() * study.seeds());
        return new Workers(count, Math.max(1, processors / count), execution.engine());
    }

    /** One such as each run has. */
    Engine engine() {
        return make.apply(threads);
    }

    SideBySide begin(Observer observer) {
        return new SideBySide(count, observer);
    }
}
