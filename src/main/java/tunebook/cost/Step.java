package tunebook.cost;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tunebook.cost.Lent.Room;

/** A training step, counted. */
public final class Step {
    private final List<Counted> values;
    private final Counted loss;
    private final long forward;

    /**
     * @param values in the order in which they are computed
     * @param loss one of them
     * @param forward FLOPs of the way there
     */
    Step(List<Counted> values, Counted loss, long forward) {
        this.values = values;
        this.loss = loss;
        this.forward = forward;
    }

    /** Multiplications and additions, there and back, counted in products and attention. */
    public long flops() {
        Deque<Counted> due = new ArrayDeque<>(List.of(loss));
        Set<Counted> seen = new HashSet<>(due);
        long flops = forward;
        while (!due.isEmpty()) {
            Counted value = due.pop();
            flops += value.back;
            for (Counted from : value.from) if (seen.add(from)) due.push(from);
        }
        return flops;
    }

    /**
     * The same where there is no way back: what is computed before a block's end finds room again
     * after it.
     */
    public long numbersOfForward() {
        Room room = new Room();
        List<Counted> lent = new ArrayList<>();
        for (Counted value : values) {
            room.take(value.own());
            room.take(value.beside());
            lent.add(value);
            if (!value.isLast()) continue;
            for (Counted done : lent) {
                room.give(done.own());
                room.give(done.beside());
            }
            room.take(value.shape.elements());
            lent.clear();
        }
        return room.taken();
    }

    /**
     * How many numbers there are room for at the end: on the way there every value has an array of
     * its own; on the way back an array that is not read any more serves again where as many
     * numbers are wanted. So the CPU's engine does it; weights, their gradients and moments are not
     * in it.
     */
    public long numbers() {
        Room room = new Room();
        for (Counted value : values) {
            room.take(value.own());
            room.take(value.beside());
        }
        if (loss.needs) loss.gradient = room.take(1);
        for (int i = values.size() - 1; i >= 0; i--) {
            Counted value = values.get(i);
            if (!value.needs) continue;
            if (value.gradient != null) {
                room.give(room.take(value.scratch()).numbers);
                for (Counted from : value.from) pass(value, from, room);
                room.release(value.gradient);
                value.gradient = null;
            }
            room.give(value.own());
            room.give(value.beside());
        }
        return room.taken();
    }

    private static void pass(Counted value, Counted to, Room room) {
        long size = to.shape.elements();
        boolean handed =
                value.passing() == Counted.Passing.HANDED && size == value.gradient.numbers;
        if (to.gradient == null) {
            if (handed) value.gradient.holders++;
            to.gradient = handed ? value.gradient : room.take(size);
            return;
        }
        if (to.gradient.holders > 1) {
            room.release(to.gradient);
            to.gradient = room.take(size);
        }
        if (value.passing() == Counted.Passing.FRESH) room.give(room.take(size).numbers);
    }
}
