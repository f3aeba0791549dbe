package tunebook.view;

import java.util.List;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;
import tunebook.stats.Interval;
import tunebook.stats.Metric;
import tunebook.study.Baseline;
import tunebook.study.Figures;
import tunebook.study.Pair;
import tunebook.study.Summary;

/** How far recipes are from one that they are held against. */
public final class BaselineChart {
    private static final String ZERO = " no difference";

    private BaselineChart() {}

    /**
     * Each recipe's score minus the baseline's with its own 95% interval, a line a recipe, the
     * first on top; an upright line stands where there is no difference. Recipes that share no seed
     * with the baseline are left out.
     */
    public static Plot of(Baseline baseline) {
        Metric metric = baseline.comparison().metric();
        List<String> recipes =
                baseline.comparison().summaries().stream().map(Summary::recipe).toList();
        List<Pair> shown =
                baseline.pairs().stream().filter(pair -> pair.difference().n() > 0).toList();
        String one = Labels.of(List.of(baseline.recipe())).get(0);
        XYChart chart =
                Frame.rows(
                        Labels.of(shown.stream().map(Pair::a).toList()),
                        "Difference from " + one + ", each with its own 95%");
        chart.setXAxisTitle(
                "test "
                        + metric.words()
                        + " minus that of "
                        + one
                        + (metric.share() ? ", points" : ""));
        Frame.differences(chart, metric, shown.stream().map(Pair::difference).toList());
        double top = Math.max(1, shown.size()) - 0.5;
        XYSeries zero = chart.addSeries(ZERO, new double[] {0, 0}, new double[] {-0.5, top});
        zero.setLineColor(Palette.INK).setLineStyle(Palette.BROKEN);
        zero.setMarker(SeriesMarkers.NONE);
        for (int i = 0; i < shown.size(); i++) {
            Interval difference = shown.get(i).difference();
            double y = shown.size() - 1.0 - i;
            Charts.row(chart, i, recipes.indexOf(shown.get(i).a()), difference, y);
        }
        return new Plot(
                chart,
                chart.getTitle(),
                shown.stream().map(p -> words(metric, p)).collect(Collectors.joining("; ")));
    }

    private static String words(Metric metric, Pair pair) {
        return pair.a()
                + ": "
                + Figures.difference(metric, pair.difference().mean())
                + " "
                + Figures.unit(metric)
                + " "
                + Figures.difference(metric, pair.difference());
    }
}
