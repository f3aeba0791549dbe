package tunebook.view;

import java.awt.Color;
import java.util.List;

/** A grid of named rows and columns: the larger a cell's share, the stronger its colour. */
final class HeatMap {
    /** More rows or columns nobody can read. */
    private static final int MOST = 40;

    /** More names do not stand side by side. */
    private static final int ACROSS = 8;

    private static final String CELL = "padding:0.15em 0.4em;font-weight:normal;";

    private HeatMap() {}

    /** What stands in a cell, and behind it. */
    interface Cells {
        /** Plain text. */
        String text(int row, int column);

        /** How strong its colour is, 0 … 1. */
        double share(int row, int column);

        /** Which colour. */
        Color color(int row, int column);
    }

    /**
     * The grid; of a large one the first {@value #MOST} rows and columns.
     *
     * @param corner what rows and columns are
     * @param what they are called, of more than are shown
     */
    static String of(
            String title,
            String corner,
            String what,
            List<String> rows,
            List<String> columns,
            Cells cells) {
        int tall = shown(rows);
        int wide = shown(columns);
        StringBuilder html = new StringBuilder();
        html.append(Theme.TABLE).append("\">\n").append(Html.caption(title));
        html.append("\n<thead><tr><th scope=\"col\" style=\"").append(CELL);
        html.append("text-align:left;vertical-align:bottom;white-space:nowrap\">");
        html.append(Escape.html(corner)).append("</th>");
        for (String column : columns.subList(0, wide)) header(html, column, wide > ACROSS);
        html.append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < tall; i++) {
            html.append("<tr><th scope=\"row\" style=\"").append(CELL);
            html.append("text-align:left;white-space:pre\">");
            html.append(Escape.html(rows.get(i))).append("</th>");
            for (int j = 0; j < wide; j++) cell(html, cells, i, j);
            html.append("</tr>\n");
        }
        html.append(Theme.TABLE_END);
        int more = Math.max(rows.size() - tall, columns.size() - wide);
        return more > 0 ? html.append(Html.more(more, what)).toString() : html.toString();
    }

    /** How many of the names are shown. */
    static int shown(List<String> names) {
        return Math.min(MOST, names.size());
    }

    private static void header(StringBuilder html, String name, boolean upright) {
        html.append("<th scope=\"col\" style=\"").append(CELL);
        html.append("vertical-align:bottom;text-align:").append(upright ? "left" : "right");
        html.append("\"><span style=\"");
        html.append(upright ? "writing-mode:vertical-rl;" : "").append("white-space:pre\">");
        html.append(Escape.html(name)).append("</span></th>");
    }

    private static void cell(StringBuilder html, Cells cells, int row, int column) {
        html.append("<td style=\"").append(CELL).append("min-width:1.6em;text-align:right;");
        html.append("white-space:nowrap;font-variant-numeric:tabular-nums;background:");
        html.append(
                Theme.tint(
                        cells.color(row, column), Theme.STRONGEST_TINT * cells.share(row, column)));
        html.append("\">").append(Escape.html(cells.text(row, column))).append("</td>");
    }
}
