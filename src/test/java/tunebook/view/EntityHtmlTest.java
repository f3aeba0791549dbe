package tunebook.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import tunebook.data.Bio;
import tunebook.study.WrongEntities;
import tunebook.study.WrongEntities.Sentence;
import tunebook.train.Tagged;
import tunebook.train.Tagged.Entity;

class EntityHtmlTest {
    private static final List<String> TYPES =
            List.of("BODY", "DATE", "DISEASE", "DRUG", "PER", "PLACE");

    private static Tagged clinic() {
        String text = "Dr Bath saw Mrs Senna in Bath <b>\nabout her warfarin & a cough on Monday.";
        return new Tagged(
                text,
                List.of(
                        entity(text, "PER", "Bath", 0.91),
                        entity(text, "PER", "Senna", 0.876),
                        new Entity("PLACE", 25, 29, "Bath", 0.4),
                        entity(text, "DRUG", "warfarin", 0.99),
                        entity(text, "DISEASE", "cough", 0.8),
                        entity(text, "DATE", "Monday", 1)),
                TYPES);
    }

    private static Entity entity(String text, String type, String words, double p) {
        int from = text.indexOf(words);
        return new Entity(type, from, from + words.length(), words, p);
    }

    @Test
    void eachEntityIsMarkedWithItsTypeInWords() {
        String html = EntityHtml.tagged(clinic());
        assertEquals(6, html.split("<mark ", -1).length - 1);
        assertTrue(html.contains(">Bath <small style=\"font-weight:600\">PER 91%</small></mark>"));
        assertTrue(html.contains("PLACE 40%</small></mark> &lt;b&gt;\nabout her "), html);
        assertTrue(html.endsWith("DATE 100%</small></mark>.</div>"), html);
        assertTrue(html.contains("warfarin <small"), html);
        assertFalse(html.contains("<b>") || html.contains("<script"), html);
        String plain = html.replaceAll("<small.*?</small>|<[^>]*>", "");
        assertEquals(
                clinic().text().replace(" ", ""),
                plain.replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&")
                        .replace(" ", ""));
    }

    @Test
    void aTypeHasOneColourWhateverIsFoundBesideIt() {
        String all = EntityHtml.tagged(clinic());
        Tagged one =
                new Tagged("warfarin", List.of(entity("warfarin", "DRUG", "warfarin", 1)), TYPES);
        String mark = EntityHtml.tagged(one).replaceFirst("(?s).*(<mark [^>]*>).*", "$1");
        assertTrue(all.contains(mark + "warfarin"), mark);
        assertFalse(all.contains(mark + "cough"), mark);
    }

    private static WrongEntities sentences(int count) {
        Sentence sentence =
                new Sentence(
                        "e017",
                        List.of("Mrs", "Senna", "takes", "senna", "in", "Ward", "4"),
                        List.of(
                                new Bio.Span("PER", 1, 2),
                                new Bio.Span("DRUG", 3, 4),
                                new Bio.Span("PLACE", 5, 7)),
                        List.of(
                                new Bio.Span("DRUG", 1, 2),
                                new Bio.Span("DRUG", 3, 4),
                                new Bio.Span("PLACE", 5, 6)));
        return new WrongEntities("full", 2, 71, TYPES, Collections.nCopies(count, sentence));
    }

    @Test
    void truthStandsAbovePredictionAndWhatIsWrongIsSaidInWords() {
        String html = EntityHtml.wrong(sentences(1));
        assertTrue(html.contains(">full, seed 2: wrong entities in 1 of 71 test sentences<"), html);
        int truth = html.indexOf(">truth<");
        int predicted = html.indexOf(">predicted<");
        assertTrue(html.indexOf(">e017</th>") < truth && truth < predicted, html);
        assertEquals(2, html.split(", missed<", -1).length - 1);
        assertEquals(2, html.split(", not there<", -1).length - 1);
        assertTrue(html.indexOf("PER, missed<") < predicted);
        assertTrue(html.indexOf("DRUG, not there<") > predicted);
        assertTrue(html.contains(">DRUG</small>"), "what is right is just named");
        assertTrue(html.contains("Ward 4 <small style=\"font-weight:600\">PLACE, missed"), html);
    }

    @Test
    void manySentencesAreShortenedAndSaySo() {
        assertTrue(EntityHtml.wrong(sentences(25)).endsWith("… and 5 more sentences</p>"));
        assertFalse(EntityHtml.wrong(sentences(20)).contains("more sentence"));
    }

    /** Pages to look at, in {@code target/views}. */
    @Test
    void pagesToLookAt() throws Exception {
        Path folder = Files.createDirectories(Path.of("target", "views"));
        String both = EntityHtml.tagged(clinic()) + EntityHtml.wrong(sentences(2));
        Path page = folder.resolve("entities.html");
        Files.writeString(
                page,
                "<body style=\"background:white;color:#222\">"
                        + both
                        + "<div style=\"background:#111;color:#eee\">"
                        + both
                        + "</div></body>");
        assertTrue(Files.size(page) > 2_000);
    }
}
