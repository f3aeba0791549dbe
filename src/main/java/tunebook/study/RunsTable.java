package tunebook.study;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.recipe.Recipe;
import tunebook.stats.Metric;

/** A study's runs as tidy data: a row for each, nothing summed up. */
final class RunsTable {
    private static final double MIB = 1024.0 * 1024.0;

    private final List<RunResult> runs;

    private RunsTable(List<RunResult> runs) {
        this.runs = runs;
    }

    static Table of(Result result) {
        Comparison comparison = result.comparison();
        Map<String, Double> rates =
                result.study().recipes().stream()
                        .collect(
                                Collectors.toMap(
                                        Recipe::name, r -> r.settings().rates().learningRate()));
        RunsTable rows = new RunsTable(comparison.runs());
        Table table =
                Table.create(
                        "Runs, tested on "
                                + Figures.count(comparison.testExamples(), "test example"),
                        rows.text("recipe", RunResult::recipe),
                        LongColumn.create("seed", rows.runs.stream().mapToLong(RunResult::seed)),
                        rows.numbers(
                                "rate", "0.0##E0", r -> rates.getOrDefault(r.recipe(), Double.NaN)),
                        rows.text("ended", r -> r.status().name()));
        for (Metric metric : comparison.metrics())
            table.addColumns(rows.metric(metric.words(), metric, r -> r.metrics().get(metric)));
        Metric own = comparison.ownMetric();
        LongColumn trainable =
                LongColumn.create("trainable", rows.runs.stream().mapToLong(RunResult::trainable));
        trainable.setPrintFormatter(Figures.format("#,##0"), "–");
        return table.addColumns(
                rows.metric("validation " + own.words(), own, RunResult::validationScore),
                rows.numbers("seconds", "0.0", RunResult::seconds),
                trainable,
                rows.numbers("peak MiB", "0", r -> r.peakBytes() / MIB),
                rows.text("device", RunResult::device),
                rows.text("message", RunResult::message));
    }

    private StringColumn text(String name, Function<RunResult, String> value) {
        return ComparisonTables.text(name, runs, value);
    }

    private DoubleColumn numbers(String name, String pattern, ToDoubleFunction<RunResult> value) {
        return ComparisonTables.numbers(name, pattern, runs, value);
    }

    private DoubleColumn metric(String name, Metric metric, ToDoubleFunction<RunResult> value) {
        DoubleColumn column = ComparisonTables.numbers(name, runs, value);
        column.setPrintFormatter(Figures.format(metric), "–");
        return column;
    }
}
