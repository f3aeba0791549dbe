package tunebook.study;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tunebook.stats.Mark;
import tunebook.study.Diagnosis.Sign;

/** What the answers to the test examples show. */
final class AnswerSigns {
    /** A class with a smaller share of the test examples may be missed by chance. */
    private static final double SHARE = 0.05;

    private AnswerSigns() {}

    /** Classes with at least 5% and five of the test examples that some run never answers. */
    static Optional<Diagnosis> collapse(String recipe, List<String> classes, List<RunResult> runs) {
        List<RunResult> predicted = runs.stream().filter(RunResult::predicted).toList();
        if (predicted.isEmpty()) return Optional.empty();
        Map<String, Long> truths = counts(predicted.get(0));
        long examples = predicted.get(0).marks().size();
        Map<String, Integer> never = new LinkedHashMap<>();
        for (RunResult run : predicted) {
            for (String name : classes) {
                long there = truths.getOrDefault(name, 0L);
                if (there < 5 || there < SHARE * examples) continue;
                if (run.marks().stream().noneMatch(mark -> mark.prediction().equals(name)))
                    never.merge(name, 1, Integer::sum);
            }
        }
        if (never.isEmpty()) return Optional.empty();
        String evidence =
                never.entrySet().stream()
                        .map(
                                entry ->
                                        "\"%s\" (%d of %d test examples) is never answered in %d of %s"
                                                .formatted(
                                                        entry.getKey(),
                                                        truths.get(entry.getKey()),
                                                        examples,
                                                        entry.getValue(),
                                                        Figures.count(predicted.size(), "seed")))
                        .collect(Collectors.joining("; "));
        return Optional.of(
                new Diagnosis(
                        recipe,
                        Sign.COLLAPSE,
                        evidence,
                        "another learning rate, more epochs, more examples of the class; look at"
                                + " macro-F1 rather than accuracy"));
    }

    private static Map<String, Long> counts(RunResult run) {
        return run.marks().stream()
                .collect(Collectors.groupingBy(Mark::truth, Collectors.counting()));
    }
}
