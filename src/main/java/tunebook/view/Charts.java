package tunebook.view;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    private static final int MOST_POINTS = 100;
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
            style(point, i);
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
            double y = shown.size() - 1.0 - i;
            Interval mean = shown.get(i).metrics().get(metric);
            if (mean.bounded()) {
                double[] ends = {mean.low(), mean.high()};
                XYSeries bar = chart.addSeries("interval " + i, ends, new double[] {y, y});
                style(bar, i);
                bar.setMarker(SeriesMarkers.NONE).setShowInLegend(false);
            }
            XYSeries point =
                    chart.addSeries("mean " + i, new double[] {mean.mean()}, new double[] {y});
            style(point, i);
        }
        return new Plot(
                chart, chart.getTitle(), words(shown, metric, Against.TRAINABLE_PARAMETERS));
    }

    /** Training loss against optimizer step, a line a recipe: the mean over its runs so far. */
    public static Plot loss(List<LossCurve> curves) {
        Map<String, Map<Integer, List<Double>>> recipes = new LinkedHashMap<>();
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
        XYChart chart = Frame.chart(labels, "Training loss");
        chart.setXAxisTitle("step");
        chart.setYAxisTitle("mean loss over seeds");
        List<String> words = new ArrayList<>();
        int i = 0;
        for (Map<Integer, List<Double>> steps : recipes.values()) {
            if (!steps.isEmpty()) words.add(line(chart, labels.get(i), i, steps));
            i++;
        }
        return new Plot(chart, chart.getTitle(), String.join("; ", words));
    }

    private static String line(
            XYChart chart, String label, int i, Map<Integer, List<Double>> steps) {
        List<Integer> at = new ArrayList<>(steps.keySet());
        int stride = Math.max(1, at.size() / MOST_POINTS);
        int last = at.size() - 1;
        List<Double> x = new ArrayList<>();
        List<Double> y = new ArrayList<>();
        for (int k = 0; k < at.size(); k++) {
            if (k % stride != 0 && k != last) continue;
            x.add((double) at.get(k));
            y.add(mean(steps.get(at.get(k))));
        }
        XYSeries curve = chart.addSeries(" curve " + i, x, y);
        style(curve, i);
        curve.setMarker(SeriesMarkers.NONE).setShowInLegend(false);
        marks(chart, label, i, x, y);
        return String.format(
                Locale.ROOT, "%s: loss %.3f at step %d", label, y.get(y.size() - 1), at.get(last));
    }

    /** About eight markers a curve, each recipe's a little further along than the last one's. */
    private static void marks(XYChart chart, String label, int i, List<Double> x, List<Double> y) {
        int stride = Math.max(1, x.size() / 8);
        List<Double> markedX = new ArrayList<>();
        List<Double> markedY = new ArrayList<>();
        for (int k = Math.min(x.size() - 1, i % stride); k < x.size(); k += stride) {
            markedX.add(x.get(k));
            markedY.add(y.get(k));
        }
        XYSeries marks = chart.addSeries(label, markedX, markedY);
        style(marks, i);
        marks.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }

    private static void style(XYSeries series, int i) {
        series.setLineColor(Palette.color(i)).setLineStyle(Palette.LINE);
        series.setMarkerColor(Palette.color(i));
        series.setMarker(Palette.marker(i));
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
