package tunebook.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import tunebook.train.Samples.Pair;

class SamplesHtmlTest {
    private static final tunebook.train.Samples SAMPLES =
            new tunebook.train.Samples(
                    "Dear",
                    "byte-decoder",
                    "LoRA r8",
                    List.of(
                            new Pair("Dear lord,\nI <am>", "Dear Annis,"),
                            new Pair("Dearest", "otherwise")));

    @Test
    void bothTextsStandSideBySideWithThePromptInBold() {
        String html = SamplesHtml.of(SAMPLES);
        assertTrue(html.contains(">After “Dear”</caption>"));
        assertTrue(html.indexOf(">byte-decoder</th>") < html.indexOf(">LoRA r8</th>"));
        assertTrue(html.contains("<b>Dear</b> lord,\nI &lt;am&gt;</td>"));
        assertTrue(html.contains("<b>Dear</b>est</td>"));
        assertTrue(html.contains("<b></b>otherwise</td>"));
        assertEquals(3, html.split("<tr>", -1).length - 1);
        assertTrue(html.contains("white-space:pre-wrap"), "line ends show");
        assertFalse(html.contains("<script") || html.contains("<style"));
    }

    @Test
    void asTextEachSaysWhoWroteIt() {
        assertEquals(
                "byte-decoder: Dear lord,\nI <am>\nLoRA r8: Dear Annis,\n\n"
                        + "byte-decoder: Dearest\nLoRA r8: otherwise",
                SamplesHtml.text(SAMPLES));
    }
}
