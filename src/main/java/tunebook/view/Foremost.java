package tunebook.view;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Which of a chart's lines stand in front. Up to seven all do, in their own order; of more the best
 * seven, the best first, and the others behind them, thin.
 *
 * @param order the lines' numbers as they are drawn and stand in the legend
 * @param front how many of these stand in front
 */
record Foremost(List<Integer> order, int front) {
    /** As many as there are colours. */
    static final int MOST = 7;

    private static final int MOST_POINTS = 100;

    /** Leaves each piece of a line room for its dashes. */
    private static final int FEW_POINTS = 25;

    /** Keeps its own copy. */
    Foremost {
        order = List.copyOf(order);
    }

    /**
     * Of lines that came to these values.
     *
     * @param worst puts a better value behind a worse one
     */
    static Foremost of(List<Double> values, Comparator<Double> worst) {
        List<Integer> own = IntStream.range(0, values.size()).boxed().toList();
        if (own.size() <= MOST) return new Foremost(own, own.size());
        Comparator<Integer> best = Comparator.comparing(values::get, worst.reversed());
        return new Foremost(own.stream().sorted(best).toList(), MOST);
    }

    /** Whether some stand behind others. */
    boolean divided() {
        return front < order.size();
    }

    /** Whether a line stands in front. */
    boolean has(int line) {
        return order.indexOf(line) < front;
    }

    /** A line's look. */
    void style(XYSeries series, int line) {
        if (has(line)) Palette.style(series, line);
        else Palette.faint(series, line);
    }

    /** A line of many points: thinned out, with some eight markers if it stands in front. */
    void dense(XYChart chart, String label, int line, double[] x, double[] y) {
        int[] kept = thinned(x.length, divided() ? FEW_POINTS : MOST_POINTS);
        boolean marked = has(line);
        XYSeries curve =
                chart.addSeries(marked ? " curve " + line : label, at(x, kept), at(y, kept));
        style(curve, line);
        curve.setMarker(SeriesMarkers.NONE).setShowInLegend(!marked);
        if (marked) marks(chart, label, line, at(x, kept), at(y, kept));
    }

    /** Each line's a little further along than the last one's. */
    private void marks(XYChart chart, String label, int line, double[] x, double[] y) {
        int stride = Math.max(1, x.length / 8);
        int first = Math.min(x.length - 1, line % stride);
        int[] marked = IntStream.iterate(first, k -> k < x.length, k -> k + stride).toArray();
        XYSeries marks = chart.addSeries(label, at(x, marked), at(y, marked));
        style(marks, line);
        marks.setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
    }

    /** About so many of a line's points, the last among them. */
    private static int[] thinned(int points, int most) {
        int stride = Math.max(1, points / most);
        return IntStream.range(0, points).filter(k -> k % stride == 0 || k == points - 1).toArray();
    }

    private static double[] at(double[] values, int[] places) {
        return Arrays.stream(places).mapToDouble(place -> values[place]).toArray();
    }

    /** What a title says of it. */
    String words() {
        return divided() ? ", the best " + front + " of " + order.size() + " in front" : "";
    }
}
