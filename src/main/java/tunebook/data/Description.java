package tunebook.data;

import java.util.Arrays;
import java.util.List;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Counts, balance and lengths of examples as a table. */
final class Description {
    private final StringColumn part = StringColumn.create("part");
    private final StringColumn label = StringColumn.create("label");
    private final IntColumn examples = IntColumn.create("examples");
    private final DoubleColumn share = DoubleColumn.create("share");
    private final IntColumn fewest = IntColumn.create("words min");
    private final DoubleColumn median = DoubleColumn.create("words median");
    private final IntColumn most = IntColumn.create("words max");

    private Description() {}

    static Table of(Dataset<?> data) {
        Description rows = new Description();
        List<String> labels = data.kind().groups(data.labels());
        rows.add("train", labels, data.train());
        rows.add("validation", labels, data.validation());
        rows.add("test", labels, data.test());
        return Table.create(
                data.name(),
                rows.part,
                rows.label,
                rows.examples,
                rows.share,
                rows.fewest,
                rows.median,
                rows.most);
    }

    private void add(String name, List<String> labels, List<? extends Example> all) {
        for (String wanted : labels)
            row(name, wanted, all.stream().filter(e -> e.groups().contains(wanted)).toList(), all);
        row(name, "all", all, all);
    }

    private void row(
            String name, String which, List<? extends Example> some, List<? extends Example> all) {
        int[] words =
                some.stream().mapToInt(e -> e.content().strip().split("\\s+").length).toArray();
        Arrays.sort(words);
        part.append(name);
        label.append(which);
        examples.append(some.size());
        share.append((double) some.size() / all.size());
        if (words.length == 0) {
            fewest.appendMissing();
            median.appendMissing();
            most.appendMissing();
        } else {
            fewest.append(words[0]);
            median.append((words[(words.length - 1) / 2] + words[words.length / 2]) / 2.0);
            most.append(words[words.length - 1]);
        }
    }
}
