package tunebook.view;

import java.util.Locale;
import tunebook.train.Answer;

/** An answer in its passage, as text and as static HTML. */
public final class AnswerHtml {
    /** Characters of the passage on either side of the answer in the text form. */
    private static final int AROUND = 40;

    private AnswerHtml() {}

    /** The answer with its probability, and in brackets among the words beside it. */
    public static String text(Answer answer) {
        String passage = answer.passage();
        int from = whole(passage, Math.max(0, answer.from() - AROUND));
        int end = whole(passage, Math.min(passage.length(), answer.end() + AROUND));
        return Escape.line(answer.text())
                + " ("
                + percent(answer)
                + ")\n"
                + (from > 0 ? "…" : "")
                + Escape.line(
                        passage.substring(from, answer.from())
                                + "["
                                + answer.text()
                                + "]"
                                + passage.substring(answer.end(), end))
                + (end < passage.length() ? "…" : "");
    }

    /** A place that divides no pair of surrogates. */
    private static int whole(String text, int at) {
        boolean inside = at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at));
        return inside ? at - 1 : at;
    }

    /** The answer with its probability, and below it the passage with the answer marked. */
    public static String html(Answer answer) {
        String passage = answer.passage();
        return "<div style=\""
                + Theme.FONT
                + "max-width:60em;margin:0.5em 0\">\n<p dir=\"auto\" style=\"margin:0.3em 0\"><strong>"
                + Escape.html(answer.text())
                + "</strong> ("
                + percent(answer)
                + ")</p>\n<p dir=\"auto\" style=\"margin:0.3em 0;line-height:1.6;"
                + "white-space:pre-wrap\">"
                + Escape.html(passage.substring(0, answer.from()))
                + Theme.mark(Palette.color(4))
                + Escape.html(answer.text())
                + " <small style=\"font-weight:600\">answer</small></mark>"
                + Escape.html(passage.substring(answer.end()))
                + "</p>\n</div>";
    }

    private static String percent(Answer answer) {
        return String.format(Locale.ROOT, "%.0f%%", 100 * answer.probability());
    }
}
