package tunebook.data;

import java.util.List;

/**
 * All that a data set is, to be written down and made anew.
 *
 * @param name what it is called
 * @param kind what its examples ask for
 * @param labels sorted
 * @param parts examples to learn from, to choose by and to compare by
 * @param seed that they were split by
 * @param skipped how many broken rows were left out
 * @param augmentation how training examples are changed in each epoch
 * @param <E> what an example is
 */
public record Content<E extends Example>(
        String name,
        Kind kind,
        List<String> labels,
        List<List<E>> parts,
        long seed,
        int skipped,
        Augmentation augmentation) {
    /** Keeps its own copies. */
    public Content {
        labels = List.copyOf(labels);
        parts = List.copyOf(parts);
    }

    /** Of a data set. */
    public static <E extends Example> Content<E> of(Dataset<E> data) {
        return new Content<>(
                data.name(),
                data.kind(),
                data.labels(),
                List.of(data.train(), data.validation(), data.test()),
                data.seed(),
                data.skipped(),
                data.augmentation());
    }

    /** The data set. */
    public Dataset<E> dataset() {
        return new Dataset<>(name, kind, labels, Parts.of(parts), seed, skipped, augmentation);
    }
}
