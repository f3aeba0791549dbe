package tunebook.core;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Sizes of an array, outermost first; a scalar has none. */
public record Shape(List<Integer> sizes) {
    /** Checks that no size is negative. */
    public Shape {
        sizes = List.copyOf(sizes);
        if (sizes.stream().anyMatch(s -> s < 0)) {
            throw new TunebookException(
                    "shape " + sizes, "a size is negative", "give sizes of 0 or more");
        }
    }

    /** The shape with these sizes. */
    public static Shape of(int... sizes) {
        return new Shape(Arrays.stream(sizes).boxed().toList());
    }

    /** How many dimensions. */
    public int rank() {
        return sizes.size();
    }

    /** The size of dimension {@code i}. */
    public int size(int i) {
        return sizes.get(i);
    }

    /** How many elements; throws {@link ArithmeticException} where that exceeds a long. */
    public long elements() {
        return sizes.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    @Override
    public String toString() {
        return sizes.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
