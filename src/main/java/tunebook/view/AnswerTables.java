package tunebook.view;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.stream.Collectors;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tunebook.train.LabelSet;

/** Answers to single texts as tables. */
public final class AnswerTables {
    private AnswerTables() {}

    /** Every label with its probability, the most probable first, and whether it was chosen. */
    public static Table labels(LabelSet set) {
        StringColumn label = StringColumn.create("label", set.probabilities().keySet());
        DoubleColumn probability = DoubleColumn.create("probability", set.probabilities().values());
        probability.setPrintFormatter(percent(), "–");
        StringColumn chosen =
                StringColumn.create(
                        "chosen",
                        set.probabilities().keySet().stream()
                                .map(l -> set.labels().contains(l) ? "yes" : "no"));
        String name =
                set.labels().isEmpty() ? "No label" : "Labels: " + String.join(", ", set.labels());
        return Table.create(name, label, probability, chosen);
    }

    /** The chosen labels in one line. */
    public static String line(LabelSet set) {
        if (set.labels().isEmpty()) return "no label";
        return set.labels().stream()
                .map(l -> l + " (" + percent().format(set.probabilities().get(l)) + ")")
                .collect(Collectors.joining(", "));
    }

    private static DecimalFormat percent() {
        return new DecimalFormat("0%", DecimalFormatSymbols.getInstance(Locale.ROOT));
    }
}
