package tunebook.study;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.data.Batches;
import tunebook.data.Dataset;
import tunebook.model.Backbone;
import tunebook.model.TextInput;
import tunebook.task.Task;

/** How long a data set's examples are for a backbone, and what is cut off. */
public final class LengthTable {
    private LengthTable() {}

    /** A row for each part: examples, fewest, median and most rows, how many were cut. */
    public static Table of(Dataset<?> data, Backbone backbone) {
        int limit = backbone.model().reads().map(TextInput::positions).orElse(Integer.MAX_VALUE);
        Task task = Task.of(data);
        StringColumn part = StringColumn.create("part");
        IntColumn examples = IntColumn.create("examples");
        IntColumn fewest = IntColumn.create("rows min");
        IntColumn median = IntColumn.create("rows median");
        IntColumn most = IntColumn.create("rows max");
        IntColumn cut = IntColumn.create("cut examples");
        LongColumn lost = LongColumn.create("lost tokens");
        Map<String, Batches> parts =
                Map.of(
                        "train", task.train(backbone, limit).batches(),
                        "validation", task.validation(backbone, limit).batches(),
                        "test", task.test(backbone, limit).batches());
        for (String name : new String[] {"train", "validation", "test"}) {
            Batches batches = parts.get(name);
            int[] lengths = IntStream.range(0, batches.size()).map(batches::length).toArray();
            Arrays.sort(lengths);
            part.append(name);
            examples.append(lengths.length);
            fewest.append(lengths[0]);
            median.append(lengths[lengths.length / 2]);
            most.append(lengths[lengths.length - 1]);
            cut.append(batches.truncation().texts());
            lost.append(batches.truncation().tokens());
        }
        return Table.create(data.name() + " for " + backbone.name())
                .addColumns(part, examples, fewest, median, most, cut, lost);
    }
}
