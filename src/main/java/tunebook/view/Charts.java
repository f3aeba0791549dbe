package tunebook.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tunebook.core.TunebookException;
import tunebook.stats.Interval;
import tunebook.stats.Metric;
import tunebook.study.Comparison;
import tunebook.study.Figures;
import tunebook.study.Summary;
import tunebook.train.CurvePoint;

/** The charts of a study. */
public final class Charts {
    private static final String FRONT = " Pareto front";

    private Charts() {}

    /**
     * A metric's mean with its 95% interval against what it costs, a point a recipe. Of trainable
     * parameters the axis is logarithmic (the chart's x values are decimal logarithms), with a
     * place left of the powers of ten for a recipe that trains nothing. A line joins the recipes
     * that no other beats in both, the Pareto front; it says nothing of what is separable.
     */
    public static Plot against(Comparison comparison, Metric metric, Against against) {
        List<Summary> shown = shown(comparison, metric);
        List<String> labels = labels(shown);
        XYChart chart = Frame.chart(labels, title(metric) + " against " + against.words());
        chart.setXAxisTitle(against.words());
        chart.setYAxisTitle("test " + metric.words());
        double[] x = shown.stream().mapToDouble(against::of).toArray();
        if (against == Against.TRAINABLE_PARAMETERS) Frame.logarithmic(chart, x);
        else Frame.fromZero(chart, x);
        Frame.upwards(chart, metric, means(shown, metric));
        front(chart, metric, shown, x);
        for (int i = 0; i < x.length; i++) {
            Interval mean = shown.get(i).metrics().get(metric);
            double[] error = {mean.bounded() ? mean.high() - mean.mean() : 0};
            XYSeries point =
                    chart.addSeries(
                            labels.get(i),
                            new double[] {x[i]},
                            new double[] {mean.mean()},
                            mean.bounded() ? error : null);
            point.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
            Palette.style(point, i);
        }
        return new Plot(chart, chart.getTitle(), words(shown, metric, against));
    }

    /** Recipes that are better than all that cost as much or less, from the cheapest up. */
    private static void front(XYChart chart, Metric metric, List<Summary> shown, double[] x) {
        List<Integer> cheapest =
                IntStream.range(0, x.length)
                        .boxed()
                        .sorted(
                                Comparator.comparingDouble((Integer i) -> x[i])
                                        .thenComparing(
                                                i -> shown.get(i).metrics().get(metric).mean(),
                                                (a, b) -> metric.compare(b, a)))
                        .toList();
        List<Double> costs = new ArrayList<>();
        List<Double> means = new ArrayList<>();
        for (int i : cheapest) {
            double mean = shown.get(i).metrics().get(metric).mean();
            if (!means.isEmpty() && metric.compare(mean, means.get(means.size() - 1)) <= 0)
                continue;
            costs.add(x[i]);
            means.add(mean);
        }
        if (costs.size() < 2) return;
        XYSeries line = chart.addSeries(FRONT, costs, means);
        line.setLineColor(Palette.GRID).setLineStyle(Palette.LINE);
        line.setMarker(SeriesMarkers.NONE).setShowInLegend(false);
    }

    /** A metric's mean with its 95% interval, a line a recipe, the first recipe on top. */
    public static Plot metric(Comparison comparison, Metric metric) {
        List<Summary> shown = shown(comparison, metric);
        List<String> labels = labels(shown);
        XYChart chart = Frame.rows(labels, title(metric) + " with 95% intervals over the seeds");
        chart.setXAxisTitle("test " + metric.words());
        Frame.across(chart, metric, means(shown, metric));
        for (int i = 0; i < shown.size(); i++) {
            row(chart, i, i, shown.get(i).metrics().get(metric), shown.size() - 1.0 - i);
        }
        return new Plot(
                chart, chart.getTitle(), words(shown, metric, Against.TRAINABLE_PARAMETERS));
    }

    /**
     * A mean with its interval across.
     *
     * @param i its number in the chart
     * @param look its number in the study
     * @param y where it stands
     */
    static void row(XYChart chart, int i, int look, Interval mean, double y) {
        if (mean.bounded()) {
            double[] ends = {mean.low(), mean.high()};
            XYSeries bar = chart.addSeries("interval " + i, ends, new double[] {y, y});
            Palette.style(bar, look);
            bar.setLineStyle(Palette.LINE); // its row is named
            bar.setMarker(SeriesMarkers.NONE).setShowInLegend(false);
        }
        XYSeries point = chart.addSeries("mean " + i, new double[] {mean.mean()}, new double[] {y});
        Palette.style(point, look);
    }

    /**
     * Training loss against optimizer step, a line a recipe: the mean over its runs so far. Of more
     * than seven recipes the seven with the lowest last loss stand in front.
     */
    public static Plot loss(List<LossCurve> curves) {
        Map<String, NavigableMap<Integer, List<Double>>> recipes = new LinkedHashMap<>();
        for (LossCurve curve : curves) {
            Map<Integer, List<Double>> steps =
                    recipes.computeIfAbsent(curve.recipe(), name -> new TreeMap<>());
            for (CurvePoint point : curve.points()) {
                if (Double.isFinite(point.trainLoss())) {
                    steps.computeIfAbsent(point.step(), s -> new ArrayList<>())
                            .add(point.trainLoss());
                }
            }
        }
        List<String> labels = Labels.of(List.copyOf(recipes.keySet()));
        List<NavigableMap<Integer, List<Double>>> lines = List.copyOf(recipes.values());
        Foremost foremost =
                Foremost.of(lines.stream().map(Charts::last).toList(), Comparator.reverseOrder());
        XYChart chart = Frame.chart(labels, "Training loss" + foremost.words());
        chart.setXAxisTitle("step");
        chart.setYAxisTitle("mean loss over seeds");
        List<String> words = new ArrayList<>();
        for (int i : foremost.order())
            if (!lines.get(i).isEmpty())
                words.add(line(chart, foremost, labels.get(i), i, lines.get(i)));
        return new Plot(chart, chart.getTitle(), String.join("; ", words));
    }

    /** The last loss of a line; of one without any the worst. */
    private static double last(NavigableMap<Integer, List<Double>> steps) {
        return steps.isEmpty() ? Double.POSITIVE_INFINITY : mean(steps.lastEntry().getValue());
    }

    private static String line(
            XYChart chart,
            Foremost foremost,
            String label,
            int i,
            NavigableMap<Integer, List<Double>> steps) {
        double[] x = steps.keySet().stream().mapToDouble(Integer::doubleValue).toArray();
        double[] y = steps.values().stream().mapToDouble(Charts::mean).toArray();
        foremost.dense(chart, label, i, x, y);
        return String.format(
                Locale.ROOT, "%s: loss %.3f at step %d", label, y[y.length - 1], steps.lastKey());
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static List<Summary> shown(Comparison comparison, Metric metric) {
        if (!comparison.metrics().contains(metric)) {
            throw new TunebookException(
                    "chart of " + metric.words(),
                    "this study did not measure it",
                    "it measured "
                            + comparison.metrics().stream().map(Metric::words).toList()
                            + "; score() takes the first");
        }
        return comparison.summaries().stream()
                .filter(s -> s.metrics().get(metric).n() > 0)
                .toList();
    }

    private static List<Interval> means(List<Summary> shown, Metric metric) {
        return shown.stream().map(s -> s.metrics().get(metric)).toList();
    }

    private static String title(Metric metric) {
        String words = metric.words();
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static List<String> labels(List<Summary> summaries) {
        return Labels.of(summaries.stream().map(Summary::recipe).toList());
    }

    private static String words(List<Summary> shown, Metric metric, Against against) {
        return shown.stream()
                .map(
                        s ->
                                String.format(
                                        Locale.ROOT,
                                        "%s: %s %s, %s %,.0f",
                                        s.recipe(),
                                        metric.words(),
                                        Figures.value(metric, s.metrics().get(metric).mean()),
                                        against.words(),
                                        against.of(s)))
                .collect(Collectors.joining("; "));
    }
}
