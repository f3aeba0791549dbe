package tunebook.data;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
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
    private final Parts<E> parts;
    private final long seed;
    private final int skipped;
    private final Augmentation augmentation;

    Dataset(
            String name,
            Kind kind,
            List<String> labels,
            Parts<E> parts,
            long seed,
            int skipped,
            Augmentation augmentation) {
        this.name = name;
        this.kind = kind;
        this.labels = labels;
        this.parts = parts;
        this.seed = seed;
        this.skipped = skipped;
        this.augmentation = augmentation;
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
        return new Dataset<>(
                name,
                kind,
                List.copyOf(labels),
                Parts.of(name, parts, example),
                seed,
                skipped,
                Augmentation.NONE);
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
        return parts.train();
    }

    /** What to choose by: when to stop, which rate. */
    public List<E> validation() {
        return parts.validation();
    }

    /** What to compare by. */
    public List<E> test() {
        return parts.test();
    }

    /** What it was split by. */
    long seed() {
        return seed;
    }

    /** How many broken rows were left out. */
    public int skipped() {
        return skipped;
    }

    /** How many rows have the content that an earlier row has, in whatever part. */
    public int duplicates() {
        return parts.duplicates();
    }

    /**
     * Examples to learn from whose content is asked for again in validation or test: they make a
     * model look better than it is. Data that {@link TextTable#split} divided has none.
     */
    public List<E> leaks() {
        return parts.leaks();
    }

    /** The same without {@link #leaks}: validation and test stay whole. */
    public Dataset<E> withoutLeaks() {
        return with(name, parts.withoutLeaks(), augmentation);
    }

    private Dataset<E> with(String name, Parts<E> parts, Augmentation augmentation) {
        return new Dataset<>(name, kind, labels, parts, seed, skipped, augmentation);
    }

    /**
     * The same with training pictures that are changed anew in each epoch. Nothing of them can be
     * computed once and kept, so recipes with frozen blocks take longer.
     *
     * @throws TunebookException if the examples are no pictures
     */
    public Dataset<E> augmented(Augmentation augmentation) {
        if (kind != Kind.PICTURES) {
            throw new TunebookException(
                    "augmented(" + augmentation + ") of " + name,
                    "its examples are " + kind.words(),
                    "leave it out; only pictures can be augmented");
        }
        return with(name, parts, augmentation);
    }

    /** How training examples are changed in each epoch. */
    public Augmentation augmentation() {
        return augmentation;
    }

    /** What to keep in mind about the data, a sentence each; none where there is nothing. */
    public List<String> warnings() {
        List<String> warnings = new ArrayList<>(AlikeLabels.warnings(this));
        int leaks = leaks().size();
        if (leaks > 0)
            warnings.add(
                    leaks
                            + " training examples are in validation or test too; withoutLeaks()"
                            + " takes them out of training");
        if (skipped > 0) warnings.add(skipped + " broken rows were left out");
        if (!augmentation.equals(Augmentation.NONE))
            warnings.add(
                    "training pictures change each epoch ("
                            + augmentation
                            + "), so nothing of frozen blocks is kept");
        return warnings;
    }

    /**
     * k data sets for cross-validation: each example is in the test part of exactly one of them,
     * and every tenth of the others chooses. Groups stay together, and labels keep their shares.
     *
     * @param k at least 2
     * @throws TunebookException if there are fewer examples of a label than parts
     */
    public List<Dataset<E>> folds(int k) {
        List<Dataset<E>> folds = new ArrayList<>();
        for (List<List<E>> fold : Folds.of(name, parts.examples().toList(), stratum(), k, seed)) {
            String called = name + ", fold " + (folds.size() + 1) + " of " + k;
            folds.add(with(called, Parts.of(fold), augmentation));
        }
        return folds;
    }

    private Function<E, String> stratum() {
        return kind.stratified() ? Example::answer : e -> "";
    }

    /**
     * The same with fewer examples to learn from, each label keeping its share and at least one;
     * validation and test stay whole.
     *
     * @param examples how many
     * @throws TunebookException if that is fewer than labels or more than there are
     */
    public Dataset<E> sample(int examples) {
        return sample(examples, seed);
    }

    /** The same, drawn by a seed of its own: another seed, another sample. */
    public Dataset<E> sample(int examples, long seed) {
        List<E> some = Sample.stratified(name, train(), stratum(), examples, seed);
        return with(name, parts.learningFrom(some), augmentation);
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
        return sample((int) Math.round(fraction * train().size()));
    }

    /**
     * SHA-256 over kind, labels, ids, contents and answers of all parts and the augmentation, in
     * hexadecimal.
     */
    public String sha256() {
        return Fingerprint.of(this);
    }

    /**
     * A table with a row for each part and label, and one for all labels of a part: examples, their
     * share of the part, fewest, median and most words (separated by blanks), and how many have
     * content that another part has too. Of entities it has a row for each type, with the sentences
     * that have one. Its name says the {@link #warnings}.
     */
    public Table describe() {
        return Description.of(this);
    }

    /**
     * The first examples to learn from, with their answers.
     *
     * @param count how many at most
     */
    public Table samples(int count) {
        return Description.first(this, count);
    }

    @Override
    public String toString() {
        return "%s: %s training, %s validation, %s test examples, labels %s"
                .formatted(name, train().size(), validation().size(), test().size(), labels);
    }
}
