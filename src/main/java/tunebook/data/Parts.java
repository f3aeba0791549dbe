package tunebook.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import tunebook.core.TunebookException;

/**
 * Examples in three parts.
 *
 * @param train to learn from
 * @param validation to choose by
 * @param test to compare by
 */
record Parts<E extends Example>(List<E> train, List<E> validation, List<E> test) {
    private static final List<String> NAMES = List.of("training", "validation", "test");

    /**
     * Rows made examples.
     *
     * @param example makes a row of the part of this name one, or refuses it
     * @throws TunebookException if a part has no rows
     */
    static <R, E extends Example> Parts<E> of(
            String data, List<List<R>> rows, BiFunction<String, R, E> example) {
        List<List<E>> parts = new ArrayList<>();
        for (String part : NAMES) {
            List<R> some = rows.get(parts.size());
            if (some.isEmpty()) {
                throw new TunebookException(
                        data,
                        "its " + part + " part has no rows",
                        "give it some, or a larger share");
            }
            parts.add(some.stream().map(row -> example.apply(part, row)).toList());
        }
        return of(parts);
    }

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

    Parts<E> withoutLeaks() {
        Set<E> leaks = new HashSet<>(leaks());
        return learningFrom(train.stream().filter(e -> !leaks.contains(e)).toList());
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
