package tunebook.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.data.Dataset;
import tunebook.data.LabelSetExample;
import tunebook.data.NumberExample;
import tunebook.data.TextTable;

/** Data that a random backbone learns in seconds, for tasks other than classes. */
public final class TinyTasks {
    private static final List<String> THINGS =
            List.of("nurse", "doctor", "room", "food", "night", "people");

    /** What each word adds to a text's number. */
    private static final Map<String, Double> STARS =
            Map.of("kind", 20.0, "clean", 10.0, "rude", -20.0, "cold", -10.0);

    private static final List<String> MOODS = List.of("kind", "clean", "rude", "cold");

    private TinyTasks() {}

    /** So many texts about two things, each with a word that adds to 300. */
    public static Dataset<NumberExample> numbers(int count) {
        List<String> texts = new ArrayList<>();
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String first = MOODS.get(i % 4);
            String second = MOODS.get(i / 4 % 4);
            texts.add(
                    "the "
                            + THINGS.get(i / 16 % 6)
                            + " was "
                            + first
                            + " and the "
                            + THINGS.get(i / 96 % 6)
                            + " was "
                            + second);
            numbers.add(300 + STARS.get(first) + STARS.get(second));
        }
        Table table =
                Table.create(
                        StringColumn.create("review", texts),
                        DoubleColumn.create("stars", numbers));
        return TextTable.of("stars", table).text("review").number("stars").split(0.6, 0.2, 0.2);
    }

    /** So many texts about two things, whose labels are what the two are like, unless cold. */
    public static Dataset<LabelSetExample> labelSets(int count) {
        List<String> texts = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String first = MOODS.get(i % 4);
            String second = MOODS.get(i / 4 % 4);
            texts.add(
                    "the "
                            + THINGS.get(i / 16 % 6)
                            + " was "
                            + first
                            + " and the "
                            + THINGS.get(i / 96 % 6)
                            + " was "
                            + second);
            labels.add((first + ";" + second).replace("cold", ""));
        }
        Table table =
                Table.create(
                        StringColumn.create("review", texts),
                        StringColumn.create("topics", labels));
        return TextTable.of("topics", table).text("review").labels("topics").split(0.6, 0.2, 0.2);
    }
}
