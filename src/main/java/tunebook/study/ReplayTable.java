package tunebook.study;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.stats.Metric;

/** A replay run by run. */
final class ReplayTable {
    private ReplayTable() {}

    static Table of(Replay replay) {
        List<Replay.Run> runs = replay.runs();
        Table table =
                Table.create(title(replay))
                        .addColumns(
                                StringColumn.create(
                                        "recipe", runs.stream().map(Replay.Run::recipe)),
                                LongColumn.create(
                                        "seed", runs.stream().mapToLong(Replay.Run::seed)),
                                StringColumn.create(
                                        "outcome", runs.stream().map(r -> r.outcome().words())),
                                StringColumn.create(
                                        "differs in",
                                        runs.stream().map(r -> String.join(", ", r.differs()))));
        metrics(runs)
                .forEach(
                        metric ->
                                table.addColumns(
                                        column(metric, "before", runs, Replay.Run::before),
                                        column(metric, "after", runs, Replay.Run::after)));
        return table;
    }

    private static String title(Replay replay) {
        return "Replay of \""
                + replay.question()
                + "\" of "
                + replay.date()
                + ": "
                + replay
                + "; tolerance: 1 point of shares, 0.01 of correlations, 1% of amounts";
    }

    private static Stream<Metric> metrics(List<Replay.Run> runs) {
        return runs.stream().flatMap(run -> run.before().keySet().stream()).distinct();
    }

    private static DoubleColumn column(
            Metric metric,
            String when,
            List<Replay.Run> runs,
            Function<Replay.Run, Map<Metric, Double>> values) {
        DoubleColumn column = DoubleColumn.create(metric.words() + " " + when);
        for (Replay.Run run : runs)
            column.append(values.apply(run).getOrDefault(metric, Double.NaN));
        column.setPrintFormatter(Figures.format(metric), "–");
        return column;
    }
}
