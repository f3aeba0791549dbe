package tunebook.view;

import java.awt.Color;
import tunebook.study.Matrix;
import tunebook.study.Pair;
import tunebook.study.Pair.Verdict;

/** Every recipe against every other: a word, an arrow and a tint in each cell. */
public final class MatrixHtml {
    private static final String CELL = "padding:0.3em 0.6em;white-space:nowrap;";

    private MatrixHtml() {}

    /** The matrix; what the colours say stands in words too. */
    public static String of(Matrix matrix) {
        StringBuilder html = new StringBuilder();
        html.append(Theme.TABLE)
                .append("\">\n")
                .append(Html.caption(matrix.title()))
                .append("\n<thead><tr>");
        header(html, "recipe", "left");
        for (String column : matrix.recipes()) header(html, "vs " + column, "left");
        for (Verdict verdict : Verdict.values()) header(html, Matrix.counted(verdict), "right");
        html.append("</tr></thead>\n<tbody>\n");
        for (String row : matrix.recipes()) {
            html.append("<tr><th scope=\"row\" style=\"text-align:left;font-weight:600;");
            html.append(CELL).append("border-bottom:1px solid ").append(Theme.FAINT_LINE);
            html.append("\">").append(Escape.html(row)).append("</th>");
            for (String column : matrix.recipes()) {
                if (row.equals(column)) cell(html, "", "text-align:center", "–");
                else cell(html, matrix, matrix.comparison().pair(row, column));
            }
            for (Verdict verdict : Verdict.values())
                cell(
                        html,
                        "",
                        "text-align:right;font-variant-numeric:tabular-nums",
                        String.valueOf(matrix.count(row, verdict)));
            html.append("</tr>\n");
        }
        return html.append(Theme.TABLE_END).toString();
    }

    private static void header(StringBuilder html, String text, String align) {
        html.append("<th scope=\"col\" style=\"").append(CELL);
        html.append("text-align:").append(align).append(";border-bottom:2px solid ");
        html.append(Theme.LINE).append("\">").append(Escape.html(text)).append("</th>");
    }

    private static void cell(StringBuilder html, Matrix matrix, Pair pair) {
        switch (pair.verdict()) {
            case BETTER -> cell(html, tint(Palette.BETTER), "", "▲ " + matrix.words(pair));
            case WORSE -> cell(html, tint(Palette.WORSE), "", "▼ " + matrix.words(pair));
            case NOT_SEPARABLE -> cell(html, "", "", matrix.words(pair));
        }
    }

    private static String tint(Color color) {
        return "background:" + Theme.tint(color, Theme.TINT) + ";";
    }

    private static void cell(StringBuilder html, String background, String align, String text) {
        html.append("<td style=\"").append(CELL).append(background);
        html.append("border-bottom:1px solid ").append(Theme.FAINT_LINE).append(';');
        html.append(align).append("\">").append(Escape.html(text)).append("</td>");
    }
}
