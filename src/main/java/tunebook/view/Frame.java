package tunebook.view;

import java.awt.Font;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import tunebook.stats.Interval;
import tunebook.stats.Metric;
import tunebook.study.Figures;

/** What all charts have in common: size, fonts, colours, axes. */
final class Frame {
    private static final int PLOT_WIDTH = 440;
    private static final int HEIGHT = 360;
    private static final int ROW_HEIGHT = 34;
    private static final double LETTER = 7.5;

    private Frame() {}

    /** A chart with its legend beside it, as wide as the longest label needs. */
    static XYChart chart(List<String> labels, String title) {
        int width = PLOT_WIDTH + 140 + longest(labels);
        XYChart chart = new XYChart(width, Math.max(HEIGHT, 90 + 26 * labels.size()));
        style(chart, title);
        chart.getStyler().setLegendVisible(!labels.isEmpty());
        return chart;
    }

    /** A chart with a named row for each label, the first on top. */
    static XYChart rows(List<String> labels, String title) {
        int rows = labels.size();
        XYChart chart = new XYChart(PLOT_WIDTH + 60 + longest(labels), 80 + ROW_HEIGHT * rows);
        style(chart, title);
        XYStyler styler = chart.getStyler();
        styler.setLegendVisible(false);
        styler.setYAxisMin(-0.5).setYAxisMax(Math.max(1, rows) - 0.5);
        styler.setYAxisTickMarkSpacingHint(ROW_HEIGHT); // so that XChart's step is one row
        chart.setCustomYAxisTickLabelsFormatter(
                y -> {
                    long row = Math.round(y);
                    boolean whole = Math.abs(y - row) < 1e-6 && row >= 0 && row < rows;
                    return whole ? labels.get((int) (rows - 1 - row)) : blank(y);
                });
        return chart;
    }

    private static int longest(List<String> labels) {
        return (int) (LETTER * labels.stream().mapToInt(String::length).max().orElse(0));
    }

    private static void style(XYChart chart, String title) {
        chart.setTitle(title);
        XYStyler styler = chart.getStyler();
        styler.setBaseFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 14));
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        styler.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        styler.setChartBackgroundColor(Palette.CLEAR).setPlotBackgroundColor(Palette.CLEAR);
        styler.setLegendBackgroundColor(Palette.CLEAR).setLegendBorderColor(Palette.CLEAR);
        styler.setChartTitleBoxVisible(false).setPlotBorderVisible(false);
        styler.setChartFontColor(Palette.INK);
        styler.setXAxisTitleColor(Palette.INK).setYAxisTitleColor(Palette.INK);
        styler.setAxisTickLabelsColor(Palette.INK).setAxisTickMarksColor(Palette.INK);
        styler.setPlotGridLinesColor(Palette.GRID);
        styler.setErrorBarsColorSeriesColor(true);
        styler.setLegendPosition(LegendPosition.OutsideE);
        styler.setMarkerSize(10);
        styler.setLocale(Locale.ROOT);
    }

    /**
     * Turns the values into their decimal logarithms, between whole powers of ten that the axis
     * names; zeros get a place of their own, named 0. (XChart's own logarithmic axis takes no names
     * of ours.)
     */
    static void logarithmic(XYChart chart, double[] x) {
        double[] powers = Arrays.stream(x).filter(v -> v > 0).map(Math::log10).sorted().toArray();
        if (powers.length == 0) {
            fromZero(chart, x);
            return;
        }
        double low = Math.floor(powers[0]);
        double high = Math.max(low + 1, Math.ceil(powers[powers.length - 1]));
        boolean zeros = powers.length < x.length;
        double zero = low - 1;
        for (int i = 0; i < x.length; i++) x[i] = x[i] > 0 ? Math.log10(x[i]) : zero;
        double left = (zeros ? zero : low) - 0.2;
        double right = high + 0.2;
        int one = (int) (PLOT_WIDTH / (right - left));
        chart.getStyler().setXAxisMin(left).setXAxisMax(right);
        chart.getStyler().setXAxisTickMarkSpacingHint(one); // XChart's step is one power of ten
        chart.setCustomXAxisTickLabelsFormatter(
                v ->
                        zeros && Math.abs(v - zero) < 0.01
                                ? "0"
                                : Math.abs(v - Math.rint(v)) < 0.01 ? powerOfTen(v) : blank(v));
    }

    /**
     * A label that shows nothing, another for each half (its number in binary, in spaces of two
     * kinds): XChart draws no ticks where both ends of an axis have the same label, and looks for a
     * wider step for ever where any two have.
     */
    private static String blank(double at) {
        return Long.toBinaryString(Math.round(2 * at)).replace('0', ' ').replace('1', '\u2009');
    }

    private static String powerOfTen(double power) {
        long whole = Math.round(power);
        String[] units = {"", "k", "M", "G", "T"};
        int unit = (int) Math.max(0, Math.min(units.length - 1, Math.floorDiv(whole, 3)));
        double value = Math.pow(10, whole - 3.0 * unit);
        return String.format(Locale.ROOT, value < 1 ? "%.1g%s" : "%.0f%s", value, units[unit]);
    }

    static void fromZero(XYChart chart, double[] x) {
        double most = Arrays.stream(x).filter(Double::isFinite).max().orElse(0);
        chart.getStyler().setXAxisMin(0.0).setXAxisMax(most > 0 ? 1.08 * most : 1);
    }

    /** A value that needs room for itself alone. */
    static Interval point(double value) {
        return new Interval(value, value, value, 1);
    }

    /** A metric upwards, with room for every interval within what is possible. */
    static void upwards(XYChart chart, Metric metric, List<Interval> intervals) {
        double[] range = range(metric, intervals);
        chart.getStyler().setYAxisMin(range[0]).setYAxisMax(range[1]);
        if (metric.share()) chart.setCustomYAxisTickLabelsFormatter(Frame::percent);
    }

    /** A metric to the right. */
    static void across(XYChart chart, Metric metric, List<Interval> intervals) {
        double[] range = range(metric, intervals);
        chart.getStyler().setXAxisMin(range[0]).setXAxisMax(range[1]);
        if (metric.share()) chart.setCustomXAxisTickLabelsFormatter(Frame::percent);
    }

    /** Differences of a metric to the right, and where there is none. */
    static void differences(XYChart chart, Metric metric, List<Interval> intervals) {
        List<Interval> all = new ArrayList<>(intervals);
        all.add(point(0));
        double[] range = around(metric, all);
        chart.getStyler().setXAxisMin(range[0]).setXAxisMax(range[1]);
        chart.setCustomXAxisTickLabelsFormatter(d -> Figures.difference(metric, d));
    }

    private static double[] range(Metric metric, List<Interval> intervals) {
        double[] range = around(metric, intervals);
        Interval possible = metric.within(new Interval(range[0], range[0], range[1], 2));
        return new double[] {possible.low(), possible.high()};
    }

    private static double[] around(Metric metric, List<Interval> intervals) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Interval i : intervals) {
            low = Math.min(low, i.bounded() ? i.low() : i.mean());
            high = Math.max(high, i.bounded() ? i.high() : i.mean());
        }
        if (low > high) return new double[] {0, 1};
        double least = metric.share() ? 0.02 : 0.02 * Math.max(1e-3, Math.abs(high));
        double margin = Math.max(least, 0.08 * (high - low));
        return new double[] {low - margin, high + margin};
    }

    private static String percent(double share) {
        double percent = 100 * share;
        boolean whole = Math.abs(percent - Math.round(percent)) < 0.05;
        return String.format(Locale.ROOT, whole ? "%.0f%%" : "%.1f%%", percent);
    }
}
