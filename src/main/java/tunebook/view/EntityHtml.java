package tunebook.view;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import tunebook.data.Bio;
import tunebook.study.WrongEntities;
import tunebook.study.WrongEntities.Sentence;
import tunebook.train.Tagged;

/**
 * Texts with their entities marked: a tint and a line under each, and its type in words behind it,
 * so that nothing is said by colour alone.
 */
public final class EntityHtml {
    private static final int SENTENCES = 20;
    private static final String CELL =
            "padding:0.1em 0.6em;text-align:left;vertical-align:top;font-weight:normal";
    private static final String LAST = "border-bottom:1px solid " + Theme.FAINT_LINE + ";";

    private EntityHtml() {}

    /**
     * A marked stretch of text.
     *
     * @param from its first character
     * @param end the place after its last one
     * @param label what is written behind it
     */
    private record Stretch(int from, int end, String type, String label) {}

    /** The text with the entities that were found, their types and how sure these are. */
    public static String tagged(Tagged tagged) {
        List<Stretch> stretches = new ArrayList<>();
        for (Tagged.Entity e : tagged.entities())
            stretches.add(new Stretch(e.from(), e.end(), e.type(), e.label()));
        StringBuilder html = new StringBuilder();
        html.append("<div dir=\"auto\" style=\"").append(Theme.FONT);
        html.append("line-height:1.9;white-space:pre-wrap;max-width:60em;margin:0.5em 0\">");
        append(html, tagged.text(), stretches, tagged.types());
        return html.append("</div>").toString();
    }

    /** The worst sentences, each as it is tagged and as it was predicted. */
    public static String wrong(WrongEntities wrong) {
        StringBuilder html = new StringBuilder();
        html.append("<table style=\"border-collapse:collapse;margin:0.5em 0;line-height:1.9;");
        html.append(Theme.FONT).append("\">\n").append(Html.caption(wrong.title()));
        html.append("\n<tbody>\n");
        int rows = Math.min(SENTENCES, wrong.sentences().size());
        for (Sentence sentence : wrong.sentences().subList(0, rows)) {
            List<Stretch> truth =
                    stretches(sentence, sentence.truth(), sentence.missed(), ", missed");
            List<Stretch> predicted =
                    stretches(sentence, sentence.predicted(), sentence.invented(), ", not there");
            html.append("<tr><th scope=\"rowgroup\" rowspan=\"2\" style=\"").append(LAST);
            html.append(CELL).append("\">").append(Escape.html(sentence.id())).append("</th>");
            String text = String.join(" ", sentence.words());
            row(html, "truth", CELL, text, truth, wrong.types());
            html.append("<tr>");
            row(html, "predicted", LAST + CELL, text, predicted, wrong.types());
        }
        html.append("</tbody>\n</table>");
        int more = wrong.sentences().size() - rows;
        return html.append(more == 0 ? "" : Html.more(more, "sentences")).toString();
    }

    private static List<Stretch> stretches(
            Sentence sentence, List<Bio.Span> spans, List<Bio.Span> wrong, String why) {
        int[] starts = new int[sentence.words().size() + 1];
        for (int w = 0; w < starts.length - 1; w++)
            starts[w + 1] = starts[w] + sentence.words().get(w).length() + 1;
        return spans.stream()
                .map(
                        s ->
                                new Stretch(
                                        starts[s.from()],
                                        starts[s.end()] - 1,
                                        s.type(),
                                        s.type() + (wrong.contains(s) ? why : "")))
                .toList();
    }

    private static void row(
            StringBuilder html,
            String what,
            String style,
            String text,
            List<Stretch> stretches,
            List<String> types) {
        html.append("<td style=\"").append(style).append("\">").append(what).append("</td>");
        html.append("<td dir=\"auto\" style=\"").append(style).append("\">");
        append(html, text, stretches, types);
        html.append("</td></tr>\n");
    }

    private static void append(
            StringBuilder html, String text, List<Stretch> stretches, List<String> types) {
        int at = 0;
        for (Stretch stretch : stretches) {
            html.append(Escape.html(text.substring(at, stretch.from())));
            Color color = Palette.color(Math.max(0, types.indexOf(stretch.type())));
            html.append(Theme.mark(color));
            html.append(Escape.html(text.substring(stretch.from(), stretch.end())));
            html.append(" <small style=\"font-weight:600\">");
            html.append(Escape.html(stretch.label())).append("</small></mark>");
            at = stretch.end();
        }
        html.append(Escape.html(text.substring(at)));
    }
}
