package tunebook.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.Engine;
import tunebook.train.Ending;
import tunebook.train.Phase;

/** Where a study's seconds went. */
public final class Timing {
    private final double seconds;
    private final double tokenizing;
    private final Supplier<Engine> engine;
    private double peak;

    /**
     * @param seconds of the whole study
     * @param tokenizing seconds until all parts were encoded
     * @param engine one such as each run had
     */
    Timing(double seconds, double tokenizing, Supplier<Engine> engine) {
        this.seconds = seconds;
        this.tokenizing = tokenizing;
        this.engine = engine;
    }

    /** Seconds of the whole study. */
    public double seconds() {
        return seconds;
    }

    /** Seconds in which texts became tokens, or pictures rows, once for all runs. */
    public double tokenizing() {
        return tokenizing;
    }

    /**
     * FLOPs a second of large products of floats on an engine such as each run had, alone on the
     * machine; measured the first time that somebody asks.
     */
    public synchronized double peak() {
        if (peak == 0) peak = Peak.measure(engine.get());
        return peak;
    }

    /** A row for each recipe, means over its runs. */
    Table recipes(Comparison comparison) {
        List<List<RunResult>> rows = new ArrayList<>();
        for (Summary summary : comparison.summaries()) {
            List<RunResult> all =
                    comparison.runs().stream()
                            .filter(r -> r.recipe().equals(summary.recipe()))
                            .filter(r -> r.status() != Ending.INTERRUPTED)
                            .toList();
            List<RunResult> measured = all.stream().filter(r -> r.spent().measured()).toList();
            rows.add(measured.isEmpty() ? all : measured);
        }
        List<String> names = comparison.summaries().stream().map(Summary::recipe).toList();
        return table(StringColumn.create("recipe", names), rows, "a run");
    }

    /** A row for each run of a recipe. */
    Table runs(Comparison comparison, String recipe) {
        ComparisonTables.checkRecipe("profile(\"" + recipe + "\")", comparison, recipe);
        List<RunResult> runs =
                comparison.runs().stream().filter(r -> r.recipe().equals(recipe)).toList();
        Table table =
                table(
                        StringColumn.create("recipe", runs.stream().map(RunResult::recipe)),
                        runs.stream().map(List::of).toList(),
                        "each run");
        LongColumn seeds = LongColumn.create("seed", runs.stream().mapToLong(RunResult::seed));
        return table.insertColumn(1, seeds);
    }

    private Table table(StringColumn names, List<List<RunResult>> rows, String of) {
        Table table = Table.create(title(of)).addColumns(names);
        DoubleColumn whole = column("seconds", "0.00");
        for (List<RunResult> runs : rows)
            whole.append(
                    runs.stream().mapToDouble(RunResult::seconds).average().orElse(Double.NaN));
        table.addColumns(whole);
        for (Phase phase : Phase.values()) {
            DoubleColumn column = column(phase.words(), "0.00");
            for (List<RunResult> runs : rows)
                column.append(
                        runs.stream()
                                .mapToDouble(r -> r.spent().in(phase))
                                .average()
                                .orElse(Double.NaN));
            table.addColumns(column);
        }
        DoubleColumn share = column("share of peak", "0%");
        for (List<RunResult> runs : rows) {
            double steps = runs.stream().mapToDouble(r -> r.spent().steps()).sum();
            double flops = runs.stream().mapToDouble(r -> r.spent().flops()).sum();
            share.append(steps > 0 ? flops / steps / peak() : Double.NaN);
        }
        return table.addColumns(share);
    }

    private String title(String of) {
        return String.format(
                Locale.ROOT,
                "Seconds of %s (study %.1f, encoding %.2f); peak %.0f GFLOP/s on %s",
                of,
                seconds,
                tokenizing,
                peak() / 1e9,
                engine.get().device());
    }

    private static DoubleColumn column(String name, String pattern) {
        DoubleColumn column = DoubleColumn.create(name);
        column.setPrintFormatter(Figures.format(pattern), "–");
        return column;
    }
}
