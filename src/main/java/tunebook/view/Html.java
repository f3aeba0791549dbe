package tunebook.view;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.stream.Collectors;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tunebook.study.Progress;
import tunebook.study.VerdictText;

/** Tables, verdicts and progress as static HTML that needs no JavaScript. */
public final class Html {
    private static final int ROWS = 100;

    /** Characters of a text that is not broken into lines: names and intervals. */
    private static final int UNBROKEN = 32;

    private Html() {}

    /** The table with its name as caption; of a long one the first 100 rows. */
    public static String table(Table table) {
        return table(table, ROWS);
    }

    /**
     * The table with its name as caption and at most this many rows; numbers stand right. One that
     * is too wide for its page is scrolled by itself.
     */
    public static String table(Table table, int maxRows) {
        StringBuilder html = new StringBuilder();
        html.append(Theme.TABLE)
                .append("\">\n")
                .append(caption(table.name() == null ? "" : table.name()));
        html.append("\n<thead><tr>");
        for (Column<?> column : table.columns()) {
            html.append("<th scope=\"col\" style=\"border-bottom:2px solid ").append(Theme.LINE);
            html.append(";padding:0.3em 0.6em;").append(align(column)).append("\">");
            html.append(Escape.html(column.name())).append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        int rows = Math.min(maxRows, table.rowCount());
        for (int row = 0; row < rows; row++) {
            html.append("<tr>");
            for (Column<?> column : table.columns()) {
                html.append("<td style=\"border-bottom:1px solid ").append(Theme.FAINT_LINE);
                html.append(";padding:0.3em 0.6em;").append(align(column)).append("\">");
                html.append(Escape.html(column.getString(row))).append("</td>");
            }
            html.append("</tr>\n");
        }
        html.append(Theme.TABLE_END);
        if (rows < table.rowCount()) html.append(more(table.rowCount() - rows, "rows"));
        return html.toString();
    }

    static String caption(String name) {
        return "<caption style=\"text-align:left;padding:0.3em 0.6em;"
                + "font-weight:600;white-space:nowrap;color:inherit\">"
                + Escape.html(name)
                + "</caption>";
    }

    /** Says how many are not shown. */
    static String more(int count, String what) {
        return "\n<p style=\"" + Theme.FONT + "\">… and " + count + " more " + what + "</p>";
    }

    private static String align(Column<?> column) {
        if (column instanceof NumericColumn<?>)
            return "text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap";
        boolean shortTexts = true;
        for (int row = 0; row < column.size(); row++)
            shortTexts &= column.getString(row).length() <= UNBROKEN;
        return "text-align:left" + (shortTexts ? ";white-space:nowrap" : "");
    }

    /** The verdict, a paragraph a sentence, the first in bold. */
    public static String verdict(VerdictText verdict) {
        return verdict.lines().stream()
                .map(Escape::html)
                .collect(
                        Collectors.joining(
                                "</p>\n<p style=\"margin:0.2em 0\">",
                                "<div style=\""
                                        + Theme.FONT
                                        + "\">\n<p style=\"margin:0.2em 0;"
                                        + "font-weight:600\">",
                                "</p>\n</div>"));
    }

    /** A bar with what runs now and the time left, and under it the figures so far. */
    public static String progress(Progress progress) {
        String percent = number("0", 100 * progress.share());
        StringBuilder html = new StringBuilder();
        html.append("<div style=\"").append(Theme.FONT).append("max-width:44em\">\n");
        html.append("<div role=\"progressbar\" aria-valuemin=\"0\" aria-valuemax=\"100\"")
                .append(" aria-valuenow=\"")
                .append(percent)
                .append("\" aria-label=\"study\" style=\"height:0.7em;border-radius:0.35em;")
                .append("overflow:hidden;background:rgba(128,128,128,0.3)\">")
                .append("<div style=\"height:100%;width:")
                .append(number("0.0", 100 * progress.share()))
                .append("%;background:")
                .append(Theme.tint(Palette.color(0), 1))
                .append("\"></div></div>\n");
        html.append("<p style=\"margin:0.3em 0\">").append(Escape.html(state(progress)));
        html.append("</p>\n");
        if (progress.done() < progress.total() && !progress.recipe().isEmpty()) {
            html.append("<p style=\"margin:0.3em 0\">").append(Escape.html(running(progress)));
            html.append("</p>\n");
        }
        if (!progress.finished().isEmpty()) html.append(table(ProgressTable.of(progress)));
        return html.append("\n</div>").toString();
    }

    private static String state(Progress p) {
        String runs = p.done() + " of " + p.total() + " runs, " + time(p.secondsElapsed());
        if (p.done() >= p.total()) return runs + " in all";
        return runs
                + " so far, "
                + (Double.isFinite(p.secondsLeft())
                        ? "about " + time(p.secondsLeft()) + " left"
                        : "time left not known yet");
    }

    private static String running(Progress p) {
        String run = "Now " + p.recipe() + ", seed " + p.seed() + ": ";
        if (!p.preparing().isEmpty()) return run + "preparing " + p.preparing();
        String loss =
                Double.isFinite(p.lastLoss()) ? ", loss " + number("0.0000", p.lastLoss()) : "";
        return run
                + "epoch "
                + number("0.0", p.epoch())
                + ", step "
                + p.step()
                + " of "
                + p.steps()
                + loss;
    }

    /** 75 → 1:15, 3700 → 1:01:40. */
    static String time(double seconds) {
        long s = Math.max(0, Math.round(seconds));
        return s < 3600
                ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }

    private static String number(String pattern, double value) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT))
                .format(value);
    }
}
