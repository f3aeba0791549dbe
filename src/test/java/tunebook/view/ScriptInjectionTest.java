package tunebook.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.stats.Metric;
import tunebook.study.Comparison;
import tunebook.study.Progress;
import tunebook.study.Progress.Finished;
import tunebook.study.Runs;
import tunebook.support.Hostile;
import tunebook.train.CurvePoint;

/** Whatever a name or a cell contains, the output has the same elements and attributes. */
class ScriptInjectionTest {
    private static final Map<String, Function<String, String>> RENDERERS = renderers();

    private static Map<String, Function<String, String>> renderers() {
        Map<String, Function<String, String>> all = new TreeMap<>();
        all.put("pairs", s -> Html.table(comparison(s).pairTable()));
        all.put("confusion", s -> ConfusionHtml.of(comparison(s).confusion(s)));
        all.put("progress", ScriptInjectionTest::progress);
        return all;
    }

    private static Table table(String s) {
        return Table.create(
                s, StringColumn.create(s, s, "cell"), IntColumn.create("n", new int[] {1, 2}));
    }

    private static Comparison comparison(String s) {
        Comparison two = Samples.comparison(2, s, "other");
        return Comparison.of(
                two.runs().stream().map(run -> Runs.renamed(run, s, "other")).toList(),
                List.of(s, "other"));
    }

    private static String progress(String s) {
        return Html.progress(
                new Progress(
                        9,
                        1,
                        s,
                        1,
                        0,
                        1,
                        9,
                        1,
                        9,
                        0.5,
                        Metric.ACCURACY,
                        List.of(new Finished(s, 0.5, 1)),
                        ""));
    }

    /** Every chart in both forms, with a recipe for each name. */
    private static List<String> charts(List<String> names) {
        Comparison comparison = Samples.comparison(2, names.toArray(String[]::new));
        List<CurvePoint> points = List.of(new CurvePoint(1, 1, 0.5, 0, 0));
        List<String> drawn = new ArrayList<>();
        for (Plot plot :
                List.of(
                        Charts.loss(names.stream().map(n -> new LossCurve(n, points)).toList()),
                        Charts.metric(comparison, Metric.ACCURACY),
                        Charts.against(comparison, Metric.ACCURACY, Against.SECONDS))) {
            drawn.add(plot.svg());
            drawn.add(plot.html());
        }
        return drawn;
    }

    /** Glyphs differ with the text they draw, so only the kinds of elements count. */
    @Test
    void noNameAddsAKindOfElementToAChart() throws Exception {
        int together = 12;
        for (int from = 0; from < Hostile.TEXTS.size(); from += together) {
            int to = Math.min(from + together, Hostile.TEXTS.size());
            List<String> harmless = new ArrayList<>();
            for (int i = from; i < to; i++) harmless.add(Hostile.HARMLESS + i);
            List<String> expected = charts(harmless);
            List<String> found = charts(Hostile.TEXTS.subList(from, to));
            for (int i = 0; i < found.size(); i++)
                assertEquals(
                        new TreeSet<>(Hostile.elements(expected.get(i))),
                        new TreeSet<>(Hostile.elements(found.get(i))));
        }
    }

    @Test
    void noNameAddsAnElementOrAnAttribute() throws Exception {
        List<String> unexpected = new ArrayList<>();
        for (var renderer : RENDERERS.entrySet()) {
            List<String> expected = Hostile.elements(renderer.getValue().apply(Hostile.HARMLESS));
            for (String attack : Hostile.TEXTS) {
                List<String> found = Hostile.elements(renderer.getValue().apply(attack));
                if (!expected.equals(found)) {
                    unexpected.add(renderer.getKey() + " with " + attack + ": " + found);
                }
            }
        }
        System.out.println(
                Hostile.TEXTS.size()
                        + " hostile texts in "
                        + RENDERERS.size()
                        + " renderers: "
                        + unexpected.size()
                        + " with unexpected elements");
        assertEquals(List.of(), unexpected);
    }

    @Test
    void theTextItselfIsShownInsteadOfRun() throws Exception {
        for (String attack : Hostile.TEXTS) {
            Document page = Hostile.parse(Html.table(table(attack)));
            String shown = page.getElementsByTagName("td").item(0).getTextContent();
            assertEquals(Escape.clean(attack), shown);
        }
    }

    @Test
    void markdownHoldsNoTagNoLinkAndNoLineBreak() {
        for (String attack : Hostile.TEXTS) {
            String markdown = Markdown.table(table(attack));
            assertFalse(markdown.contains("<"), markdown);
            assertFalse(markdown.matches("(?s).*[^\\\\]\\]\\(.*"), markdown);
            assertFalse(markdown.contains("javascript:"), markdown);
            assertEquals(6, markdown.lines().count(), markdown);
        }
    }
}
