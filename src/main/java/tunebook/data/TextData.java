package tunebook.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;
import tunebook.core.Names;
import tunebook.core.TunebookException;

/** Labelled texts in three parts, checked; immutable. */
public final class TextData {
    private final String name;
    private final List<String> labels;
    private final List<TextExample> train;
    private final List<TextExample> validation;
    private final List<TextExample> test;
    private final long seed;
    private final int skipped;

    private TextData(
            String name,
            List<String> labels,
            List<TextExample> train,
            List<TextExample> validation,
            List<TextExample> test,
            long seed,
            int skipped) {
        this.name = name;
        this.labels = labels;
        this.train = train;
        this.validation = validation;
        this.test = test;
        this.seed = seed;
        this.skipped = skipped;
    }

    static TextData of(
            String name,
            List<Labelled> train,
            List<Labelled> validation,
            List<Labelled> test,
            long seed,
            int skipped) {
        Set<String> sorted = new TreeSet<>();
        train.forEach(row -> sorted.add(row.label()));
        checkLabels(name, sorted);
        List<String> labels = List.copyOf(sorted);
        return new TextData(
                name,
                labels,
                examples(name, "training", labels, train),
                examples(name, "validation", labels, validation),
                examples(name, "test", labels, test),
                seed,
                skipped);
    }

    static void checkLabels(String name, Collection<String> labels) {
        if (labels.size() >= 2) return;
        throw new TunebookException(
                name,
                labels.isEmpty()
                        ? "has no rows to learn from"
                        : "has one class only: every label is \"" + labels.iterator().next() + "\"",
                "give rows with at least two labels, or check the label column");
    }

    private static List<TextExample> examples(
            String name, String part, List<String> labels, List<Labelled> rows) {
        if (rows.isEmpty()) {
            throw new TunebookException(
                    name, "its " + part + " part has no rows", "give it some, or a larger share");
        }
        List<TextExample> examples = new ArrayList<>();
        for (Labelled row : rows) {
            int label = Collections.binarySearch(labels, row.label());
            if (label < 0) {
                throw new TunebookException(
                        row.id(),
                        "label \""
                                + row.label()
                                + "\" of the "
                                + part
                                + " part is not among the training labels "
                                + labels,
                        Names.nearest(row.label(), labels)
                                .map(n -> "nearest is \"" + n + "\"")
                                .orElseThrow());
            }
            examples.add(new TextExample(row.id(), row.text(), label));
        }
        return List.copyOf(examples);
    }

    /** What the data is called. */
    public String name() {
        return name;
    }

    /** The labels, sorted; an example's label is a place in this list. */
    public List<String> labels() {
        return labels;
    }

    /** What to learn from. */
    public List<TextExample> train() {
        return train;
    }

    /** What to choose by: when to stop, which rate. */
    public List<TextExample> validation() {
        return validation;
    }

    /** What to compare by. */
    public List<TextExample> test() {
        return test;
    }

    /** How many broken rows were left out. */
    public int skipped() {
        return skipped;
    }

    /** How many rows have a text that an earlier row has, in whatever part. */
    public int duplicates() {
        Set<String> seen = new HashSet<>();
        return (int)
                Stream.of(train, validation, test)
                        .flatMap(List::stream)
                        .filter(example -> !seen.add(example.text().strip()))
                        .count();
    }

    /**
     * The same with fewer examples to learn from, each label keeping its share and at least one;
     * validation and test stay whole.
     *
     * @param examples how many
     * @throws TunebookException if that is fewer than labels or more than there are
     */
    public TextData sample(int examples) {
        if (examples < labels.size() || examples > train.size()) {
            throw new TunebookException(
                    "sample(" + examples + ") of " + name,
                    "there are " + labels.size() + " labels and " + train.size() + " examples",
                    "give a number from " + labels.size() + " to " + train.size());
        }
        List<TextExample> kept = Sample.stratified(train, labels.size(), examples, seed);
        return new TextData(name, labels, kept, validation, test, seed, skipped);
    }

    /**
     * The same with a share of the examples to learn from.
     *
     * @param fraction above 0, at most 1
     * @throws TunebookException if it is not, or leaves fewer examples than labels
     */
    public TextData sample(double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new TunebookException(
                    "sample(" + fraction + ") of " + name,
                    "a share is above 0 and at most 1",
                    "give a share, or a whole number of examples");
        }
        return sample((int) Math.round(fraction * train.size()));
    }

    /** SHA-256 over labels, ids and texts of all parts, in hexadecimal. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, labels);
            for (List<TextExample> part : List.of(train, validation, test)) {
                add(digest, List.of(String.valueOf(part.size())));
                for (TextExample e : part)
                    add(digest, List.of(e.id(), e.text(), labels.get(e.label())));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    // Lengths before the strings: no two lists are written alike.
    private static void add(MessageDigest digest, List<String> strings) {
        for (String string : strings) {
            byte[] bytes = string.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }
    }

    /**
     * A table with a row for each part and label, and one for all labels of a part: examples, their
     * share of the part, fewest, median and most words (separated by blanks).
     */
    public Table describe() {
        return Description.of(this);
    }

    @Override
    public String toString() {
        return name
                + ": "
                + train.size()
                + " training, "
                + validation.size()
                + " validation, "
                + test.size()
                + " test examples, labels "
                + labels;
    }
}
