package tunebook.view;

import java.awt.BasicStroke;
import java.awt.Color;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Colours after Okabe and Ito, without the yellow and black that vanish on a white or a dark page,
 * and with orange and sky blue darkened, so that all stand out 3:1 or more from both; with markers,
 * so that colour is never the only difference, and with dashes and dots where colours come again.
 * (XChart strokes each piece of a line by itself, so that both close up where points are dense.)
 *
 * @see <a href="https://jfly.uni-koeln.de/color/">Okabe and Ito 2008, Color universal design</a>
 */
final class Palette {
    /** Text and axes; {@link Drawing} replaces it by what the page reads best. */
    static final Color INK = new Color(34, 34, 34);

    static final Color GRID = new Color(128, 128, 128, 70);
    static final Color CLEAR = new Color(255, 255, 255, 0);
    static final BasicStroke LINE =
            new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

    /** Of what stands around a line. */
    static final BasicStroke BROKEN =
            new BasicStroke(
                    1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {3, 4}, 0);

    static final Color BETTER = new Color(0x0072B2);
    static final Color WORSE = new Color(0xD55E00);

    private static final Color[] COLORS = {
        BETTER,
        WORSE,
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0xC28500),
        new Color(0x2E96CF),
        new Color(0x808080)
    };
    private static final Marker[] MARKERS = {
        SeriesMarkers.CIRCLE,
        SeriesMarkers.SQUARE,
        SeriesMarkers.TRIANGLE_UP,
        SeriesMarkers.DIAMOND,
        SeriesMarkers.TRIANGLE_DOWN,
        SeriesMarkers.CROSS,
        SeriesMarkers.TRAPEZOID,
        SeriesMarkers.OVAL,
        SeriesMarkers.PLUS
    };

    private static final float[][] DASHES = {null, {8, 4}, {2, 4}, {10, 3, 2, 3}};

    private Palette() {}

    /** Of 252 no two look the same, of seven no two have one colour. */
    static void style(XYSeries series, int i) {
        series.setLineColor(color(i)).setLineStyle(stroke(i, 2));
        series.setMarkerColor(color(i)).setMarker(marker(i));
    }

    /** One that stands behind others: the same line, thin, without markers. Of 28 no two alike. */
    static void faint(XYSeries series, int i) {
        series.setLineColor(color(i)).setLineStyle(stroke(i, 1));
        series.setMarker(SeriesMarkers.NONE);
    }

    private static BasicStroke stroke(int i, float width) {
        float[] dashes = DASHES[i / COLORS.length % DASHES.length];
        return dashes == null
                ? new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                : new BasicStroke(
                        width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, dashes, 0);
    }

    static Color color(int i) {
        return COLORS[i % COLORS.length];
    }

    static Marker marker(int i) {
        return MARKERS[i % MARKERS.length];
    }
}
