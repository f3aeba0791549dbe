package tunebook.notebook;

import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.Styler;

/** XChart's charts as pictures. */
final class Charts {
    private Charts() {}

    static String text(Chart<?, ?> chart) {
        String title = chart.getTitle();
        String name = title == null || title.isBlank() ? "" : " \"" + title + "\"";
        return "chart" + name + " of " + String.join(", ", chart.getSeriesMap().keySet());
    }

    /** Without its white background, so that it also suits a dark notebook. */
    static String svg(Chart<?, ?> chart) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Styler styler = chart.getStyler();
        Color background = styler.getChartBackgroundColor();
        styler.setChartBackgroundColor(new Color(255, 255, 255, 0));
        try {
            VectorGraphicsEncoder.saveVectorGraphic(
                    chart, bytes, VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is written to memory
        } finally {
            styler.setChartBackgroundColor(background);
        }
        String file = bytes.toString(StandardCharsets.UTF_8);
        return file.substring(Math.max(0, file.indexOf("<svg")));
    }

    static byte[] png(Chart<?, ?> chart) {
        try {
            return BitmapEncoder.getBitmapBytes(chart, BitmapEncoder.BitmapFormat.PNG);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is written to memory
        }
    }
}
