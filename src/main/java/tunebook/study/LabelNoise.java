package tunebook.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.stats.Mark;

/**
 * Test examples whose label may be wrong: most runs, whatever the recipe, agree on the same other
 * one. They are candidates, for a person to look at: a label may be right and the example hard.
 * Majority filtering of noisy labels, Brodley and Friedl 1999.
 */
final class LabelNoise {
    private LabelNoise() {}

    private record Candidate(Mark mark, String other, double share) {}

    /** Candidates that at least half of the runs answer alike and wrong, at most so many. */
    static Table of(Result result, int most) {
        Comparison comparison = result.comparison();
        if (comparison.classes().isEmpty()) {
            throw new TunebookException(
                    "labelNoise",
                    "is about classes, and " + result.study().data().name() + " has none",
                    "take a study whose examples have one label each");
        }
        List<RunResult> runs =
                comparison.runs().stream()
                        .filter(RunResult::predicted)
                        .filter(run -> !comparison.controls().containsKey(run.recipe()))
                        .toList();
        Map<String, Mark> marks = new LinkedHashMap<>();
        Map<String, Map<String, Integer>> answers = new HashMap<>();
        for (RunResult run : runs) {
            for (Mark mark : run.marks()) {
                marks.putIfAbsent(mark.id(), mark);
                answers.computeIfAbsent(mark.id(), id -> new LinkedHashMap<>())
                        .merge(mark.prediction(), 1, Integer::sum);
            }
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Mark mark : marks.values()) {
            var first =
                    answers.get(mark.id()).entrySet().stream()
                            .max(Map.Entry.comparingByValue())
                            .orElseThrow();
            double share = (double) first.getValue() / runs.size();
            if (!first.getKey().equals(mark.truth()) && share >= 0.5)
                candidates.add(new Candidate(mark, first.getKey(), share));
        }
        candidates.sort(Comparator.comparingDouble(c -> -c.share()));
        return table(
                result,
                candidates.subList(0, Math.min(most, candidates.size())),
                candidates.size(),
                runs.size());
    }

    private static Table table(Result result, List<Candidate> shown, int all, int runs) {
        Map<String, String> contents = result.study().testContents();
        DoubleColumn share =
                DoubleColumn.create(
                        "runs that say so", shown.stream().mapToDouble(Candidate::share).toArray());
        share.setPrintFormatter(Figures.format("0%"), "–");
        return Table.create(
                        "Labels to look at: %d of %s, by %s"
                                .formatted(
                                        all,
                                        Figures.count(contents.size(), "test example"),
                                        Figures.count(runs, "run")))
                .addColumns(
                        StringColumn.create("id", shown.stream().map(c -> c.mark().id())),
                        StringColumn.create("label", shown.stream().map(c -> c.mark().truth())),
                        StringColumn.create("runs say", shown.stream().map(Candidate::other)),
                        share,
                        StringColumn.create(
                                "content", shown.stream().map(c -> contents.get(c.mark().id()))));
    }
}
