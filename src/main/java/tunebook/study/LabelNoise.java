package tunebook.study;

import java.util.ArrayList;
import java.util.Collections;
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
import tunebook.stats.Metric;

/**
 * Test examples whose label may be wrong: most runs, whatever the recipe, agree on the same other
 * one. They are candidates, for a person to look at: a label may be right and the example hard.
 * Majority filtering of noisy labels, Brodley and Friedl 1999.
 *
 * <p>The filter holds as far as those that vote are seldom wrong themselves; the answers of a run
 * near chance say nothing of a label. So a run votes only if it makes less than half of the errors
 * that the most frequent class makes: its accuracy is above the middle between that class's share
 * and 1. The store keeps answers and no probabilities, so a threshold on the model's confidence, as
 * in confident learning, cannot be had.
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
        List<RunResult> predicted =
                comparison.runs().stream()
                        .filter(RunResult::predicted)
                        .filter(run -> !comparison.controls().containsKey(run.recipe()))
                        .toList();
        double least = predicted.isEmpty() ? 1 : middle(predicted.get(0).marks());
        List<RunResult> runs =
                predicted.stream().filter(run -> accuracy(run.marks()) > least).toList();
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
                by(runs.size(), predicted.size(), least));
    }

    /** Between the share of the most frequent class and 1. */
    private static double middle(List<Mark> marks) {
        Map<String, Integer> shares = new HashMap<>();
        for (Mark mark : marks) shares.merge(mark.truth(), 1, Integer::sum);
        return (Collections.max(shares.values()) / (double) marks.size() + 1) / 2;
    }

    private static double accuracy(List<Mark> marks) {
        return marks.stream()
                .mapToInt(mark -> mark.prediction().equals(mark.truth()) ? 1 : 0)
                .average()
                .orElse(0);
    }

    private static String by(int runs, int predicted, double least) {
        String by = Figures.count(runs, "run");
        if (runs == predicted) return by;
        return by
                + " of "
                + predicted
                + ": the others are no more than "
                + Figures.value(Metric.ACCURACY, least)
                + " right, too near guessing to doubt a label";
    }

    private static Table table(Result result, List<Candidate> shown, int all, String by) {
        Map<String, String> contents = result.study().testContents();
        DoubleColumn share =
                DoubleColumn.create(
                        "runs that say so", shown.stream().mapToDouble(Candidate::share).toArray());
        share.setPrintFormatter(Figures.format("0%"), "–");
        return Table.create(
                        "Labels to look at: %d of %s, by %s"
                                .formatted(all, Figures.count(contents.size(), "test example"), by))
                .addColumns(
                        StringColumn.create("id", shown.stream().map(c -> c.mark().id())),
                        StringColumn.create("label", shown.stream().map(c -> c.mark().truth())),
                        StringColumn.create("runs say", shown.stream().map(Candidate::other)),
                        share,
                        StringColumn.create(
                                "content", shown.stream().map(c -> contents.get(c.mark().id()))));
    }
}
