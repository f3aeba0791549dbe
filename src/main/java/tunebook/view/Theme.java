package tunebook.view;

import java.awt.Color;
import java.util.Locale;

/**
 * How views look on light and dark pages. Within JupyterLab its own variables decide; {@link Page}
 * sets the same ones; elsewhere text has the page's colour. Behind text stand only tints that let
 * the page through, so that both kinds stay readable.
 */
final class Theme {
    static final String FONT =
            "font-family:var(--jp-content-font-family,system-ui,sans-serif);"
                    + "font-size:var(--jp-content-font-size1,14px);"
                    + "color:var(--jp-content-font-color1,inherit);";
    static final String LINE = "var(--jp-border-color1,rgba(128,128,128,0.6))";
    static final String FAINT_LINE = "var(--jp-border-color2,rgba(128,128,128,0.3))";

    /** A table that is scrolled by itself where it is too wide for its page. */
    static final String TABLE =
            "<div style=\"overflow-x:auto\">\n<table style=\"border-collapse:collapse;margin:0.5em 0;"
                    + FONT;

    static final String TABLE_END = "</tbody>\n</table>\n</div>";

    /** Share of a colour behind marked text. */
    static final double TINT = 0.2;

    /** The most that any text may have behind it. */
    static final double STRONGEST_TINT = 0.5;

    private Theme() {}

    /** A colour that lets the page through. */
    static String tint(Color color, double share) {
        return String.format(
                Locale.ROOT,
                "rgba(%d,%d,%d,%.2f)",
                color.getRed(),
                color.getGreen(),
                color.getBlue(),
                share);
    }

    /** Begins a stretch of text with a tint and a line below it. */
    static String mark(Color color) {
        return "<mark style=\"color:inherit;background:"
                + tint(color, TINT)
                + ";border-bottom:2px solid "
                + tint(color, 1)
                + ";border-radius:0.2em;padding:0.1em 0.25em\">";
    }
}
