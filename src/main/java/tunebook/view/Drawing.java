package tunebook.view;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.internal.chartpart.Chart;

/** XChart's charts as drawings that say what they show and suit light and dark pages. */
public final class Drawing {
    /** {@link Palette#INK}, and the black of charts that nobody styled. */
    private static final Pattern INK = Pattern.compile("rgb\\((34, ?34, ?34|0, ?0, ?0)\\)");

    /**
     * Contrast 4.5:1 on white and, for dark pages that do not say that they are dark, 4.2:1 on
     * JupyterLab's.
     */
    private static final String ON_ANY_PAGE = "rgb(118,118,118)";

    /** An image follows the {@code color-scheme} of the page that it stands in. */
    private static final String ON_DARK_PAGES =
            "<style>@media(prefers-color-scheme:dark){.tunebook{color:rgb(200,200,200)}}</style>";

    /** Digits that no screen shows: a third of the file. */
    private static final Pattern TOO_EXACT = Pattern.compile("(\\d\\.\\d\\d)\\d+");

    private Drawing() {}

    /**
     * The chart as an {@code <svg>} element whose text is a grey for any page.
     *
     * @param title what it shows, plain text
     * @param description its figures in words, plain text
     */
    public static String svg(Chart<?, ?> chart, String title, String description) {
        return drawn(chart, title, description, "");
    }

    /** The same, its text lighter where the page that it stands in says that it is dark. */
    static String adaptive(Chart<?, ?> chart, String title, String description) {
        return drawn(chart, title, description, ON_DARK_PAGES);
    }

    private static String drawn(Chart<?, ?> chart, String title, String description, String style) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is written to memory
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
                        + style;
        String inked = INK.matcher(body).replaceAll("currentColor");
        return head + TOO_EXACT.matcher(inked).replaceAll("$1");
    }
}
