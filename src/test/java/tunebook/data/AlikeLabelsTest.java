package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class AlikeLabelsTest {
    /** Twelve texts of each. */
    private static Dataset<TextExample> labelled(String... labels) {
        int n = 12 * labels.length;
        return TextTable.of(
                        "moods",
                        Table.create(
                                StringColumn.create(
                                        "text", IntStream.range(0, n).mapToObj(i -> "text " + i)),
                                StringColumn.create(
                                        "label",
                                        IntStream.range(0, n)
                                                .mapToObj(i -> labels[i % labels.length]))))
                .text("text")
                .label("label")
                .split(0.5, 0.25, 0.25);
    }

    @Test
    void labelsThatDifferOnlyInCaseAreQuestionedAndNotMerged() {
        Dataset<TextExample> data = labelled("Good", "good ", "bad");
        assertEquals(List.of("Good", "bad", "good"), data.labels());
        String question =
                "are the labels \"Good\" (12 examples) and \"good\" (12 examples) one? They differ"
                        + " only in case or blanks, and count as 2";
        assertEquals(List.of(question), data.warnings());
        assertEquals("moods; " + question, data.describe().name(), "where people see it");
    }

    @Test
    void blanksThatNobodySeesAreQuestionedToo() {
        List<String> warnings =
                labelled("very good", "very\u00a0good", "very  good", "good\u200b", "good")
                        .warnings();
        assertEquals(2, warnings.size());
        assertTrue(
                warnings.stream().anyMatch(w -> w.endsWith("and count as 3")), warnings::toString);
    }

    @Test
    void otherLabelsAreLeftAlone() {
        assertEquals(List.of(), labelled("good", "goods", "go od", "gòod").warnings());
    }

    @Test
    void ofManyThreeAreNamed() {
        String[] many =
                Arrays.stream("abcde".split("", -1))
                        .filter(letter -> !letter.isEmpty())
                        .flatMap(
                                letter -> List.of(letter, letter.toUpperCase(Locale.ROOT)).stream())
                        .toArray(String[]::new);
        List<String> warnings = labelled(many).warnings();
        assertEquals(4, warnings.size());
        assertEquals("and 2 more labels written in several ways", warnings.get(3));
    }
}
