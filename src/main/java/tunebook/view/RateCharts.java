package tunebook.view;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.knowm.xchart.XYChart;
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
     * candidate that came through several rounds the last one's. Of more than seven lines the seven
     * with the best score stand in front. The axis is logarithmic: the chart's x values are decimal
     * logarithms.
     */
    public static Plot rates(Search search) {
        Map<String, Map<Double, Trial>> lines = new LinkedHashMap<>();
        for (Trial trial : search.trials())
            if (Double.isFinite(trial.score()))
                lines.computeIfAbsent(line(trial), name -> new TreeMap<>())
                        .put(trial.rate(), trial);
        Metric metric = search.trials().get(0).metric();
        List<String> labels = Labels.of(List.copyOf(lines.keySet()));
        List<Map<Double, Trial>> each = List.copyOf(lines.values());
        Foremost foremost =
                Foremost.of(
                        each.stream().map(line -> best(metric, line).score()).toList(),
                        metric::compare);
        XYChart chart =
                Frame.chart(
                        labels,
                        "Validation " + metric.words() + " by learning rate" + foremost.words());
        chart.setXAxisTitle("learning rate");
        chart.setYAxisTitle("validation " + metric.words());
        List<Trial> all =
                foremost.order().stream().flatMap(i -> each.get(i).values().stream()).toList();
        double[] x = all.stream().mapToDouble(Trial::rate).toArray();
        Frame.logarithmic(chart, x);
        Frame.upwards(chart, metric, all.stream().map(t -> Frame.point(t.score())).toList());
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i : foremost.order()) {
            Map<Double, Trial> line = each.get(i);
            double[] rates = Arrays.copyOfRange(x, from, from + line.size());
            from += rates.length;
            double[] scores = line.values().stream().mapToDouble(Trial::score).toArray();
            foremost.style(chart.addSeries(labels.get(i), rates, scores), i);
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
     * Loss in a range test against learning rate, a line a recipe; of more than seven those with
     * the lowest loss stand in front. The axis is logarithmic, as above.
     */
    public static Plot losses(RangeTests tests) {
        List<RangeTest> each = List.copyOf(tests.tests().values());
        List<String> labels = Labels.of(List.copyOf(tests.tests().keySet()));
        Foremost foremost =
                Foremost.of(
                        each.stream().map(RateCharts::least).toList(), Comparator.reverseOrder());
        XYChart chart =
                Frame.chart(
                        labels, "Training loss while the learning rate grows" + foremost.words());
        chart.setXAxisTitle("learning rate");
        chart.setYAxisTitle("loss, mean of the last steps");
        double[] all =
                foremost.order().stream()
                        .flatMap(i -> each.get(i).points().stream())
                        .mapToDouble(RangeTest.Point::rate)
                        .toArray();
        Frame.logarithmic(chart, all);
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i : foremost.order()) {
            RangeTest test = each.get(i);
            double[] losses = test.points().stream().mapToDouble(RangeTest.Point::loss).toArray();
            double[] rates = Arrays.copyOfRange(all, from, from + losses.length);
            from += losses.length;
            if (losses.length == 0) continue;
            foremost.dense(chart, labels.get(i), i, rates, losses);
            words.add(
                    String.format(
                            Locale.ROOT,
                            "%s: least loss at %.1e",
                            labels.get(i),
                            10 * test.suggestion()));
        }
        return new Plot(chart, chart.getTitle(), String.join("; ", words));
    }

    private static String line(Trial trial) {
        return trial.form().startsWith(trial.recipe())
                ? trial.form()
                : trial.recipe() + ", " + trial.form();
    }

    private static double least(RangeTest test) {
        return test.points().stream()
                .mapToDouble(RangeTest.Point::loss)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static Trial best(Metric metric, Map<Double, Trial> line) {
        return line.values().stream()
                .reduce((a, b) -> metric.compare(b.score(), a.score()) > 0 ? b : a)
                .orElseThrow();
    }

    private static String words(String label, Metric metric, Map<Double, Trial> line) {
        Trial best = best(metric, line);
        return String.format(
                Locale.ROOT,
                "%s: best %s at %.1e",
                label,
                Figures.value(metric, best.score()),
                best.rate());
    }
}
