package tunebook.notebook;

import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;
import tunebook.view.Drawing;

/** XChart's charts as pictures. */
final class Charts {
    private Charts() {}

    static String text(Chart<?, ?> chart) {
        return title(chart) + " of " + String.join(", ", chart.getSeriesMap().keySet());
    }

    private static String title(Chart<?, ?> chart) {
        String title = chart.getTitle();
        return title == null || title.isBlank() ? "chart" : "chart \"" + title + "\"";
    }

    /** Without its white background, so that it also suits a dark notebook. */
    static String svg(Chart<?, ?> chart) {
        Styler styler = chart.getStyler();
        Color background = styler.getChartBackgroundColor();
        styler.setChartBackgroundColor(new Color(255, 255, 255, 0));
        try {
            return Drawing.svg(chart, title(chart), text(chart));
        } finally {
            styler.setChartBackgroundColor(background);
        }
    }

    static byte[] png(Chart<?, ?> chart) {
        try {
            return BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is written to memory
        }
    }
}
