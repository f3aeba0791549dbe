package tunebook.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.stats.Mark;
import tunebook.stats.Metric;

/** Test examples on which two recipes differ, over the seeds of each. */
final class Disagreements {
    private Disagreements() {}

    /** One recipe's answers to one example. */
    private static final class Answers {
        private final Map<String, Integer> counts = new LinkedHashMap<>();
        private double score;
        private int seeds;

        void add(Mark mark) {
            counts.merge(mark.prediction(), 1, Integer::sum);
            score += mark.score();
            seeds++;
        }

        double mean() {
            return score / seeds;
        }

        String mostFrequent() {
            return counts.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .orElse("");
        }
    }

    private record Row(Mark mark, Answers a, Answers b) {
        double gap() {
            return a.mean() - b.mean();
        }
    }

    /**
     * A row for each example that the two score differently, the widest gaps first, at most so
     * many: truth, each recipe's most frequent answer and its mean score over the seeds, content.
     */
    static Table of(Result result, String a, String b, int most) {
        Comparison comparison = result.comparison();
        comparison.pair(a, b);
        Map<String, Answers> first = answers(comparison, a);
        Map<String, Answers> second = answers(comparison, b);
        List<Row> rows = new ArrayList<>();
        for (Mark mark : predicted(comparison, a).findFirst().orElseThrow().marks())
            rows.add(new Row(mark, first.get(mark.id()), second.get(mark.id())));
        rows.removeIf(row -> row.gap() == 0);
        int differing = rows.size();
        rows.sort(Comparator.comparingDouble(row -> -Math.abs(row.gap())));
        List<Row> shown = rows.subList(0, Math.min(most, differing));
        Map<String, String> contents = result.study().testContents();
        Metric metric = comparison.ownMetric();
        return Table.create(
                        a
                                + " and "
                                + b
                                + " differ on "
                                + differing
                                + " of "
                                + Figures.count(first.size(), "test example"))
                .addColumns(
                        StringColumn.create("id", shown.stream().map(r -> r.mark().id())),
                        StringColumn.create("truth", shown.stream().map(r -> r.mark().truth())),
                        StringColumn.create(
                                a + " says", shown.stream().map(r -> r.a().mostFrequent())),
                        scores(metric, a, shown.stream().map(Row::a)),
                        StringColumn.create(
                                b + " says", shown.stream().map(r -> r.b().mostFrequent())),
                        scores(metric, b, shown.stream().map(Row::b)),
                        StringColumn.create(
                                "content",
                                shown.stream().map(r -> contents.getOrDefault(r.mark().id(), ""))));
    }

    private static DoubleColumn scores(Metric metric, String recipe, Stream<Answers> answers) {
        DoubleColumn column =
                DoubleColumn.create(
                        recipe + " " + metric.words(),
                        answers.mapToDouble(Answers::mean).toArray());
        column.setPrintFormatter(Figures.format(metric), "–");
        return column;
    }

    private static Map<String, Answers> answers(Comparison comparison, String recipe) {
        Map<String, Answers> answers = new LinkedHashMap<>();
        predicted(comparison, recipe)
                .flatMap(run -> run.marks().stream())
                .forEach(m -> answers.computeIfAbsent(m.id(), id -> new Answers()).add(m));
        return answers;
    }

    private static Stream<RunResult> predicted(Comparison comparison, String recipe) {
        return comparison.runs().stream()
                .filter(run -> run.recipe().equals(recipe) && run.predicted());
    }
}
