package tunebook.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import tunebook.stats.Interval;
import tunebook.stats.Metric;
import tunebook.study.Figures;
import tunebook.study.Search;
import tunebook.study.Search.Trial;

/** How a recipe's result depends on its learning rate. */
public final class SearchChart {
    private SearchChart() {}

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
            double[] rates = new double[line.size()];
            System.arraycopy(x, from, rates, 0, rates.length);
            from += rates.length;
            double[] scores = line.values().stream().mapToDouble(Trial::score).toArray();
            XYSeries series = chart.addSeries(labels.get(i), rates, scores);
            series.setLineColor(Palette.color(i)).setLineStyle(Palette.LINE);
            series.setMarkerColor(Palette.color(i));
            series.setMarker(Palette.marker(i));
            words.add(words(labels.get(i), metric, line));
        }
        return new Plot(chart, chart.getTitle(), String.join("; ", words));
    }

    private static String line(Trial trial) {
        return trial.form().equals(trial.recipe())
                ? trial.recipe()
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
