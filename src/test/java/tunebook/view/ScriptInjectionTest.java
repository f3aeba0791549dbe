package tunebook.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.stats.Metric;
import tunebook.study.Comparison;
import tunebook.study.Progress;
import tunebook.study.Progress.Finished;
import tunebook.study.Runs;
import tunebook.study.VerdictText;
import tunebook.train.Answer;
import tunebook.train.CurvePoint;
import tunebook.train.LabelSet;
import tunebook.train.Samples.Pair;

/** Whatever a name or a cell contains, the output has the same elements and attributes. */
class ScriptInjectionTest {
    private static final List<String> ATTACKS =
            List.of(
                    "<script>alert(1)</script>",
                    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
                    "<img src=x onerror=alert(1)>",
                    "<svg onload=alert(1)>",
                    "<svg><script>alert(1)</script></svg>",
                    "\"><script>alert(1)</script>",
                    "'><img src=x onerror=alert(1)>",
                    "\" onmouseover=\"alert(1)",
                    "' onfocus='alert(1)' autofocus='",
                    "` onmouseover=`alert(1)",
                    "</td></tr></table><iframe src=javascript:alert(1)>",
                    "</caption><a href=\"javascript:alert(1)\">x</a>",
                    "</title><script>alert(1)</script>",
                    "</desc></svg><script>alert(1)</script>",
                    "</style><script>alert(1)</script>",
                    "]]><script>alert(1)</script>",
                    "<![CDATA[<script>alert(1)</script>]]>",
                    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
                    "<?xml-stylesheet href=\"javascript:alert(1)\"?>",
                    "&lt;script&gt;alert(1)&lt;/script&gt;",
                    "&#60;script&#62;alert(1)",
                    "\\u003cscript\\u003ealert(1)",
                    "<scr\0ipt>alert(1)</scr\0ipt>",
                    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
                    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
                    "[x](javascript:alert(1))",
                    "![x](x\"onerror=\"alert(1))",
                    "| a | <details open ontoggle=alert(1)>",
                    "$<img src=x onerror=alert(1)>$",
                    "\ud800<script>alert(1)</script>\udfff",
                    "\uff1cscript\uff1ealert(1)",
                    "%3Cscript%3Ealert(1)%3C/script%3E");

    private static final String HARMLESS = "harmless";

    private static final Map<String, Function<String, String>> RENDERERS = renderers();

    private static Map<String, Function<String, String>> renderers() {
        Map<String, Function<String, String>> all = new TreeMap<>();
        all.put("table", s -> Html.table(table(s)));
        all.put("comparison", s -> Html.table(comparison(s).table()));
        all.put("pairs", s -> Html.table(comparison(s).pairTable()));
        all.put("confusion", s -> Html.table(comparison(s).confusion(s)));
        all.put("verdict", s -> Html.verdict(comparison(s).verdict()));
        all.put("any text", s -> Html.verdict(new VerdictText(List.of(s, s))));
        all.put("progress", ScriptInjectionTest::progress);
        all.put("entities", s -> EntityHtml.tagged(EntityHtmlTest.tagged(s)));
        all.put("wrong entities", s -> EntityHtml.wrong(EntityHtmlTest.wrong(s)));
        all.put(
                "labels",
                s -> Html.table(AnswerTables.labels(new LabelSet(List.of(s), Map.of(s, 0.9)))));
        all.put(
                "samples",
                s ->
                        SamplesHtml.of(
                                new tunebook.train.Samples(s, s, s, List.of(new Pair(s + s, s)))));
        all.put(
                "answer",
                s -> AnswerHtml.html(new Answer(s, s.length(), 2 * s.length(), 0.5, s + s + s)));
        all.put("gallery", s -> GalleryTest.gallery(s).html());
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
        List<String> harmless = new ArrayList<>();
        for (int i = 0; i < ATTACKS.size(); i++) harmless.add(HARMLESS + i);
        List<String> expected = charts(harmless);
        List<String> found = charts(ATTACKS);
        for (int i = 0; i < found.size(); i++) {
            assertEquals(
                    new TreeSet<>(elements(expected.get(i))),
                    new TreeSet<>(elements(found.get(i))));
        }
    }

    @Test
    void noNameAddsAnElementOrAnAttribute() throws Exception {
        List<String> unexpected = new ArrayList<>();
        for (var renderer : RENDERERS.entrySet()) {
            List<String> expected = elements(renderer.getValue().apply(HARMLESS));
            for (String attack : ATTACKS) {
                List<String> found = elements(renderer.getValue().apply(attack));
                if (!expected.equals(found)) {
                    unexpected.add(renderer.getKey() + " with " + attack + ": " + found);
                }
            }
        }
        System.out.println(
                ATTACKS.size()
                        + " hostile texts in "
                        + RENDERERS.size()
                        + " renderers: "
                        + unexpected.size()
                        + " with unexpected elements");
        assertEquals(List.of(), unexpected);
    }

    @Test
    void theTextItselfIsShownInsteadOfRun() throws Exception {
        for (String attack : ATTACKS) {
            Document page = parse(Html.table(table(attack)));
            String shown = page.getElementsByTagName("td").item(0).getTextContent();
            assertEquals(Escape.clean(attack), shown);
        }
    }

    @Test
    void markdownHoldsNoTagNoLinkAndNoLineBreak() {
        for (String attack : ATTACKS) {
            String markdown = Markdown.table(table(attack));
            assertFalse(markdown.contains("<"), markdown);
            assertFalse(markdown.matches("(?s).*[^\\\\]\\]\\(.*"), markdown);
            assertFalse(markdown.contains("javascript:"), markdown);
            assertEquals(6, markdown.lines().count(), markdown);
        }
    }

    /** Each element with its attributes' names, in the order of the document. */
    private static List<String> elements(String html) throws Exception {
        NodeList nodes = parse(html).getElementsByTagName("*");
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            Element element = (Element) nodes.item(i);
            StringBuilder text = new StringBuilder(element.getTagName());
            for (int a = 0; a < element.getAttributes().getLength(); a++) {
                String name = element.getAttributes().item(a).getNodeName();
                assertFalse(name.startsWith("on"), name);
                text.append(' ').append(name);
            }
            elements.add(text.toString());
        }
        assertTrue(elements.size() > 1);
        return elements;
    }

    /** What the renderers write is well-formed XML too, so the strictest parser can judge it. */
    private static Document parse(String html) throws Exception {
        String page = "<page>" + html.replaceFirst("^<\\?xml[^>]*\\?>", "") + "</page>";
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        builder.setErrorHandler(null);
        return builder.parse(new InputSource(new StringReader(page)));
    }
}
