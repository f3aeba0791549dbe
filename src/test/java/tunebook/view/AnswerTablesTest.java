package tunebook.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;
import tunebook.train.LabelSet;

class AnswerTablesTest {
    private static LabelSet set(String... chosen) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        probabilities.put("roof", 0.914);
        probabilities.put("hen", 0.5);
        probabilities.put("bell", 0.07);
        return new LabelSet(List.of(chosen), probabilities);
    }

    @Test
    void labelsAreShownWithProbabilitiesAndWhetherTheyWereChosen() {
        Table table = AnswerTables.labels(set("roof", "hen"));
        assertEquals("Labels: roof, hen", table.name());
        assertEquals(List.of("yes", "yes", "no"), table.stringColumn("chosen").asList());
        assertEquals("91%", table.column("probability").getString(0));
        assertEquals("roof (91%), hen (50%)", AnswerTables.line(set("roof", "hen")));
    }

    @Test
    void noLabelIsSaidInWords() {
        assertEquals("No label", AnswerTables.labels(set()).name());
        assertEquals("no label", AnswerTables.line(set()));
        assertTrue(Html.table(AnswerTables.labels(set())).contains(">No label</caption>"));
    }
}
