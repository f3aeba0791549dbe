package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.Tunebook.domainGap;
import static tunebook.Tunebook.pretrained;
import static tunebook.Tunebook.separation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tunebook.data.Dataset;
import tunebook.data.Drawings;
import tunebook.data.TextExample;
import tunebook.data.TextTable;
import tunebook.model.Backbone;
import tunebook.support.Reviews;

/** How far data are from what a backbone knows. */
class DomainGapTest {
    private static final List<String> OWN =
            List.of(
                    "The old man sat down by the window and looked out at the rain.",
                    "She had written to her mother every week since she left the village.");

    @TempDir Path folder;

    private static Map<String, Row> rows(Table table) {
        return table.stream()
                .collect(Collectors.toMap(r -> r.getString("figure"), r -> copy(table, r)));
    }

    private static Row copy(Table table, Row row) {
        Row copy = new Row(table);
        copy.at(row.getRowNumber());
        return copy;
    }

    private static double number(Row row, String column) {
        return Double.parseDouble(row.getString(column).replace("%", ""));
    }

    private Dataset<TextExample> scrambled() throws Exception {
        Random random = new Random(3);
        Backbone english = pretrained("tiny-english");
        StringBuilder csv = new StringBuilder("text,label\n");
        for (int i = 0; i < 60; i++) {
            for (int w = 0; w < 20; w++)
                csv.append(english.tokenizer().token(1000 + random.nextInt(6000)).replace("##", ""))
                        .append(' ');
            csv.append('\u2603').append(',').append(i % 2 == 0 ? "a" : "b").append('\n');
        }
        Path file = folder.resolve("scrambled.csv");
        Files.writeString(file, csv);
        return TextTable.read(file).text("text").label("label").split(0.6, 0.2, 0.2);
    }

    @Test
    void realTextIsNearerThanWhatCountingSaysAndOwnTextNearest() {
        Map<String, Row> rows =
                rows(domainGap(pretrained("tiny-english"), Reviews.split(0.7, 0.15, 0.15), OWN));
        Row nats = rows.get("nats a hidden token");
        assertTrue(number(nats, "data") < number(nats, "without knowledge") - 0.5, nats::toString);
        assertTrue(number(nats, "own texts") < number(nats, "data"), nats::toString);
        Row words = rows.get("tokens a word");
        assertTrue(number(words, "own texts") >= 1 && number(words, "data") < 2, words::toString);
    }

    @Test
    void wordsInNoOrderAndForeignSignsAreFar() throws Exception {
        Dataset<TextExample> data = scrambled();
        Backbone english = pretrained("tiny-english");
        Map<String, Row> rows = rows(domainGap(english, data));
        Row nats = rows.get("nats a hidden token");
        assertTrue(number(nats, "data") > number(nats, "without knowledge"), nats::toString);
        double unknown = number(rows.get("unknown tokens"), "data");
        assertTrue(unknown > 1 && unknown < 6, unknown + "%");
        assertEquals(
                100 * separation(english, data),
                number(rows.get("classes told apart"), "data"),
                0.051);
    }

    @Test
    void aDecoderHasItsNextTokenAndPicturesTheirClasses() {
        assertTrue(
                rows(domainGap(pretrained("tiny-gpt"), Reviews.split(0.7, 0.15, 0.15)))
                        .containsKey("nats a next token"));
        Table pictures =
                domainGap(
                        pretrained("tiny-resnet"),
                        Drawings.of("chalk").each(20).split(0.5, 0.1, 0.4));
        assertEquals(List.of("classes told apart"), pictures.stringColumn(0).asList());
        Row told = rows(pictures).get("classes told apart");
        assertTrue(number(told, "data") > number(told, "without knowledge") + 20, told::toString);
    }
}
