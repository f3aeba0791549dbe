package tunebook.data;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tunebook.core.Names;
import tunebook.core.TunebookException;

/** Labelled texts as a data set: the training part says which labels there are. */
final class Classes {
    private Classes() {}

    static Dataset<TextExample> of(
            String name, List<List<Labelled>> parts, long seed, int skipped) {
        Set<String> sorted = new TreeSet<>();
        parts.get(0).forEach(row -> sorted.add(row.label()));
        checkLabels(name, sorted);
        List<String> labels = List.copyOf(sorted);
        return Dataset.of(
                name,
                Kind.CLASSES,
                labels,
                parts,
                (part, row) ->
                        new TextExample(
                                row.id(),
                                row.text(),
                                place(row.id(), part, labels, row.label()),
                                row.label()),
                seed,
                skipped);
    }

    /** Parts with the same share of each label; rows of one group stay together. */
    static List<List<Labelled>> split(
            Split split, String name, List<Labelled> rows, double... shares) {
        checkLabels(name, rows.stream().map(Labelled::label).collect(Collectors.toSet()));
        return split.parts(name, rows, Labelled::group, Labelled::label, shares);
    }

    private static void checkLabels(String name, Collection<String> labels) {
        if (labels.size() >= 2) return;
        throw new TunebookException(
                name,
                labels.isEmpty()
                        ? "has no rows to learn from"
                        : "has one class only: every label is \"" + labels.iterator().next() + "\"",
                "give rows with at least two labels, or check the label column");
    }

    /** A label's place among the training labels. */
    static int place(String id, String part, List<String> labels, String wanted) {
        int label = Collections.binarySearch(labels, wanted);
        if (label >= 0) return label;
        throw new TunebookException(
                id,
                "label \""
                        + wanted
                        + "\" of the "
                        + part
                        + " part is not among the training labels "
                        + labels,
                Names.mend(wanted, labels));
    }
}
