package tunebook.study;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.text.NumberFormat;
import java.util.Locale;
import tunebook.stats.Interval;

/** How figures are written for people, the same in every locale. */
final class Figures {
    private Figures() {}

    static NumberFormat format(String pattern) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    }

    /** 0.8423 → 84.2%. */
    static String percent(double share) {
        return Double.isFinite(share) ? format("0.0%").format(share) : "–";
    }

    /** [82.1%, 86.4%], or a dash where one value bounds nothing. */
    static String percents(Interval interval) {
        if (!interval.bounded()) return "–";
        return "[" + percent(interval.low()) + ", " + percent(interval.high()) + "]";
    }

    /** 0.042 → 4.2 (percentage points), without a minus before zero. */
    static String points(double difference) {
        if (!Double.isFinite(difference)) return "–";
        String points = format("0.0").format(100 * difference);
        return points.equals("-0.0") ? "0.0" : points;
    }

    static String points(Interval interval) {
        if (!interval.bounded()) return "no interval";
        return "[" + points(interval.low()) + ", " + points(interval.high()) + "]";
    }

    /** p = 0.032; of tiny ones only that they are below 0.001. */
    static String p(double p) {
        if (Double.isNaN(p)) return "no p";
        return p < 0.001 ? "p < 0.001" : "p = " + format("0.000").format(p);
    }

    static String count(long n, String noun) {
        return n + " " + noun + (n == 1 ? "" : "s");
    }
}
