package tunebook.nd4j;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Rows that a session keeps from one evaluation to the next, by name, outside its workspace. */
final class Kept implements AutoCloseable {
    /** Rows that there is room for at first; later it doubles. */
    private static final int ROOM = 64;

    private final Map<String, Rows> all = new HashMap<>();

    private static final class Rows {
        private INDArray room;
        private int used;
    }

    /** Keeps these rows after those of before. → a view of all, [all, width] */
    INDArray append(String name, INDArray x) {
        Rows rows = all.computeIfAbsent(name, n -> new Rows());
        int end = rows.used + (int) x.size(0);
        grow(rows, x, end);
        Gather.place(x, IntStream.range(rows.used, end).toArray(), rows.room);
        rows.used = end;
        return rows.room.get(NDArrayIndex.interval(0, end));
    }

    private static void grow(Rows rows, INDArray like, int end) {
        INDArray before = rows.room;
        if (before != null && before.size(0) >= end) return;
        long enough = before == null ? ROOM : 2 * before.size(0);
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            long[] shape = {Math.max(end, enough), like.size(1)};
            rows.room = Nd4j.createUninitialized(like.dataType(), shape, 'c');
        }
        if (before == null) return;
        Gather.place(before, IntStream.range(0, (int) before.size(0)).toArray(), rows.room);
        before.close();
    }

    long bytes() {
        long numbers = 0;
        for (Rows rows : all.values()) numbers += rows.room.length() * rows.room.dataType().width();
        return numbers;
    }

    /** Lets go of all rows. */
    void forget() {
        all.values().forEach(rows -> rows.room.close());
        all.clear();
    }

    @Override
    public void close() {
        forget();
    }
}
