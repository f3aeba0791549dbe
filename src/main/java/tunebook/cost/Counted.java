package tunebook.cost;

import java.util.List;
import java.util.stream.Stream;
import tunebook.core.Shape;

/** A value of a counted step; by identity, for equal ones are still two. */
final class Counted {
    final Shape shape;

    /** Whether something that it comes from learns. */
    final boolean needs;

    /** FLOPs of the way back through it. */
    final long back;

    /** What it hands its gradient to. */
    final List<Counted> from;

    /**
     * @param learns whether it comes from a weight that does
     * @param back FLOPs of the way back through it
     * @param from what it was computed from
     */
    Counted(Shape shape, boolean learns, long back, Counted... from) {
        this.shape = shape;
        this.back = back;
        this.from = Stream.of(from).filter(v -> v.needs).toList();
        this.needs = learns || !this.from.isEmpty();
    }
}
