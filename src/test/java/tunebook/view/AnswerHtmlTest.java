package tunebook.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tunebook.train.Answer;

class AnswerHtmlTest {
    private static final String PASSAGE =
            "In winter the Gannet goes to the yard at Hesk for paint, and her place is taken by the"
                    + " smaller <Petrel>, which carries no cars and does not sail on Wednesdays."
                    + "\nDogs ride free on both boats but must stay on the open deck.";

    private static Answer answer(String passage, String text, double probability) {
        int from = passage.indexOf(text);
        return new Answer(text, from, from + text.length(), probability, passage);
    }

    @Test
    void theAnswerIsMarkedInItsPassageByAWordAndNotByColourAlone() {
        String html = AnswerHtml.html(answer(PASSAGE, "smaller <Petrel>", 0.426));
        assertTrue(html.contains("<strong>smaller &lt;Petrel&gt;</strong> (43%)</p>"), html);
        assertTrue(html.contains("taken by the <mark style="), html);
        assertTrue(
                html.contains(
                        "\">smaller &lt;Petrel&gt; <small style=\"font-weight:600\">answer</small>"
                                + "</mark>, which carries"),
                html);
        assertTrue(html.contains("color:inherit") && html.contains("white-space:pre-wrap"));
        assertTrue(html.contains("Wednesdays.\nDogs"), "line breaks stay");
        assertFalse(html.contains("<script") || html.contains("<style"));
        assertEquals(1, html.split("<mark", -1).length - 1);
        String shown = html.substring(html.indexOf("pre-wrap\">") + 10, html.lastIndexOf("</p>"));
        String words = shown.replaceAll(" <small.*?</small>|<[^>]*>", "");
        assertEquals(Escape.html(PASSAGE), words);
    }

    @Test
    void asTextTheAnswerStandsInBracketsAmongTheWordsBesideIt() {
        assertEquals(
                "Wednesdays (8%)\n"
                        + "…ch carries no cars and does not sail on [Wednesdays]. Dogs ride free on both"
                        + " boats but must…",
                AnswerHtml.text(answer(PASSAGE, "Wednesdays", 0.0789)));
        assertEquals("kind (100%)\n[kind] nurse", AnswerHtml.text(answer("kind nurse", "kind", 1)));
        assertEquals("nurse (0%)\nkind [nurse]", AnswerHtml.text(answer("kind nurse", "nurse", 0)));
    }

    @Test
    void noCharacterIsDivided() {
        String clefs = "\ud834\udd1e".repeat(30);
        for (String more : new String[] {"", "x"}) {
            String passage = clefs + more + "kind" + more + clefs;
            String text = AnswerHtml.text(answer(passage, "kind", 0.5));
            assertFalse(text.contains("\ufffd"), text);
        }
    }

    /** Leaves a page where a person can look at it, light and dark. */
    @Test
    void itStandsOnAPageOfItsOwn() throws Exception {
        String html = AnswerHtml.html(answer(PASSAGE, "smaller <Petrel>", 0.426));
        String dark =
                "<div style=\"background:#111;padding:1em;"
                        + "--jp-content-font-color1:rgba(255,255,255,0.87)\">";
        Path file = Files.createDirectories(Path.of("target", "views")).resolve("answer.html");
        Files.writeString(
                file, "<!DOCTYPE html><meta charset=\"utf-8\">" + html + dark + html + "</div>");
        assertEquals(2, Files.readString(file).split("<mark", -1).length - 1);
    }
}
