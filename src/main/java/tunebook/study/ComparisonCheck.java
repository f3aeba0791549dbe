package tunebook.study;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tunebook.core.TunebookException;
import tunebook.stats.Mark;

/** Whether runs can be compared: each is there once, all answered the same test examples. */
final class ComparisonCheck {
    private ComparisonCheck() {}

    /** Refuses what cannot be compared. */
    static void of(List<RunResult> runs, List<String> classes) {
        if (runs.isEmpty()) {
            throw new TunebookException(
                    "comparison", "there is no run to compare", "run the study first");
        }
        RunResult first = null;
        Set<String> seen = new HashSet<>();
        for (RunResult run : runs) {
            String where = "run " + run.recipe() + " seed " + run.seed();
            if (!seen.add(run.seed() + " " + run.recipe())) {
                throw new TunebookException(
                        where, "is there twice", "give each recipe a name and each seed once");
            }
            if (!run.predicted()) continue;
            if (first == null) first = run;
            if (!truths(first).equals(truths(run))
                    || !first.metrics().keySet().equals(run.metrics().keySet())) {
                throw new TunebookException(
                        where,
                        "was tested on other examples than " + first.recipe(),
                        "compare runs of one data set and one split only");
            }
            for (Mark mark : run.marks()) {
                if (classes.isEmpty()
                        || (classes.contains(mark.truth()) && classes.contains(mark.prediction())))
                    continue;
                throw new TunebookException(
                        where,
                        "class " + mark.prediction() + " for " + mark.truth() + " among " + classes,
                        "name every class of the data set");
            }
        }
    }

    private static List<List<String>> truths(RunResult run) {
        return run.marks().stream().map(mark -> List.of(mark.id(), mark.truth())).toList();
    }
}
