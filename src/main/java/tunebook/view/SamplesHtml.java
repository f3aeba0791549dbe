package tunebook.view;

import java.util.List;
import tunebook.train.Samples;

/** Texts that two models wrote, side by side. */
public final class SamplesHtml {
    private SamplesHtml() {}

    /** A row for each pair; the words that both began with stand out. */
    public static String of(Samples samples) {
        StringBuilder html = new StringBuilder();
        html.append("<table style=\"border-collapse:collapse;margin:0.5em 0;table-layout:fixed;")
                .append("width:100%;max-width:64em;")
                .append(Theme.FONT)
                .append("\">\n<caption style=\"text-align:left;padding:0.3em 0.6em;")
                .append("font-weight:600;color:inherit\">After “")
                .append(Escape.html(samples.prompt()))
                .append("”</caption>\n<thead><tr>");
        for (String who : List.of(samples.before(), samples.after()))
            html.append("<th scope=\"col\" style=\"text-align:left;border-bottom:2px solid ")
                    .append(Theme.LINE)
                    .append(";padding:0.3em 0.6em\">")
                    .append(Escape.html(who))
                    .append("</th>");
        html.append("</tr></thead>\n<tbody>\n");
        for (Samples.Pair pair : samples.pairs()) {
            html.append("<tr>");
            for (String text : List.of(pair.before(), pair.after())) cell(html, samples, text);
            html.append("</tr>\n");
        }
        return html.append("</tbody>\n</table>").toString();
    }

    private static void cell(StringBuilder html, Samples samples, String text) {
        int own = text.startsWith(samples.prompt()) ? samples.prompt().length() : 0;
        html.append("<td style=\"text-align:left;vertical-align:top;white-space:pre-wrap;")
                .append("overflow-wrap:anywhere;border-bottom:1px solid ")
                .append(Theme.FAINT_LINE)
                .append(";padding:0.4em 0.6em\"><b>")
                .append(Escape.html(text.substring(0, own)))
                .append("</b>")
                .append(Escape.html(text.substring(own)))
                .append("</td>");
    }

    /** The same as plain text. */
    public static String text(Samples samples) {
        StringBuilder lines = new StringBuilder();
        for (Samples.Pair pair : samples.pairs()) {
            lines.append(samples.before()).append(": ").append(pair.before()).append('\n');
            lines.append(samples.after()).append(": ").append(pair.after()).append("\n\n");
        }
        return lines.toString().stripTrailing();
    }
}
