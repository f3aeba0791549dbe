package tunebook.data;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;

/**
 * Examples in three parts, checked; immutable.
 *
 * @param <E> what an example is
 */
public final class Dataset<E extends Example> {
    private final String name;
    private final Kind kind;
    private final List<String> labels;
    private final List<E> train;
    private final List<E> validation;
    private final List<E> test;
    private final long seed;
    private final int skipped;

    private Dataset(
            String name,
            Kind kind,
            List<String> labels,
            List<E> train,
            List<E> validation,
            List<E> test,
            long seed,
            int skipped) {
        this.name = name;
        this.kind = kind;
        this.labels = labels;
        this.train = train;
        this.validation = validation;
        this.test = test;
        this.seed = seed;
        this.skipped = skipped;
    }

    /**
     * Data of three parts.
     *
     * @param labels of the classes, sorted; empty where there are none
     * @param parts rows to learn from, to choose by and to compare by
     * @param example makes a row of the part of this name an example, or refuses it
     * @param seed that they were split by
     * @param skipped how many broken rows were left out
     * @throws TunebookException if a part is empty
     */
    static <R, E extends Example> Dataset<E> of(
            String name,
            Kind kind,
            List<String> labels,
            List<List<R>> parts,
            BiFunction<String, R, E> example,
            long seed,
            int skipped) {
        List<List<E>> examples = new ArrayList<>();
        for (String part : List.of("training", "validation", "test")) {
            List<R> rows = parts.get(examples.size());
            if (rows.isEmpty()) {
                throw new TunebookException(
                        name,
                        "its " + part + " part has no rows",
                        "give it some, or a larger share");
            }
            examples.add(rows.stream().map(row -> example.apply(part, row)).toList());
        }
        return new Dataset<>(
                name,
                kind,
                List.copyOf(labels),
                examples.get(0),
                examples.get(1),
                examples.get(2),
                seed,
                skipped);
    }

    /** What the data is called. */
    public String name() {
        return name;
    }

    /** What its examples ask for. */
    public Kind kind() {
        return kind;
    }

    /** The labels, sorted; a labelled example's label is a place in this list. */
    public List<String> labels() {
        return labels;
    }

    /** What to learn from. */
    public List<E> train() {
        return train;
    }

    /** What to choose by: when to stop, which rate. */
    public List<E> validation() {
        return validation;
    }

    /** What to compare by. */
    public List<E> test() {
        return test;
    }

    /** How many broken rows were left out. */
    public int skipped() {
        return skipped;
    }

    /** How many rows have the content that an earlier row has, in whatever part. */
    public int duplicates() {
        Set<String> seen = new HashSet<>();
        return (int)
                Stream.of(train, validation, test)
                        .flatMap(List::stream)
                        .filter(example -> !seen.add(example.content().strip()))
                        .count();
    }

    /**
     * The same with fewer examples to learn from, each label keeping its share and at least one;
     * validation and test stay whole.
     *
     * @param examples how many
     * @throws TunebookException if that is fewer than labels or more than there are
     */
    public Dataset<E> sample(int examples) {
        Function<E, String> stratum = kind.stratified() ? Example::answer : e -> "";
        int least = (int) train.stream().map(stratum).distinct().count();
        if (examples < least || examples > train.size()) {
            throw new TunebookException(
                    "sample(" + examples + ") of " + name,
                    "there are " + labels.size() + " labels and " + train.size() + " examples",
                    "give a number from " + least + " to " + train.size());
        }
        List<E> kept = Sample.stratified(train, stratum, examples, seed);
        return new Dataset<>(name, kind, labels, kept, validation, test, seed, skipped);
    }

    /**
     * The same with a share of the examples to learn from.
     *
     * @param fraction above 0, at most 1
     * @throws TunebookException if it is not, or leaves fewer examples than labels
     */
    public Dataset<E> sample(double fraction) {
        if (!(fraction > 0 && fraction <= 1)) {
            throw new TunebookException(
                    "sample(" + fraction + ") of " + name,
                    "a share is above 0 and at most 1",
                    "give a share, or a whole number of examples");
        }
        return sample((int) Math.round(fraction * train.size()));
    }

    /** SHA-256 over kind, labels, ids, contents and answers of all parts, in hexadecimal. */
    public String sha256() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, List.of(kind.name()));
            add(digest, labels);
            for (List<E> part : List.of(train, validation, test)) {
                add(digest, List.of(String.valueOf(part.size())));
                for (E e : part) add(digest, List.of(e.id(), e.content(), e.answer()));
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
     * share of the part, fewest, median and most words (separated by blanks). Of entities it has a
     * row for each type, with the sentences that have one.
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
