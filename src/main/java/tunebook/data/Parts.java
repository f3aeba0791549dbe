package tunebook.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Examples in three parts.
 *
 * @param train to learn from
 * @param validation to choose by
 * @param test to compare by
 */
record Parts<E extends Example>(List<E> train, List<E> validation, List<E> test) {
    static final List<String> NAMES = List.of("training", "validation", "test");

    static <E extends Example> Parts<E> of(List<List<E>> parts) {
        return new Parts<>(parts.get(0), parts.get(1), parts.get(2));
    }

    List<List<E>> all() {
        return List.of(train, validation, test);
    }

    Stream<E> examples() {
        return all().stream().flatMap(List::stream);
    }

    Parts<E> learningFrom(List<E> other) {
        return new Parts<>(List.copyOf(other), validation, test);
    }

    int duplicates() {
        Set<String> seen = new HashSet<>();
        return (int) examples().filter(e -> !seen.add(e.content().strip())).count();
    }

    List<E> leaks() {
        Set<String> asked = new HashSet<>();
        Stream.of(validation, test)
                .flatMap(List::stream)
                .forEach(e -> asked.add(e.content().strip()));
        return train.stream().filter(e -> asked.contains(e.content().strip())).toList();
    }
}
