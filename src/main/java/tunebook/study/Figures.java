package tunebook.study;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.FieldPosition;
import java.text.NumberFormat;
import java.util.Locale;
import tunebook.stats.Interval;
import tunebook.stats.Metric;

/** How figures are written for people, the same in every locale. */
public final class Figures {
    private Figures() {}

    /** A format that puts no minus before zero. */
    static NumberFormat format(String pattern) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT)) {
            @Override
            public StringBuffer format(double number, StringBuffer to, FieldPosition at) {
                int from = to.length();
                super.format(number, to, at);
                if (!to.substring(from).matches("-[0.,%]+")) return to;
                to.setLength(from);
                return super.format(0.0, to, at);
            }
        };
    }

    /** How a metric's values are written: shares as per cent, others with three decimals. */
    public static NumberFormat format(Metric metric) {
        return format(metric.share() ? "0.0%" : "0.000");
    }

    /** 0.8423 → 84.2%; a dash where there is no finite number. */
    public static String value(Metric metric, double value) {
        return Double.isFinite(value) ? format(metric).format(value) : "–";
    }

    /** [82.1%, 86.4%], or a dash where one value bounds nothing. */
    public static String interval(Metric metric, Interval interval) {
        if (!interval.bounded()) return "–";
        return "[" + value(metric, interval.low()) + ", " + value(metric, interval.high()) + "]";
    }

    /** 0.042 → 4.2 (percentage points). */
    public static String difference(Metric metric, double difference) {
        if (!Double.isFinite(difference)) return "–";
        return metric.share()
                ? format("0.0").format(100 * difference)
                : format("0.000").format(difference);
    }

    /** The same of both bounds, or that there is no interval. */
    public static String difference(Metric metric, Interval interval) {
        if (!interval.bounded()) return "no interval";
        return "["
                + difference(metric, interval.low())
                + ", "
                + difference(metric, interval.high())
                + "]";
    }

    /** What a difference is counted in. */
    public static String unit(Metric metric) {
        return metric.share() ? "points" : metric.words();
    }

    /** p = 0.032; of tiny ones only that they are below 0.001. */
    public static String p(double p) {
        if (Double.isNaN(p)) return "no p";
        return p < 0.001 ? "p < 0.001" : "p = " + format("0.000").format(p);
    }

    static String count(long n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }
}
