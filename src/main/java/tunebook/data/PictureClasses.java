package tunebook.data;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tunebook.core.TunebookException;

/** Labelled pictures as a data set: the training part says which labels there are. */
final class PictureClasses {
    private PictureClasses() {}

    static Dataset<ImageExample> of(
            String name, List<List<LabelledPicture>> parts, long seed, int skipped) {
        Set<String> sorted = new TreeSet<>();
        parts.get(0).forEach(row -> sorted.add(row.label()));
        checkLabels(name, sorted);
        List<String> labels = List.copyOf(sorted);
        return Dataset.of(
                name,
                Kind.PICTURES,
                labels,
                parts,
                (part, row) ->
                        new ImageExample(
                                row.id(),
                                row.picture(),
                                row.content(),
                                Classes.place(row.id(), part, labels, row.label()),
                                row.label()),
                seed,
                skipped);
    }

    /**
     * Parts with the same share of each label; equal pictures stay together.
     *
     * @throws TunebookException if there is one label only, or one with fewer different pictures
     *     than parts
     */
    static List<List<LabelledPicture>> split(
            Split split, String name, List<LabelledPicture> rows, double... shares) {
        Map<String, Set<String>> different = new TreeMap<>();
        for (LabelledPicture row : rows)
            different.computeIfAbsent(row.label(), l -> new HashSet<>()).add(row.content());
        checkLabels(name, different.keySet());
        different.forEach(
                (label, contents) -> {
                    if (contents.size() >= shares.length) return;
                    throw new TunebookException(
                            name,
                            "class \""
                                    + label
                                    + "\" has "
                                    + contents.size()
                                    + " different pictures, too few for "
                                    + shares.length
                                    + " parts",
                            "give it at least " + shares.length + ", or remove the class");
                });
        return split.parts(name, rows, LabelledPicture::content, LabelledPicture::label, shares);
    }

    private static void checkLabels(String name, Set<String> labels) {
        if (labels.size() >= 2) return;
        throw new TunebookException(
                name,
                labels.isEmpty()
                        ? "has no pictures to learn from"
                        : "has one class only: \"" + labels.iterator().next() + "\"",
                "give pictures of at least two classes, each in a folder of its own");
    }
}
