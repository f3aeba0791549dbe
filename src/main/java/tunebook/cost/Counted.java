package tunebook.cost;

import java.util.List;
import java.util.stream.Stream;
import tunebook.core.Shape;

/** A value of a counted step; by identity, for equal ones are still two. */
final class Counted {
    /** How the way back gives a gradient to what a value comes from. */
    enum Passing {
        /** As an array of its own, which is added to what is there. */
        FRESH,
        /** As a product that is added to what is there. */
        ADDED,
        /** The value's own gradient, as it is. */
        HANDED
    }

    final Shape shape;

    /** Whether something that it comes from learns. */
    final boolean needs;

    /** FLOPs of the way back through it. */
    final long back;

    /** What it hands its gradient to. */
    final List<Counted> from;

    /** Numbers of the array that it stands in; 0 where that is another's. */
    private long own;

    private long beside;
    private long scratch;
    private boolean open;
    private boolean seen;
    private boolean last;
    private Passing passing = Passing.FRESH;

    /** The gradient while the way back is followed; null before and after. */
    Lent gradient;

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
        this.own = shape.elements();
    }

    /** The same in another's array. */
    Counted borrowed() {
        own = 0;
        return this;
    }

    /** The same, into which more may be added, for no way back reads it. */
    Counted open() {
        open = true;
        return this;
    }

    /** The same with numbers that its way back wants for itself. */
    Counted scratch(long numbers) {
        scratch = numbers;
        return this;
    }

    /** The same as what windows see, which a product takes a part at a time. */
    Counted seen() {
        seen = true;
        return this;
    }

    /** The same, of all that was computed so far the only one that is read again. */
    Counted last() {
        last = true;
        return this;
    }

    /** The same with numbers beside it that its way back reads. */
    Counted beside(long numbers) {
        beside = numbers;
        return this;
    }

    /** The same with another way of passing on. */
    Counted passing(Passing way) {
        passing = way;
        return this;
    }

    long own() {
        return own;
    }

    long beside() {
        return beside;
    }

    long scratch() {
        return scratch;
    }

    boolean isOpen() {
        return open;
    }

    boolean isSeen() {
        return seen;
    }

    /** What windows see this of, where it gets a gradient. */
    Counted[] pixels() {
        return from.toArray(Counted[]::new);
    }

    boolean isLast() {
        return last;
    }

    Passing passing() {
        return passing;
    }
}
