package tunebook.data;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Counts, balance, lengths and leaks of examples as a table. */
final class Description {
    private final StringColumn part = StringColumn.create("part");
    private final StringColumn label = StringColumn.create("label");
    private final IntColumn examples = IntColumn.create("examples");
    private final IntColumn elsewhere = IntColumn.create("in another part too");
    private final DoubleColumn share = DoubleColumn.create("share");
    private final IntColumn fewest;
    private final DoubleColumn median;
    private final IntColumn most;

    private Description(String measure) {
        fewest = IntColumn.create(measure + " min");
        median = DoubleColumn.create(measure + " median");
        most = IntColumn.create(measure + " max");
        share.setPrintFormatter(
                new DecimalFormat("0.0%", DecimalFormatSymbols.getInstance(Locale.ROOT)), "–");
    }

    static Table of(Dataset<?> data) {
        Description rows = new Description(data.kind().measure());
        List<String> labels = data.kind().groups(data.labels());
        rows.add("train", labels, data.train(), List.of(data.validation(), data.test()));
        rows.add("validation", labels, data.validation(), List.of(data.train(), data.test()));
        rows.add("test", labels, data.test(), List.of(data.train(), data.validation()));
        List<String> said = new ArrayList<>(List.of(data.name()));
        said.addAll(data.warnings());
        return Table.create(
                String.join("; ", said),
                rows.part,
                rows.label,
                rows.examples,
                rows.share,
                rows.fewest,
                rows.median,
                rows.most,
                rows.elsewhere);
    }

    /** The first examples to learn from, with their answers. */
    static Table first(Dataset<?> data, int count) {
        List<? extends Example> first =
                data.train().subList(0, Math.min(count, data.train().size()));
        return Table.create(
                data.name() + ", first training examples",
                StringColumn.create("id", first.stream().map(Example::id)),
                StringColumn.create("content", first.stream().map(Example::content)),
                StringColumn.create("answer", first.stream().map(Example::answer)));
    }

    private void add(
            String name,
            List<String> labels,
            List<? extends Example> all,
            List<List<? extends Example>> others) {
        Set<String> contents =
                others.stream()
                        .flatMap(List::stream)
                        .map(e -> e.content().strip())
                        .collect(Collectors.toSet());
        for (String wanted : labels) {
            var some = all.stream().filter(e -> e.groups().contains(wanted)).toList();
            row(name, wanted, some, all, contents);
        }
        row(name, "all", all, all, contents);
    }

    private void row(
            String name,
            String which,
            List<? extends Example> some,
            List<? extends Example> all,
            Set<String> others) {
        int[] sizes = some.stream().mapToInt(Example::size).toArray();
        Arrays.sort(sizes);
        part.append(name);
        label.append(which);
        examples.append(some.size());
        elsewhere.append(
                (int) some.stream().filter(e -> others.contains(e.content().strip())).count());
        share.append((double) some.size() / all.size());
        if (sizes.length == 0) {
            fewest.appendMissing();
            median.appendMissing();
            most.appendMissing();
        } else {
            fewest.append(sizes[0]);
            median.append((sizes[(sizes.length - 1) / 2] + sizes[sizes.length / 2]) / 2.0);
            most.append(sizes[sizes.length - 1]);
        }
    }
}
