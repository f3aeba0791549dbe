package tunebook.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tunebook.stats.Metric;

/**
 * Whether colours can be told from what is behind them, light and dark.
 *
 * @see <a href="https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio">WCAG 2.2, contrast ratio</a>
 */
class ContrastTest {
    private static final double TEXT = 4.5;
    private static final double MARKS = 3;

    /** What a page is made of in one of its themes. */
    private record Look(String name, Color background, Color text, Color cells, Color ink) {}

    private static List<Look> looks() {
        String page = Page.of("t", "");
        int dark = page.indexOf("@media(prefers-color-scheme:dark)");
        String svg = Charts.metric(Samples.comparison(2, "a", "b"), Metric.ACCURACY).svg();
        return List.of(
                look("light", page.substring(0, dark), found("color=\"rgb\\(([0-9,]+)", svg)),
                look(
                        "dark",
                        page.substring(dark),
                        found("dark\\)\\{\\.tunebook\\{color:rgb\\(([0-9,]+)", svg)));
    }

    private static Look look(String name, String css, String ink) {
        String[] rgb = ink.split(",", -1);
        return new Look(
                name,
                Color.decode(found("background:(#[0-9a-f]{6})", css)),
                Color.decode(found("background:#[0-9a-f]{6};color:(#[0-9a-f]{6})", css)),
                Color.decode(found("--jp-content-font-color1:(#[0-9a-f]{6})", css)),
                new Color(
                        Integer.parseInt(rgb[0]),
                        Integer.parseInt(rgb[1]),
                        Integer.parseInt(rgb[2])));
    }

    private static String found(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), pattern);
        return matcher.group(1);
    }

    private static void atLeast(double least, String what, Color front, Color back) {
        double ratio = contrast(front, back);
        assertTrue(ratio >= least, what + ": " + ratio + ":1");
    }

    private static double contrast(Color a, Color b) {
        double light = Math.max(luminance(a), luminance(b));
        double dark = Math.min(luminance(a), luminance(b));
        return (light + 0.05) / (dark + 0.05);
    }

    private static double luminance(Color c) {
        return 0.2126 * linear(c.getRed())
                + 0.7152 * linear(c.getGreen())
                + 0.0722 * linear(c.getBlue());
    }

    private static double linear(int value) {
        double s = value / 255.0;
        return s <= 0.04045 ? s / 12.92 : Math.pow((s + 0.055) / 1.055, 2.4);
    }

    private static Color tinted(Color tint, Color back, double share) {
        return new Color(
                mixed(tint.getRed(), back.getRed(), share),
                mixed(tint.getGreen(), back.getGreen(), share),
                mixed(tint.getBlue(), back.getBlue(), share));
    }

    private static int mixed(int tint, int back, double share) {
        return (int) Math.round(share * tint + (1 - share) * back);
    }

    @Test
    void theFormulaGivesItsKnownValues() {
        assertEquals(21, contrast(Color.BLACK, Color.WHITE), 1e-9);
        assertEquals(4.48, contrast(new Color(0x777777), Color.WHITE), 0.005);
    }

    @Test
    void textStandsOutFromItsBackground() {
        for (Look theme : looks()) {
            atLeast(TEXT, theme.name() + " text", theme.text(), theme.background());
            atLeast(TEXT, theme.name() + " cells", theme.cells(), theme.background());
            atLeast(TEXT, theme.name() + " chart text", theme.ink(), theme.background());
            for (int i = 0; i < 7; i++) {
                Color tint = tinted(Palette.color(i), theme.background(), Theme.TINT);
                atLeast(TEXT, theme.name() + " text in mark " + i, theme.cells(), tint);
            }
            for (Color color : List.of(Palette.BETTER, Palette.WORSE)) {
                Color tint = tinted(color, theme.background(), Theme.STRONGEST_TINT);
                atLeast(TEXT, theme.name() + " text in a heat map", theme.cells(), tint);
            }
        }
        atLeast(TEXT, "text of a PNG", Palette.INK, Color.WHITE);
    }

    @Test
    void chartMarksStandOutFromThePage() {
        for (Look theme : looks())
            for (int i = 0; i < 7; i++)
                atLeast(
                        MARKS,
                        theme.name() + " chart colour " + i,
                        Palette.color(i),
                        theme.background());
    }
}
