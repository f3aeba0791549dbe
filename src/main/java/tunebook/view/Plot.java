package tunebook.view;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;

/**
 * A chart with its words.
 *
 * @param chart XChart's own chart, free to be styled further before it is drawn
 * @param title what it shows, plain text
 * @param description its figures in words, for those who do not see it, plain text
 */
public record Plot(XYChart chart, String title, String description) {
    private static final Pattern INK = Pattern.compile("rgb\\(34, ?34, ?34\\)");

    /**
     * Contrast 4.5:1 on white and, for dark pages that do not say that they are dark, 4.2:1 on
     * JupyterLab's.
     */
    private static final String ON_ANY_PAGE = "rgb(118,118,118)";

    /** On pages that say so; an image follows the page that it stands in. */
    private static final String ON_DARK_PAGES =
            "<style>@media(prefers-color-scheme:dark){.tunebook{color:rgb(200,200,200)}}</style>";

    /** Digits that no screen shows: a third of the file. */
    private static final Pattern TOO_EXACT = Pattern.compile("(\\d\\.\\d\\d)\\d+");

    /** A picture of its own, transparent, readable on light and dark pages. */
    public String svg() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + drawn();
    }

    /**
     * The picture as an image for within a page. Not as the drawing itself: nbconvert empties that
     * while it writes HTML, and JupyterLab removes it until a person trusts the notebook; and an
     * image cannot run a script.
     */
    public String html() {
        String data = Base64.getEncoder().encodeToString(svg().getBytes(StandardCharsets.UTF_8));
        return "<img style=\"max-width:100%\" alt=\""
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

    private String drawn() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String svg = bytes.toString(StandardCharsets.UTF_8);
        String body = svg.substring(svg.indexOf('>', svg.indexOf("<svg")) + 1);
        String head =
                "<svg xmlns=\"http://www.w3.org/2000/svg\""
                        + " xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\""
                        + " class=\"tunebook\" color=\""
                        + ON_ANY_PAGE
                        + "\" role=\"img\" aria-label=\""
                        + Escape.html(title)
                        + "\" viewBox=\"0 0 "
                        + chart.getWidth()
                        + " "
                        + chart.getHeight()
                        + "\" width=\""
                        + chart.getWidth()
                        + "\""
                        + " style=\"max-width:100%;height:auto\">\n<title>"
                        + Escape.html(title)
                        + "</title>\n<desc>"
                        + Escape.html(description)
                        + "</desc>"
                        + ON_DARK_PAGES;
        String inked = INK.matcher(body).replaceAll("currentColor");
        return head + TOO_EXACT.matcher(inked).replaceAll("$1");
    }
}
