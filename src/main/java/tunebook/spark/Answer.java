package tunebook.spark;

import java.util.List;
import java.util.Optional;
import tunebook.core.TunebookException;
import tunebook.study.Done;

/**
 * What a task sends back.
 *
 * @param done the run; empty where it failed
 * @param caution what to know about where it was done
 * @param error where, what and mend of what failed; empty where nothing did
 */
record Answer(Optional<Done> done, String caution, List<String> error) {
    static Answer of(Done done, String caution) {
        return new Answer(Optional.of(done), caution, List.of());
    }

    static Answer failed(TunebookException e) {
        return new Answer(Optional.empty(), "", List.of(e.where(), e.what(), e.mend()));
    }

    /**
     * @throws TunebookException as the task threw it
     */
    Done get() {
        return done.orElseThrow(
                () -> new TunebookException(error.get(0), error.get(1), error.get(2)));
    }
}
