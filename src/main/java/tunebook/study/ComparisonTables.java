package tunebook.study;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tunebook.core.Names;
import tunebook.core.TunebookException;
import tunebook.stats.Metric;

/** A comparison's tables; shares are kept as 0 … 1 and printed as per cent. */
final class ComparisonTables {
    private static final double MIB = 1024.0 * 1024.0;

    private ComparisonTables() {}

    static Table summaries(Comparison comparison) {
        List<Summary> s = comparison.summaries();
        Table table =
                Table.create(
                                "Recipes compared on "
                                        + Figures.count(comparison.testExamples(), "test example")
                                        + "; 95% intervals over the seeds alone")
                        .addColumns(
                                text("recipe", s, Summary::recipe),
                                integers("seeds", s.stream().mapToInt(Summary::seeds)));
        for (Metric metric : comparison.metrics()) {
            DoubleColumn means = numbers(metric.words(), s, x -> x.metrics().get(metric).mean());
            means.setPrintFormatter(Figures.format(metric), "–");
            table.addColumns(
                    means,
                    text(
                            metric.words() + " 95%",
                            s,
                            x -> Figures.interval(metric, x.metrics().get(metric))));
        }
        return table.addColumns(
                trainable(s),
                numbers("seconds", "0.0", s, Summary::seconds),
                numbers("peak MiB", "0", s, x -> x.peakBytes() / MIB),
                integers("diverged", s.stream().mapToInt(Summary::diverged)),
                text("device", s, Summary::device));
    }

    static Table pairs(Comparison comparison) {
        List<Pair> p = comparison.pairs();
        return Table.create("Recipes in pairs" + given(comparison))
                .addColumns(text("a", p, Pair::a), text("b", p, Pair::b))
                .addColumns(judged(comparison.metric(), p, "a − b", "a against b"));
    }

    static Table against(Baseline baseline) {
        List<Pair> p = baseline.pairs();
        Comparison comparison = baseline.comparison();
        return Table.create("Recipes against " + baseline.recipe() + given(comparison))
                .addColumns(text("recipe", p, Pair::a))
                .addColumns(judged(comparison.metric(), p, "difference", "against it"));
    }

    /** What pairs are judged on and how, as the end of a title. */
    private static String given(Comparison comparison) {
        return on(comparison.summaries())
                + (comparison.byExamples() ? "" : "; over the seeds alone")
                + "; each difference's own 95%, uncorrected; effect is Hedges' g over the seeds'"
                + " differences";
    }

    private static Column<?>[] judged(
            Metric metric, List<Pair> p, String difference, String verdict) {
        String signed = metric.share() ? "+0.0%;-0.0%" : "+0.000;-0.000";
        return new Column<?>[] {
            integers("seeds", p.stream().mapToInt(x -> x.difference().n())),
            numbers(difference, signed, p, x -> x.difference().mean()),
            text("95%", p, x -> Figures.interval(metric, x.difference())),
            numbers("p", "0.0000", p, Pair::p),
            numbers("p adjusted", "0.0000", p, Pair::adjustedP),
            numbers("effect", "0.00", p, x -> x.paired().effect()),
            text(verdict, p, ComparisonTables::words),
            text("seeds to separate", p, ComparisonTables::seeds)
        };
    }

    private static String seeds(Pair pair) {
        if (pair.separable() || !pair.judged()) return "–";
        return pair.seedsToSeparate() == 0 ? "none" : String.valueOf(pair.seedsToSeparate());
    }

    /** What computed, as the end of a title. */
    private static String on(List<Summary> summaries) {
        String devices =
                summaries.stream()
                        .map(Summary::device)
                        .filter(device -> !device.isEmpty())
                        .distinct()
                        .collect(Collectors.joining("; "));
        return devices.isEmpty() ? "" : ", on " + devices;
    }

    static void checkRecipe(String where, Comparison comparison, String recipe) {
        List<String> names = comparison.summaries().stream().map(Summary::recipe).toList();
        if (names.contains(recipe)) return;
        throw new TunebookException(
                where, "no such recipe in the comparison", Names.mend(recipe, names));
    }

    /** The first recipe against the second. */
    static String words(Pair pair) {
        return switch (pair.verdict()) {
            case BETTER -> "better";
            case WORSE -> "worse";
            case NOT_SEPARABLE -> "not separable" + why(pair);
        };
    }

    private static String why(Pair pair) {
        return switch (pair.paired().seeds()) {
            case 0 -> ": no seed in common";
            case 1 -> ": one seed in common";
            default -> "";
        };
    }

    private static LongColumn trainable(List<Summary> summaries) {
        LongColumn column =
                LongColumn.create("trainable", summaries.stream().mapToLong(Summary::trainable));
        column.setPrintFormatter(Figures.format("#,##0"), "–");
        return column;
    }

    static <R> StringColumn text(String name, List<R> rows, Function<R, String> value) {
        return StringColumn.create(name, rows.stream().map(value));
    }

    static IntColumn integers(String name, IntStream values) {
        return IntColumn.create(name, values);
    }

    static <R> DoubleColumn numbers(
            String name, String pattern, List<R> rows, ToDoubleFunction<R> value) {
        DoubleColumn column = numbers(name, rows, value);
        column.setPrintFormatter(Figures.format(pattern), "–");
        return column;
    }

    static <R> DoubleColumn numbers(String name, List<R> rows, ToDoubleFunction<R> value) {
        Stream<Double> values = rows.stream().map(row -> value.applyAsDouble(row));
        return DoubleColumn.create(name, values.toArray(Double[]::new));
    }
}
