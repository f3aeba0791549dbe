package tunebook.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;
import tunebook.data.Augmentation;
import tunebook.data.Dataset;
import tunebook.model.Backbone;

/**
 * What is to be known of a data set by whoever learns from it.
 *
 * @param tables what it is; what was counted in its parts; how long it is for a backbone, if asked
 */
public record DataCard(List<Table> tables) {
    private static final int MOST_LABELS = 20;

    /** Keeps its own copy. */
    public DataCard {
        tables = List.copyOf(tables);
    }

    /** By itself. */
    public static DataCard of(Dataset<?> data) {
        return new DataCard(List.of(facts(data), data.describe()));
    }

    /** With lengths in a backbone's tokens. */
    public static DataCard of(Dataset<?> data, Backbone backbone) {
        return new DataCard(List.of(facts(data), data.describe(), LengthTable.of(data, backbone)));
    }

    private static Table facts(Dataset<?> data) {
        List<Map.Entry<String, String>> facts = new ArrayList<>();
        facts.add(Map.entry("asks for", data.kind().words()));
        if (!data.labels().isEmpty()) facts.add(Map.entry("labels", labels(data.labels())));
        facts.add(Map.entry("split", split(data)));
        facts.add(Map.entry("broken rows left out", String.valueOf(data.skipped())));
        facts.add(
                Map.entry("rows with an earlier row's content", String.valueOf(data.duplicates())));
        facts.add(
                Map.entry(
                        "training examples in other parts too",
                        String.valueOf(data.leaks().size())));
        if (!data.augmentation().equals(Augmentation.NONE))
            facts.add(Map.entry("augmentation", data.augmentation().toString()));
        facts.add(Map.entry("SHA-256", data.sha256()));
        return FactTable.of("Data card: " + data.name(), facts);
    }

    /** How many examples each part has. */
    static String split(Dataset<?> data) {
        return Figures.count(data.train().size(), "training example")
                + ", "
                + data.validation().size()
                + " for validation, "
                + data.test().size()
                + " for test";
    }

    private static String labels(List<String> all) {
        int some = Math.min(MOST_LABELS, all.size());
        String first = all.size() + ": " + String.join(", ", all.subList(0, some));
        return some == all.size() ? first : first + " and " + (all.size() - some) + " more";
    }
}
