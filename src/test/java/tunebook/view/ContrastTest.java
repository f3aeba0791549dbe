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
    private record Theme(String name, Color background, Color text, Color cells, Color ink) {}

    private static List<Theme> themes() {
        String page = Page.of("t", "");
        int dark = page.indexOf("@media(prefers-color-scheme:dark)");
        String svg = Charts.metric(Samples.comparison(2, "a", "b"), Metric.ACCURACY).svg();
        return List.of(
                theme("light", page.substring(0, dark), found("color=\"rgb\\(([0-9,]+)", svg)),
                theme(
                        "dark",
                        page.substring(dark),
                        found("dark\\)\\{\\.tunebook\\{color:rgb\\(([0-9,]+)", svg)));
    }

    private static Theme theme(String name, String css, String ink) {
        String[] rgb = ink.split(",", -1);
        return new Theme(
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

    /** A tint of 20% over a background. */
    private static Color tinted(Color tint, Color back) {
        return new Color(
                (tint.getRed() + 4 * back.getRed()) / 5,
                (tint.getGreen() + 4 * back.getGreen()) / 5,
                (tint.getBlue() + 4 * back.getBlue()) / 5);
    }

    @Test
    void theFormulaGivesItsKnownValues() {
        assertEquals(21, contrast(Color.BLACK, Color.WHITE), 1e-9);
        assertEquals(4.48, contrast(new Color(0x777777), Color.WHITE), 0.005);
    }

    @Test
    void textStandsOutFromItsBackground() {
        for (Theme theme : themes()) {
            atLeast(TEXT, theme.name() + " text", theme.text(), theme.background());
            atLeast(TEXT, theme.name() + " cells", theme.cells(), theme.background());
            atLeast(TEXT, theme.name() + " chart text", theme.ink(), theme.background());
            for (int i = 0; i < 7; i++) {
                assertTrue(Html.mark(Palette.color(i)).contains(",0.2)"));
                Color tint = tinted(Palette.color(i), theme.background());
                atLeast(TEXT, theme.name() + " text in mark " + i, theme.cells(), tint);
            }
        }
        atLeast(TEXT, "text of a PNG", Palette.INK, Color.WHITE);
    }

    @Test
    void chartMarksStandOutFromThePage() {
        for (Theme theme : themes())
            for (int i = 0; i < 7; i++)
                atLeast(
                        MARKS,
                        theme.name() + " chart colour " + i,
                        Palette.color(i),
                        theme.background());
    }
}
