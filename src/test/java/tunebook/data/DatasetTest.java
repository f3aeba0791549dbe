package tunebook.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.data.Errors.assertSays;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class DatasetTest {
    private static TextTable table(int rows, int writers) {
        List<String> texts = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        List<String> people = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            texts.add("text " + i % (rows - 3));
            labels.add(i % (rows - 3) % 3 == 0 ? "rare" : "usual");
            people.add("writer " + i % writers);
        }
        return TextTable.of(
                        "letters",
                        Table.create(
                                StringColumn.create("text", texts),
                                StringColumn.create("label", labels),
                                StringColumn.create("who", people)))
                .text("text")
                .label("label");
    }

    private static List<TextExample> all(Dataset<TextExample> data) {
        return Stream.of(data.train(), data.validation(), data.test())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void everyExampleIsTestedInOneFold() {
        Dataset<TextExample> data = table(120, 7).split(0.6, 0.2, 0.2);
        List<Dataset<TextExample>> folds = data.folds(5);
        Map<String, Integer> tested = new HashMap<>();
        for (Dataset<TextExample> fold : folds) {
            assertEquals(120, all(fold).size());
            assertEquals(List.of(), fold.leaks());
            fold.test().forEach(e -> tested.merge(e.id(), 1, Integer::sum));
            double rare = fold.test().stream().filter(e -> e.answer().equals("rare")).count();
            assertEquals(1 / 3.0, rare / fold.test().size(), 0.06, fold.name());
            assertEquals(24, fold.test().size(), 3, fold.name());
        }
        assertEquals(120, tested.size());
        assertTrue(tested.values().stream().allMatch(n -> n == 1));
        assertEquals("letters, fold 2 of 5", folds.get(1).name());
        assertSays(() -> data.folds(1), "folds(1) of letters", "is below 2");
        assertSays(() -> data.folds(60), "label \"rare\" has", "too few for 60 parts");
    }

    @Test
    void aGroupIsNeverDivided() {
        Dataset<TextExample> data = table(200, 20).group("who").split(0.6, 0.2, 0.2);
        Map<String, Set<String>> parts = new HashMap<>();
        List<List<TextExample>> three = List.of(data.train(), data.validation(), data.test());
        for (int part = 0; part < 3; part++) {
            for (TextExample e : three.get(part)) {
                int row = Integer.parseInt(e.id().substring("row-".length())) - 1;
                parts.computeIfAbsent("writer " + row % 20, w -> new HashSet<>())
                        .add(String.valueOf(part));
            }
        }
        assertEquals(20, parts.size());
        parts.forEach((writer, in) -> assertEquals(1, in.size(), writer));
        assertSays(() -> table(9, 3).group("whom"), "group(\"whom\")", "nearest is \"who\"");
    }

    @Test
    void whatIsAskedAgainIsFoundAndTakenOut() {
        List<Labelled> train =
                List.of(
                        new Labelled("a", "one", "x"),
                        new Labelled("b", "two ", "y"),
                        new Labelled("c", "three", "x"));
        Dataset<TextExample> data =
                Classes.of(
                        "given",
                        List.of(
                                train,
                                List.of(new Labelled("d", "one", "x")),
                                List.of(new Labelled("e", "two", "y"))),
                        1,
                        2);
        assertEquals(List.of("a", "b"), data.leaks().stream().map(TextExample::id).toList());
        assertEquals(
                List.of(
                        "2 training examples are in validation or test too; withoutLeaks() takes"
                                + " them out of training",
                        "2 broken rows were left out"),
                data.warnings());
        Table described = data.describe();
        assertEquals("given; " + String.join("; ", data.warnings()), described.name());
        assertEquals(
                List.of(1, 1, 2, 1, 0, 1, 0, 1, 1),
                described.intColumn("in another part too").asList());
        assertEquals(1, data.withoutLeaks().train().size());
        assertEquals(List.of(), data.withoutLeaks().leaks());
        assertEquals("three", data.withoutLeaks().samples(5).stringColumn("content").get(0));
    }

    /** Runs that were kept are found again: what is not augmented has the hash it always had. */
    @Test
    void theHashOfTextsStaysWhatItWas() {
        assertEquals(
                "3ce72401559d658cd0653afdadbcb4ff339c63a885a6422c41818d7d8a0bb30f",
                table(120, 7).split(0.6, 0.2, 0.2).sha256());
    }
}
