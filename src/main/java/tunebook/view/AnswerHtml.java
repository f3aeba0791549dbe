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
        int from = Math.max(0, answer.from() - AROUND);
        int end = Math.min(passage.length(), answer.end() + AROUND);
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

    /** The answer with its probability, and below it the passage with the answer marked. */
    public static String html(Answer answer) {
        String passage = answer.passage();
        return "<div style=\""
                + Html.FONT
                + "max-width:44em\">\n<p style=\"margin:0.3em 0\"><strong>"
                + Escape.html(answer.text())
                + "</strong> ("
                + percent(answer)
                + ")</p>\n<p style=\"margin:0.3em 0;line-height:1.6;white-space:pre-wrap\">"
                + Escape.html(passage.substring(0, answer.from()))
                + "<mark style=\"background:rgba(230,159,0,0.3);color:inherit;"
                + "border-bottom:2px solid #E69F00;padding:0.1em 0.2em\">"
                + Escape.html(answer.text())
                + "<span style=\"font-size:0.75em;font-weight:600;margin-left:0.5em\">answer"
                + "</span></mark>"
                + Escape.html(passage.substring(answer.end()))
                + "</p>\n</div>";
    }

    private static String percent(Answer answer) {
        return String.format(Locale.ROOT, "%.0f%%", 100 * answer.probability());
    }
}
