package tunebook.study;

import java.util.Comparator;
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
import tunebook.core.Names;
import tunebook.core.TunebookException;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.train.Ending;

/** A comparison's tables; shares are kept as 0 … 1 and printed as per cent. */
final class ComparisonTables {
    private static final double MIB = 1024.0 * 1024.0;

    private ComparisonTables() {}

    static Table summaries(Comparison comparison) {
        List<Summary> s = comparison.summaries();
        Table table =
                Table.create("Recipes compared")
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
        Metric metric = comparison.metric();
        String signed = metric.share() ? "+0.0%;-0.0%" : "+0.000;-0.000";
        return Table.create("Recipes in pairs" + on(comparison.summaries()))
                .addColumns(
                        text("a", p, Pair::a),
                        text("b", p, Pair::b),
                        integers("seeds", p.stream().mapToInt(x -> x.difference().n())),
                        numbers("a − b", signed, p, x -> x.difference().mean()),
                        text("95%", p, x -> Figures.interval(metric, x.difference())),
                        numbers("p", "0.0000", p, Pair::p),
                        numbers("p adjusted", "0.0000", p, Pair::adjustedP),
                        numbers("effect", "0.00", p, x -> x.paired().effect()),
                        text("a against b", p, x -> words(x.verdict())),
                        text("seeds to separate", p, ComparisonTables::seeds));
    }

    private static String seeds(Pair pair) {
        if (pair.separable()) return "–";
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

    /** Of a recipe over all its seeds: [predicted class][true class]. */
    private static int[][] counts(String where, Comparison comparison, String recipe) {
        checkRecipe(where, comparison, recipe);
        List<String> classes = comparison.classes();
        if (classes.isEmpty()) {
            throw new TunebookException(
                    where, "the answers of this study are no classes", "look at result.table()");
        }
        int[][] counts = new int[classes.size()][classes.size()];
        for (RunResult run : comparison.runs()) {
            if (!run.recipe().equals(recipe) || run.status() == Ending.INTERRUPTED) {
                continue;
            }
            for (Mark mark : run.marks())
                counts[classes.indexOf(mark.prediction())][classes.indexOf(mark.truth())]++;
        }
        return counts;
    }

    static Table confusion(Comparison comparison, String recipe) {
        int[][] counts = counts("confusion(\"" + recipe + "\")", comparison, recipe);
        List<String> classes = comparison.classes();
        Table table = Table.create("True classes in rows, predicted in columns: " + recipe);
        table.addColumns(StringColumn.create("true class", classes));
        for (int c = 0; c < classes.size(); c++) {
            table.addColumns(IntColumn.create("→ " + unique(classes, c), counts[c]));
        }
        return table;
    }

    static Table mostConfused(Comparison comparison, String recipe) {
        int[][] counts = counts("mostConfused(\"" + recipe + "\")", comparison, recipe);
        List<String> classes = comparison.classes();
        int n = classes.size();
        List<Integer> pairs =
                IntStream.range(0, n * n)
                        .filter(i -> i / n != i % n && counts[i % n][i / n] > 0)
                        .boxed()
                        .sorted(Comparator.comparingInt(i -> -counts[i % n][i / n]))
                        .toList();
        return Table.create("Classes confused most often: " + recipe)
                .addColumns(
                        text("true class", pairs, i -> classes.get(i / n)),
                        text("predicted", pairs, i -> classes.get(i % n)),
                        integers("times", pairs.stream().mapToInt(i -> counts[i % n][i / n])),
                        numbers(
                                "of the true class",
                                "0.0%",
                                pairs,
                                i ->
                                        (double) counts[i % n][i / n]
                                                / IntStream.range(0, n)
                                                        .map(p -> counts[p][i / n])
                                                        .sum()));
    }

    static void checkRecipe(String where, Comparison comparison, String recipe) {
        List<String> names = comparison.summaries().stream().map(Summary::recipe).toList();
        if (names.contains(recipe)) return;
        throw new TunebookException(
                where,
                "no such recipe in the comparison",
                "nearest is \"" + Names.nearest(recipe, names).orElseThrow() + "\"");
    }

    /** Tablesaw takes names that differ only in case for the same. */
    private static String unique(List<String> classes, int c) {
        boolean taken =
                IntStream.range(0, classes.size())
                        .anyMatch(i -> i != c && classes.get(i).equalsIgnoreCase(classes.get(c)));
        return taken ? classes.get(c) + " (" + c + ")" : classes.get(c);
    }

    private static String words(Pair.Verdict verdict) {
        return switch (verdict) {
            case BETTER -> "better";
            case WORSE -> "worse";
            case NOT_SEPARABLE -> "not separable";
        };
    }

    private static LongColumn trainable(List<Summary> summaries) {
        LongColumn column =
                LongColumn.create("trainable", summaries.stream().mapToLong(Summary::trainable));
        column.setPrintFormatter(Figures.format("#,##0"), "–");
        return column;
    }

    private static <R> StringColumn text(String name, List<R> rows, Function<R, String> value) {
        return StringColumn.create(name, rows.stream().map(value));
    }

    private static IntColumn integers(String name, IntStream values) {
        return IntColumn.create(name, values);
    }

    private static <R> DoubleColumn numbers(
            String name, String pattern, List<R> rows, ToDoubleFunction<R> value) {
        DoubleColumn column = numbers(name, rows, value);
        column.setPrintFormatter(Figures.format(pattern), "–");
        return column;
    }

    private static <R> DoubleColumn numbers(String name, List<R> rows, ToDoubleFunction<R> value) {
        Stream<Double> values = rows.stream().map(row -> value.applyAsDouble(row));
        return DoubleColumn.create(name, values.toArray(Double[]::new));
    }
}
