package tunebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import tunebook.notebook.Renderer;
import tunebook.support.Hostile;
import tunebook.support.Shown;

/** Whatever a name, cell, class or text is, every view of it is made of the same elements. */
class HostileTextTest {
    private static final Map<Class<?>, Function<String, Object>> MAKERS = Shown.makers();

    /** Attributes whose values are words of the data; all others are ours alone. */
    private static final Set<String> WORDS = Set.of("alt", "aria-label");

    private static final String DRAWING = "data:image/svg+xml;base64,";

    /** Of a CSV file, in quotes or without. */
    private static final Pattern CELL =
            Pattern.compile("(?:^|,|(?<=\r\n))(?:\"((?:[^\"]|\"\")*)\"|([^\",\r\n]*))");

    @Test
    void everyTypeThatIsShownIsTried() {
        assertTrue(Hostile.TEXTS.size() >= 100, Hostile.TEXTS.size() + " texts");
        assertEquals(Hostile.TEXTS.size(), new HashSet<>(Hostile.TEXTS).size());
        assertEquals(MAKERS.keySet(), Views.all().map(Renderer::type).collect(Collectors.toSet()));
    }

    @Test
    void noTextAddsATagOrAnAttribute() throws Exception {
        int views = 0;
        List<String> unexpected = new ArrayList<>();
        for (Renderer<?> renderer : Views.all().toList())
            for (String form : List.of(Renderer.HTML, Renderer.SVG)) {
                if (!renderer.forms().containsKey(form)) continue;
                List<String> expected = parts(shown(renderer, form, Hostile.HARMLESS), form);
                for (String text : Hostile.TEXTS) {
                    views++;
                    List<String> found = parts(shown(renderer, form, text), form);
                    boolean drawn = form.equals(Renderer.SVG); // where names leave no room, less
                    if (drawn ? !expected.containsAll(found) : !found.equals(expected))
                        unexpected.add(renderer.type() + " " + form + " of " + text + ": " + found);
                }
            }
        System.out.println(
                Hostile.TEXTS.size()
                        + " hostile texts, "
                        + views
                        + " views of "
                        + MAKERS.size()
                        + " types: "
                        + unexpected.size()
                        + " with other elements");
        assertEquals(List.of(), unexpected);
    }

    @Test
    void noTextEndsALineOrBecomesMarkupInMarkdown() {
        for (Renderer<?> renderer : Views.all().toList()) {
            if (!renderer.forms().containsKey(Renderer.MARKDOWN)) continue;
            long lines = shown(renderer, Renderer.MARKDOWN, Hostile.HARMLESS).lines().count();
            for (String text : Hostile.TEXTS) {
                String markdown = shown(renderer, Renderer.MARKDOWN, text);
                String where = renderer.type() + " of " + text + ": " + markdown;
                assertEquals(lines, markdown.lines().count(), where);
                String bare = markdown.replaceAll("&#\\d+;|\\\\[\\\\|`*_\\[\\]!~$#]", "");
                assertTrue(bare.chars().noneMatch(c -> "<>`_[]!~$#".indexOf(c) >= 0), where);
                assertTrue(!bare.contains("javascript:"), where);
            }
        }
    }

    @Test
    void noCellOfACsvFileIsAFormula() {
        for (Renderer<?> renderer : Views.all().toList()) {
            if (!renderer.forms().containsKey(Renderer.CSV)) continue;
            for (String start : List.of("=", "+", "-", "@", "\t", "\r", "\n")) {
                String csv = shown(renderer, Renderer.CSV, start + "cmd|' /C calc'!A0");
                Matcher cells = CELL.matcher(csv);
                while (cells.find()) {
                    String cell = cells.group(1) == null ? cells.group(2) : cells.group(1);
                    boolean text = !cell.matches("-?[0-9.]+(E-?[0-9]+)?");
                    assertTrue(!text || !cell.matches("(?s)[=+\\-@\t\r\n].*"), csv);
                }
            }
        }
    }

    private static <T> String shown(Renderer<T> renderer, String form, String text) {
        T value = renderer.type().cast(MAKERS.get(renderer.type()).apply(text));
        return renderer.forms().get(form).apply(value);
    }

    /** Of a page each element with its attributes; of a drawing, whose glyphs differ, the kinds. */
    private static List<String> parts(String markup, String form) throws Exception {
        List<String> parts = new ArrayList<>();
        for (Element element : Hostile.all(markup)) parts.add(part(element));
        return form.equals(Renderer.SVG) ? List.copyOf(new TreeSet<>(parts)) : parts;
    }

    private static String part(Element element) throws Exception {
        StringBuilder part = new StringBuilder(element.getTagName());
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            Node attribute = element.getAttributes().item(i);
            part.append(' ').append(attribute.getNodeName());
            if (!isDrawn(element)) part.append('=').append(value(attribute));
        }
        return part.toString();
    }

    private static boolean isDrawn(Element element) {
        return element.getOwnerDocument().getElementsByTagName("svg").getLength() > 0;
    }

    /** Long names break into lines, and pictures of names differ. */
    private static String value(Node attribute) throws Exception {
        String value = attribute.getNodeValue();
        if (WORDS.contains(attribute.getNodeName())) return "words";
        if (value.startsWith(DRAWING)) {
            byte[] svg = Base64.getDecoder().decode(value.substring(DRAWING.length()));
            return parts(new String(svg, StandardCharsets.UTF_8), Renderer.SVG).toString();
        }
        return value.replace(";white-space:nowrap", "");
    }
}
