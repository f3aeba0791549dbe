package tunebook.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tunebook.stats.Interval;
import tunebook.stats.Intervals;
import tunebook.stats.Metric;
import tunebook.study.Comparison;
import tunebook.study.Figures;
import tunebook.study.RunResult;
import tunebook.study.SizeCurve;
import tunebook.study.Summary;
import tunebook.train.CurvePoint;

/** How recipes came to what they are. */
public final class CurveCharts {
    private static final double LEVEL = 0.95;

    private CurveCharts() {}

    /**
     * Validation score after each epoch, as far as all seeds of a recipe came: a line for the mean
     * over them between broken ones, the bounds of its 95% interval; of a single seed no bounds. Of
     * more than seven recipes the seven with the best last score stand in front, without bounds.
     */
    public static Plot learning(Comparison comparison) {
        Map<String, Map<Double, List<Double>>> recipes = new LinkedHashMap<>();
        for (RunResult run : comparison.runs())
            for (CurvePoint point : run.curve())
                if (Double.isFinite(point.validationScore()))
                    recipes.computeIfAbsent(run.recipe(), name -> new TreeMap<>())
                            .computeIfAbsent(point.epoch(), epoch -> new ArrayList<>())
                            .add(point.validationScore());
        recipes.values().forEach(CurveCharts::dropWhatNotAllCameTo);
        Metric metric = comparison.ownMetric();
        List<String> labels = Labels.of(List.copyOf(recipes.keySet()));
        List<NavigableMap<Double, Interval>> lines =
                recipes.values().stream().map(epochs -> means(metric, epochs)).toList();
        Foremost foremost =
                Foremost.of(
                        lines.stream().map(means -> means.lastEntry().getValue().mean()).toList(),
                        metric::compare);
        XYChart chart =
                Frame.chart(
                        labels, "Validation " + metric.words() + " by epoch" + foremost.words());
        chart.setXAxisTitle("epoch");
        boolean bands = !foremost.divided();
        chart.setYAxisTitle(
                "validation " + metric.words() + (bands ? ", 95% band" : ", mean") + " over seeds");
        List<Interval> all = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int i : foremost.order()) {
            List<Interval> means = List.copyOf(lines.get(i).values());
            double[] x = lines.get(i).keySet().stream().mapToDouble(Double::doubleValue).toArray();
            double[] y = means.stream().mapToDouble(Interval::mean).toArray();
            if (bands) band(chart, i, x, means);
            means.forEach(mean -> all.add(bands ? mean : Frame.point(mean.mean())));
            foremost.style(chart.addSeries(labels.get(i), x, y), i);
            words.add(
                    String.format(
                            Locale.ROOT,
                            "%s: %s after %.0f epochs",
                            labels.get(i),
                            Figures.value(metric, y[y.length - 1]),
                            x[x.length - 1]));
        }
        Frame.upwards(chart, metric, all);
        return new Plot(chart, chart.getTitle(), String.join("; ", words));
    }

    /**
     * Test score against examples to learn from, a line a recipe with error bars of 95%; of more
     * than seven recipes the seven that are best with the most examples, the others thin and
     * without bars behind them. The axis is logarithmic: the chart's x values are decimal
     * logarithms.
     */
    public static Plot sizes(SizeCurve curve) {
        Comparison first = curve.sizes().values().iterator().next();
        Metric metric = first.metric();
        List<String> names = first.summaries().stream().map(Summary::recipe).toList();
        List<String> labels = Labels.of(names);
        List<List<Interval>> lines =
                IntStream.range(0, names.size()).mapToObj(i -> scores(curve, i)).toList();
        Foremost foremost =
                Foremost.of(
                        lines.stream().map(l -> l.get(l.size() - 1).mean()).toList(),
                        metric::compare);
        XYChart chart =
                Frame.chart(
                        labels,
                        "Test " + metric.words() + " by examples to learn from" + foremost.words());
        chart.setXAxisTitle("examples to learn from");
        chart.setYAxisTitle("test " + metric.words());
        double[] x = curve.sizes().keySet().stream().mapToDouble(Integer::doubleValue).toArray();
        Frame.logarithmic(chart, x);
        List<Interval> all = new ArrayList<>();
        List<String> words = new ArrayList<>();
        for (int i : foremost.order()) {
            List<Interval> scores = lines.get(i);
            boolean bars = foremost.has(i);
            scores.forEach(score -> all.add(bars ? score : Frame.point(score.mean())));
            XYSeries line =
                    chart.addSeries(
                            labels.get(i),
                            x,
                            scores.stream().mapToDouble(Interval::mean).toArray(),
                            bars ? errors(scores) : null);
            foremost.style(line, i);
            words.add(
                    labels.get(i)
                            + ": "
                            + Figures.value(metric, scores.get(0).mean())
                            + " to "
                            + Figures.value(metric, scores.get(scores.size() - 1).mean()));
        }
        Frame.upwards(chart, metric, all);
        return new Plot(chart, chart.getTitle(), String.join("; ", words));
    }

    private static List<Interval> scores(SizeCurve curve, int recipe) {
        return curve.sizes().values().stream()
                .map(comparison -> comparison.summaries().get(recipe).score())
                .toList();
    }

    private static double[] errors(List<Interval> scores) {
        return scores.stream().mapToDouble(s -> s.bounded() ? s.high() - s.mean() : 0).toArray();
    }

    private static void dropWhatNotAllCameTo(Map<Double, List<Double>> epochs) {
        int seeds = epochs.values().stream().mapToInt(List::size).max().orElse(0);
        epochs.values().removeIf(values -> values.size() < seeds);
    }

    private static NavigableMap<Double, Interval> means(
            Metric metric, Map<Double, List<Double>> epochs) {
        NavigableMap<Double, Interval> means = new TreeMap<>();
        epochs.forEach((epoch, values) -> means.put(epoch, mean(metric, values)));
        return means;
    }

    private static Interval mean(Metric metric, List<Double> values) {
        double[] scores = values.stream().mapToDouble(Double::doubleValue).toArray();
        return metric.within(Intervals.student(scores, LEVEL));
    }

    private static void band(XYChart chart, int i, double[] x, List<Interval> means) {
        if (!means.stream().allMatch(Interval::bounded)) return;
        double[] low = means.stream().mapToDouble(Interval::low).toArray();
        double[] high = means.stream().mapToDouble(Interval::high).toArray();
        for (double[] bound : new double[][] {low, high}) {
            XYSeries line = chart.addSeries(" bound " + chart.getSeriesMap().size(), x, bound);
            line.setLineColor(Palette.color(i)).setLineStyle(Palette.BROKEN);
            line.setMarker(SeriesMarkers.NONE).setShowInLegend(false);
        }
    }
}
