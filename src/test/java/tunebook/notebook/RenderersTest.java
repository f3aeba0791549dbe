package tunebook.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.core.Showable;

class RenderersTest {
    private final StockKernel kernel = new StockKernel();
    private final Renderers renderers = new Renderers(kernel.getRenderer());

    private record Verdict(String words) implements Showable {
        @Override
        public String html() {
            return "<b>" + words + "</b>";
        }

        @Override
        public String text() {
            return words.toUpperCase(java.util.Locale.ROOT);
        }
    }

    private static String text(DisplayData data) {
        return (String) data.getData(MIMEType.TEXT_PLAIN);
    }

    private static String html(DisplayData data) {
        return (String) data.getData(MIMEType.TEXT_HTML);
    }

    private static XYChart chart() {
        XYChart chart = new XYChartBuilder().width(300).height(200).title("Loss").build();
        chart.addSeries("full", new double[] {1, 2}, new double[] {3, 4});
        return chart;
    }

    @Test
    void showsWhatIsShowable() {
        DisplayData data = renderers.render(new Verdict("ok"));
        assertEquals("<b>ok</b>", html(data));
        assertEquals("OK", text(data));
    }

    @Test
    void showsTablesEscapedWithNumbersToTheRight() {
        Table table =
                Table.create(
                        "<t>",
                        StringColumn.create("a&b", "<script>", null),
                        DoubleColumn.create("n", 1.5, 2));
        String html = html(renderers.render(table));
        assertTrue(html.contains(">&lt;t&gt;</caption>"), html);
        assertTrue(html.contains(">a&amp;b</th>"), html);
        assertTrue(html.contains(">&lt;script&gt;</td>"), html);
        assertTrue(html.matches("(?s).*text-align:right[^>]*>1\\.5</td>.*"), html);
        assertFalse(html.contains("<script"), html);
    }

    @Test
    void aLongTableIsCutAndSaysSo() {
        String html = html(renderers.render(Table.create("t", IntColumn.indexColumn("i", 250, 0))));
        int shown = html.split("<tr>", -1).length - 2;
        assertTrue(shown < 250, shown + " rows shown");
        assertTrue(html.contains("and " + (250 - shown) + " more rows"), html);
    }

    @Test
    void showsChartsAsTransparentSvg() {
        XYChart chart = chart();
        java.awt.Color background = chart.getStyler().getChartBackgroundColor();
        DisplayData data = renderers.render(chart);
        String svg = (String) data.getData(MIMEType.IMAGE_SVG);
        assertTrue(svg.startsWith("<svg"), svg);
        String first = svg.substring(svg.indexOf("</defs>")).replaceFirst("(?s)^.*?<rect", "<rect");
        assertTrue(first.substring(0, first.indexOf("/>")).contains("fill-opacity:0"), first);
        assertEquals("chart \"Loss\" of full", text(data));
        assertEquals(background, chart.getStyler().getChartBackgroundColor());
    }

    @Test
    void makesPngWhereItIsAskedFor() {
        DisplayData data = kernel.getRenderer().renderAs(chart(), "image/png");
        byte[] png = Base64.getDecoder().decode((String) data.getData(MIMEType.parse("image/png")));
        assertEquals("PNG", new String(png, 1, 3, java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Test
    void showsArraysAndNull() {
        assertEquals("[1, 2]", text(renderers.render(new int[] {1, 2})));
        assertEquals("[[1.0], []]", text(renderers.render(new double[][] {{1}, {}})));
        assertEquals("null", text(renderers.render(null)));
    }

    @Test
    void aRegisteredTypeIsShownItsWayWithItsSubtypes() {
        renderers.register(Renderer.of(Number.class).html(n -> "<i>" + n + "</i>"));
        assertEquals("<i>7</i>", html(renderers.render(7)));
        assertEquals("7", text(renderers.render(7)));
    }
}
