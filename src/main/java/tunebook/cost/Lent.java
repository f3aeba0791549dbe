package tunebook.cost;

import java.util.HashMap;
import java.util.Map;

/** An array that one or several values have as their gradient. */
final class Lent {
    final long numbers;
    int holders = 1;

    private Lent(long numbers) {
        this.numbers = numbers;
    }

    /** Arrays of a step: what is given back is lent again to whoever asks for as many numbers. */
    static final class Room {
        private final Map<Long, Integer> idle = new HashMap<>();
        private long taken;

        Lent take(long numbers) {
            int there = idle.getOrDefault(numbers, 0);
            if (there > 0) idle.put(numbers, there - 1);
            else taken += numbers;
            return new Lent(numbers);
        }

        void give(long numbers) {
            if (numbers > 0) idle.merge(numbers, 1, Integer::sum);
        }

        void release(Lent lent) {
            if (--lent.holders == 0) give(lent.numbers);
        }

        /** Numbers of all arrays, which is the most that were ever lent. */
        long taken() {
            return taken;
        }
    }
}
