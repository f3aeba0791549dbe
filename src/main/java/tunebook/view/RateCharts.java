package tunebook.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tunebook.stats.Interval;
import tunebook.stats.Metric;
import tunebook.study.Figures;
import tunebook.study.RangeTests;
import tunebook.study.Search;
import tunebook.study.Search.Trial;
import tunebook.train.RangeTest;

/** How a recipe's result depends on its learning rate. */
public final class RateCharts {
    private RateCharts() {}

    /**
     * Validation score against learning rate, a line for each recipe and form of its method; of a
     * candidate that came through several rounds the last one's. The axis is logarithmic: the
     * chart's x values are decimal logarithms.
     */
    public static Plot rates(Search search) {
        Map<String, Map<Double, Trial>> lines = new LinkedHashMap<>();
        for (Trial trial : search.trials())
            if (Double.isFinite(trial.score()))
                lines.computeIfAbsent(line(trial), name -> new TreeMap<>())
                        .put(trial.rate(), trial);
        Metric metric = search.trials().get(0).metric();
        List<String> labels = Labels.of(List.copyOf(lines.keySet()));
        XYChart chart = Frame.chart(labels, "Validation " + metric.words() + " by learning rate");
        chart.setXAxisTitle("learning rate");
        chart.setYAxisTitle("validation " + metric.words());
        List<Trial> all = lines.values().stream().flatMap(l -> l.values().stream()).toList();
        double[] x = all.stream().mapToDouble(Trial::rate).toArray();
        Frame.logarithmic(chart, x);
        Frame.upwards(
                chart,
                metric,
                all.stream().map(t -> new Interval(t.score(), t.score(), t.score(), 1)).toList());
        List<String> words = new ArrayList<>();
        int from = 0;
        for (Map<Double, Trial> line : lines.values()) {
            int i = words.size();
            double[] rates = Arrays.copyOfRange(x, from, from + line.size());
            from += rates.length;
            double[] scores = line.values().stream().mapToDouble(Trial::score).toArray();
            style(chart.addSeries(labels.get(i), rates, scores), i);
            words.add(words(labels.get(i), metric, line));
        }
        search.trials().stream()
                .map(Trial::recipe)
                .distinct()
                .filter(recipe -> !search.edge(recipe).isEmpty())
                .forEach(recipe -> words.add(recipe + " " + search.edge(recipe)));
        return new Plot(chart, chart.getTitle(), String.join("; ", words));
    }

    /**
     * Loss in a range test against learning rate, a line a recipe. The axis is logarithmic, as
     * above.
     */
    public static Plot losses(RangeTests tests) {
        List<String> names = List.copyOf(tests.tests().keySet());
        List<String> labels = Labels.of(names);
        XYChart chart = Frame.chart(labels, "Training loss while the learning rate grows");
        chart.setXAxisTitle("learning rate");
        chart.setYAxisTitle("loss, mean of the last steps");
        double[] all =
                tests.tests().values().stream()
                        .flatMap(test -> test.points().stream())
                        .mapToDouble(RangeTest.Point::rate)
                        .toArray();
        Frame.logarithmic(chart, all);
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < names.size(); i++) {
            RangeTest test = tests.tests().get(names.get(i));
            double[] losses = test.points().stream().mapToDouble(RangeTest.Point::loss).toArray();
            double[] rates = Arrays.copyOfRange(all, from, from + losses.length);
            from += losses.length;
            if (losses.length == 0) continue;
            XYSeries line = chart.addSeries(labels.get(i), rates, losses);
            style(line, i);
            line.setMarker(SeriesMarkers.NONE);
            words.add(
                    String.format(
                            Locale.ROOT,
                            "%s: least loss at %.1e",
                            labels.get(i),
                            10 * test.suggestion()));
        }
        return new Plot(chart, chart.getTitle(), String.join("; ", words));
    }

    private static void style(XYSeries series, int i) {
        series.setLineColor(Palette.color(i)).setLineStyle(Palette.LINE);
        series.setMarkerColor(Palette.color(i));
        series.setMarker(Palette.marker(i));
    }

    private static String line(Trial trial) {
        return trial.form().startsWith(trial.recipe())
                ? trial.form()
                : trial.recipe() + ", " + trial.form();
    }

    private static String words(String label, Metric metric, Map<Double, Trial> line) {
        Trial best = null;
        for (Trial trial : line.values())
            if (best == null || metric.compare(trial.score(), best.score()) > 0) best = trial;
        return String.format(
                Locale.ROOT,
                "%s: best %s at %.1e",
                label,
                Figures.value(metric, best.score()),
                best.rate());
    }
}
