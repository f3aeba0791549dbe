package tunebook.task;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tunebook.data.Bio;
import tunebook.stats.Mark;

/**
 * How many entities were found, by type; the rules are seqeval's in its default mode.
 *
 * @param types counts of each, sorted
 */
public record EntityMetrics(Map<String, Counts> types) {
    /** Keeps its own copy. */
    public EntityMetrics {
        types = Collections.unmodifiableMap(new TreeMap<>(types));
    }

    /**
     * Counts of entities.
     *
     * @param right predicted with the type and both ends of a true one
     * @param predicted in all
     * @param truth true ones in all
     */
    public record Counts(int right, int predicted, int truth) {
        static final Counts NONE = new Counts(0, 0, 0);

        static Counts of(List<Bio.Span> truth, List<Bio.Span> predicted) {
            Set<Bio.Span> both = new HashSet<>(truth);
            both.retainAll(predicted);
            return new Counts(both.size(), predicted.size(), truth.size());
        }

        /** Both together. */
        public Counts plus(Counts other) {
            return new Counts(
                    right + other.right, predicted + other.predicted, truth + other.truth);
        }

        /** right / predicted; 0 where nothing was predicted. */
        public double precision() {
            return predicted == 0 ? 0 : (double) right / predicted;
        }

        /** right / truth; 0 where there is nothing to find. */
        public double recall() {
            return truth == 0 ? 0 : (double) right / truth;
        }

        /** 2·right / (predicted + truth); 0 where there is neither. */
        public double f1() {
            return predicted + truth == 0 ? 0 : 2.0 * right / (predicted + truth);
        }
    }

    /** Of marks whose truths and predictions are tags with a blank between them. */
    public static EntityMetrics of(List<Mark> marks) {
        Map<String, Counts> types = new TreeMap<>();
        for (Mark mark : marks) {
            List<Bio.Span> truth = spans(mark.truth());
            List<Bio.Span> predicted = spans(mark.prediction());
            Stream.concat(truth.stream(), predicted.stream())
                    .map(Bio.Span::type)
                    .distinct()
                    .forEach(
                            type ->
                                    types.merge(
                                            type,
                                            Counts.of(only(type, truth), only(type, predicted)),
                                            Counts::plus));
        }
        return new EntityMetrics(types);
    }

    /** The entities of a mark's truth or prediction. */
    public static List<Bio.Span> spans(String tags) {
        return Bio.spans(List.of(tags.split(" ", -1)));
    }

    private static List<Bio.Span> only(String type, List<Bio.Span> spans) {
        return spans.stream().filter(s -> s.type().equals(type)).toList();
    }

    /** All types together. */
    public Counts all() {
        return types.values().stream().reduce(Counts.NONE, Counts::plus);
    }
}
