package tunebook.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.stats.Metric;
import tunebook.study.Comparison;
import tunebook.study.Matrix;
import tunebook.study.Progress;
import tunebook.study.Progress.Finished;
import tunebook.train.Maps;

class HtmlTest {
    private final Comparison comparison =
            Samples.comparison(3, "zero-shot", "lora(8)", "partial, last 1", "full");

    private static Progress progress(double left) {
        return new Progress(
                30,
                11,
                "lora(8)",
                2,
                1.25,
                50,
                200,
                75.4,
                left,
                0.4321,
                Metric.ACCURACY,
                List.of(new Finished("full", 0.912, 5), new Finished("lora(8)", 0.88, 2)),
                "");
    }

    @Test
    void aTableHasItsNameItsRowsAndNumbersOnTheRight() {
        String html = Html.table(comparison.table());
        assertTrue(html.contains(">Recipes compared on 150 test examples; 95% intervals over the"));
        assertEquals(5, html.split("<tr>", -1).length - 1);
        assertTrue(html.matches("(?s).*text-align:left;white-space:nowrap\">lora\\(8\\)</td>.*"));
        assertTrue(html.matches("(?s).*text-align:right[^>]*>\\d\\d\\.\\d%</td>.*"));
        assertTrue(html.contains("var(--jp-content-font-color1,inherit)"));
        assertFalse(html.contains("<script") || html.contains("<style"));
    }

    @Test
    void aLongTableSaysHowManyRowsAreNotShown() {
        Table table = Table.create("Long", IntColumn.indexColumn("n", 250, 0));
        assertTrue(Html.table(table).endsWith("… and 150 more rows</p>"));
        assertFalse(Html.table(table, 250).contains("more row"));
    }

    @Test
    void progressSaysWhatRunsAndHowLongItTakes() {
        String html = Html.progress(progress(3725));
        assertTrue(html.contains("11 of 30 runs, 1:15 so far, about 1:02:05 left"), html);
        assertTrue(html.contains("Now lora(8), seed 2: epoch 1.2, step 50 of 200, loss 0.4321"));
        assertTrue(html.contains("aria-valuenow=\"38\""), html);
        assertTrue(html.contains(">91.2%</td>"));
        assertTrue(Html.progress(progress(Double.NaN)).contains("time left not known yet"));
    }

    @Test
    void progressSaysWhatARunWaitsFor() {
        Progress waiting =
                new Progress(
                        4,
                        1,
                        "a<b",
                        2,
                        0,
                        0,
                        0,
                        9,
                        Double.NaN,
                        Double.NaN,
                        Metric.ACCURACY,
                        List.of(),
                        "rows below block 4, 40%");
        String html = Html.progress(waiting);
        assertTrue(html.contains("Now a&lt;b, seed 2: preparing rows below block 4, 40%<"), html);
        assertTrue(html.contains("aria-valuenow=\"25\""), html);
    }

    @Test
    void theLiveChartKeepsTheOrderOfTheStudyWhicheverRecipeBegins() {
        LiveStudy live = new LiveStudy();
        List<Finished> none = List.of(new Finished("aa", Double.NaN, 0), new Finished("bb", 1, 1));
        for (String recipe : List.of("bb", "aa"))
            live.see(new Progress(2, 2, recipe, 1, 1, 5, 5, 1, 0, 0.5, Metric.ACCURACY, none, ""));
        String html = live.html();
        assertTrue(html.contains("aa: loss 0.500 at step 5; bb: loss"), html);
        assertTrue(html.contains(">–</td>"), html);
    }

    @Test
    void aSearchOverVeryManyRecipesDrawsNoCurves() {
        for (int n : new int[] {24, 25}) {
            LiveStudy live = new LiveStudy();
            List<Finished> many =
                    java.util.stream.IntStream.range(0, n)
                            .mapToObj(i -> new Finished("recipe " + i, 0.5, 1))
                            .toList();
            live.see(
                    new Progress(
                            n, n, "recipe 0", 1, 1, 5, 5, 1, 0, 0.5, Metric.ACCURACY, many, ""));
            assertEquals(n == 24, live.html().contains("Training loss"), n + " recipes");
        }
    }

    @Test
    void aStudyWhoseRunsWereAllKnownDrawsNoEmptyChart() {
        LiveStudy live = new LiveStudy();
        List<Finished> known = List.of(new Finished("full", 0.5, 1));
        live.see(new Progress(1, 1, "", 0, 0, 0, 0, 0, 0, Double.NaN, Metric.ACCURACY, known, ""));
        assertFalse(live.html().contains("Training loss"));
        assertTrue(live.html().contains("1 of 1 runs"));
    }

    @Test
    void aStudyThatIsDoneSaysSo() {
        Progress done =
                new Progress(
                        3, 3, "", 0, 0, 0, 0, 10, 0, Double.NaN, Metric.ACCURACY, List.of(), "");
        String html = Html.progress(done);
        assertTrue(html.contains("3 of 3 runs, 0:10 in all"), html);
        assertTrue(html.contains("aria-valuenow=\"100\""));
        assertFalse(html.contains("Now "));
    }

    @Test
    void csvKeepsNumbersExactAndGuardsFormulasInTextOnly() {
        Table table =
                Table.create(
                        "t",
                        StringColumn.create(
                                "=cmd", "=1+1", "+x", "-x", "@x", "\tx", "\rx", "a,\"b\""),
                        DoubleColumn.create("n", -1.5, 1 / 3.0, 1e300, 0, 0, 0, Double.NaN));
        assertEquals(
                String.join(
                        "\r\n",
                        "'=cmd,n",
                        "'=1+1,-1.5",
                        "'+x,0.3333333333333333",
                        "'-x,1.0E300",
                        "'@x,0.0",
                        "\"'\tx\",0.0",
                        "\"'\rx\",0.0",
                        "\"a,\"\"b\"\"\",",
                        ""),
                Csv.table(table));
        assertTrue(Csv.table(table, false).startsWith("=cmd,n\r\n=1+1,-1.5\r\n"));
    }

    @Test
    void markdownHasAHeaderAlignmentAndEscapedPipes() {
        Table table =
                Table.create(
                        "t|able",
                        StringColumn.create("a", "x|y\nz"),
                        IntColumn.create("n", new int[] {3}));
        assertEquals(
                "**t\\|able**\n\n| a | n |\n| :--- | ---: |\n| x\\|y z | 3 |\n",
                Markdown.table(table));
    }

    /** Leaves a page where a person can look at everything, light and dark. */
    @Test
    void everythingStandsOnOnePage() throws Exception {
        String body =
                Html.table(comparison.table())
                        + Html.table(comparison.pairTable())
                        + ConfusionHtml.of(comparison.confusion("full"))
                        + MatrixHtml.of(Matrix.of(comparison))
                        + AttentionHtml.of(
                                Maps.of("tiny", "[CLS]", "the", "nurse", "was", "kind", "[SEP]"))
                        + Html.verdict(comparison.verdict())
                        + Html.progress(progress(90))
                        + Charts.metric(comparison, Metric.ACCURACY).html()
                        + Charts.against(comparison, Metric.ACCURACY, Against.TRAINABLE_PARAMETERS)
                                .html();
        Path folder = Files.createDirectories(Path.of("target", "views"));
        Files.writeString(folder.resolve("light.html"), page("", body));
        Files.writeString(
                folder.resolve("dark.html"),
                page(
                        "body{background:#111;--jp-content-font-color1:rgba(255,255,255,0.87);"
                                + "--jp-border-color1:#616161;--jp-border-color2:#424242}",
                        body));
        assertEquals(body.split("<table", -1).length, body.split("</table>", -1).length);
        assertTrue(body.contains("has the highest mean accuracy"));
    }

    private static String page(String css, String body) {
        return "<!DOCTYPE html><meta charset=\"utf-8\"><style>" + css + "</style>" + body;
    }
}
