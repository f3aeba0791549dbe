package tunebook.view;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;

/**
 * A chart with its words.
 *
 * @param chart XChart's own chart, free to be styled further before it is drawn
 * @param title what it shows, plain text
 * @param description its figures in words, for those who do not see it, plain text
 */
public record Plot(XYChart chart, String title, String description) {
    /** A picture of its own, transparent, readable on light and dark pages. */
    public String svg() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + Drawing.adaptive(chart, title, description);
    }

    /**
     * The picture as an image for within a page. Not as the drawing itself: nbconvert empties that
     * while it writes HTML, and JupyterLab removes it until a person trusts the notebook; and an
     * image cannot run a script. It is drawn for a light page unless the page's {@code
     * --tunebook-scheme} says otherwise: by itself a browser goes by its own setting, not by the
     * page's colours.
     */
    public String html() {
        String data = Base64.getEncoder().encodeToString(svg().getBytes(StandardCharsets.UTF_8));
        return "<img style=\"max-width:100%;color-scheme:var(--tunebook-scheme,light)\" alt=\""
                + Escape.html(title + ": " + description)
                + "\" src=\"data:image/svg+xml;base64,"
                + data
                + "\"/>";
    }

    /** A picture on white in twice the chart's size, for documents and sharp screens. */
    public byte[] png() {
        int scale = 2;
        BufferedImage image =
                new BufferedImage(
                        scale * chart.getWidth(),
                        scale * chart.getHeight(),
                        BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(Color.WHITE);
            graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
            graphics.scale(scale, scale);
            chart.paint(graphics, chart.getWidth(), chart.getHeight());
        } finally {
            graphics.dispose();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
