package tunebook.nd4j;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays of one step that nobody reads any more, for the next that need as many numbers: the way
 * back then takes little more memory than the way there, and finds it in the cache.
 */
final class Spare {
    private final DataType type;
    private final Crew crew;
    private final boolean remembers;
    private final List<INDArray> lent = new ArrayList<>();
    private final Map<Long, Deque<INDArray>> arrays = new HashMap<>();

    /**
     * @param remembers whether it is told at once what is not read any more, by {@link #giveAllBut}
     */
    Spare(DataType type, Crew crew, boolean remembers) {
        this.remembers = remembers;
        this.crew = crew;
        this.type = type;
    }

    /** An array whose numbers are undefined. */
    INDArray take(long... shape) {
        crew.collect();
        long length = 1;
        for (long size : shape) length *= size;
        Deque<INDArray> there = arrays.get(length);
        INDArray known = there == null ? null : there.poll();
        INDArray array =
                known == null
                        ? Nd4j.createUninitialized(type, shape, 'c')
                        : known.reshape('c', shape);
        if (remembers) lent.add(array);
        return array;
    }

    /** Takes back everything that was lent, but what has the numbers of this one. */
    void giveAllBut(INDArray kept) {
        long numbers = kept.data().address();
        for (INDArray array : lent) if (array.data().address() != numbers) put(array);
        lent.removeIf(array -> array.data().address() != numbers);
    }

    /** Hands over an array that nobody reads any more, but errands that are under way. */
    void give(INDArray array) {
        crew.whenDone(() -> put(array));
    }

    private void put(INDArray array) {
        arrays.computeIfAbsent(array.length(), length -> new ArrayDeque<>()).push(array);
    }
}
