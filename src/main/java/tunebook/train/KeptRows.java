package tunebook.train;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.DoublePredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import tunebook.core.ElementType;
import tunebook.core.Near;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.data.Batches;

/**
 * One part's rows below one cut, in chunks of whole batches, one example after another in each. All
 * threads that want them fill them together, a chunk at a time; each chunk is filled once.
 */
final class KeptRows {
    private final Storage storage;
    private final List<List<int[]>> chunks = new ArrayList<>();
    private final int[] chunk;
    private final int[] start;
    private final int[] bytes;
    private final ByteBuffer[] kept;
    private final long[] before;
    private final Deque<Integer> due = new ArrayDeque<>();
    private int busy;
    private int done;

    /** Computes examples' rows, one example after another. */
    interface Source {
        ByteBuffer rows(int... which);
    }

    /**
     * @param most bytes of a chunk, unless it is a single batch
     * @param batch examples that are computed together
     * @param bytes of an example's rows
     */
    KeptRows(Storage storage, long most, Batches examples, int batch, IntUnaryOperator bytes) {
        this.storage = storage;
        this.bytes = IntStream.range(0, examples.size()).map(bytes).toArray();
        this.chunk = new int[examples.size()];
        this.start = new int[examples.size()];
        long size = 0;
        for (int[] together : examples.inOrder(batch)) {
            long more = size(together);
            if (chunks.isEmpty() || size + more > most) {
                chunks.add(new ArrayList<>());
                size = 0;
            }
            chunks.get(chunks.size() - 1).add(together);
            for (int i : together) {
                chunk[i] = chunks.size() - 1;
                start[i] = (int) size;
                size += this.bytes[i];
            }
        }
        this.kept = new ByteBuffer[chunks.size()];
        this.before = new long[chunks.size()];
        for (int c = 1; c < before.length; c++)
            before[c] = before[c - 1] + chunks.get(c - 1).stream().mapToLong(this::size).sum();
        IntStream.range(0, kept.length).forEach(due::add);
    }

    /** Bytes of these examples' rows. */
    long size(int... which) {
        return Arrays.stream(which).mapToLong(i -> bytes[i]).sum();
    }

    /**
     * Fills what is not filled yet, and waits for what other threads fill.
     *
     * @param goesOn is told the share done and says whether to go on
     * @return whether all is done; what is not will be where another thread asks for it
     */
    boolean fill(Source source, DoublePredicate goesOn) {
        while (true) {
            Integer next = take(goesOn);
            if (next == null) return complete();
            boolean filled = false;
            try {
                filled = fill(next, source, goesOn);
            } finally {
                end(next, filled);
            }
            if (!filled) return false;
        }
    }

    /** Whether nothing is left to fill. */
    synchronized boolean complete() {
        return done == kept.length;
    }

    private synchronized double share() {
        return kept.length == 0 ? 1 : done / (double) kept.length;
    }

    /** A chunk to be filled, or null where none is left or the caller is to stop. */
    private synchronized Integer take(DoublePredicate goesOn) {
        boolean interrupted = false;
        try {
            while (due.isEmpty() && busy > 0 && goesOn.test(share())) {
                try {
                    wait(100);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
        if (!due.isEmpty()) busy++;
        return due.poll();
    }

    private synchronized void end(int number, boolean filled) {
        busy--;
        if (filled) done++;
        else due.addFirst(number);
        notifyAll();
    }

    private boolean fill(int number, Source source, DoublePredicate goesOn) {
        List<int[]> batches = chunks.get(number);
        long size = 0;
        for (int[] batch : batches) size += size(batch);
        Storage.Place place =
                size > Integer.MAX_VALUE - 8 ? Storage.Place.NOWHERE : storage.reserve((int) size);
        if (place == Storage.Place.NOWHERE) return true;
        boolean all = false;
        try {
            byte[] rows = new byte[(int) size];
            int at = 0;
            for (int b = 0; b < batches.size(); b++) {
                double share = share() + b / (double) batches.size() / kept.length;
                if (!goesOn.test(share)) return false;
                ByteBuffer some = source.rows(batches.get(b));
                int more = some.remaining();
                some.get(rows, at, more);
                at += more;
            }
            ByteBuffer placed = storage.keep(place, rows);
            all = true;
            synchronized (this) {
                kept[number] = placed;
            }
            return true;
        } finally {
            if (!all) storage.release(place, (int) size);
        }
    }

    /** Whether these examples' rows are all here. */
    synchronized boolean has(int... which) {
        for (int i : which) if (kept[chunk[i]] == null) return false;
        return true;
    }

    /** Whether every example's rows are here. */
    synchronized boolean all() {
        return Arrays.stream(kept).allMatch(Objects::nonNull);
    }

    /** Rows of a width of all examples together. */
    long count(int width) {
        return Arrays.stream(bytes).asLongStream().sum() / (4L * width);
    }

    /** Puts all rows of a width near an engine, chunk after chunk. */
    void put(Near near, int width) {
        storage.read(
                () -> {
                    for (int c = 0; c < kept.length; c++) {
                        int rows = kept[c].capacity() / (4 * width);
                        Shape shape = Shape.of(rows, width);
                        near.put(
                                before[c] / (4L * width),
                                Tensor.of(ElementType.F32, shape, kept[c].duplicate()));
                    }
                    return near;
                });
    }

    /** The numbers there of some examples' rows. */
    int[] numbers(int width, int... which) {
        return Arrays.stream(which)
                .flatMap(
                        i -> {
                            int first = (int) ((before[chunk[i]] + start[i]) / (4L * width));
                            return IntStream.range(first, first + bytes[i] / (4 * width));
                        })
                .toArray();
    }

    /** Puts the rows of those that are here where they belong; the others are given back. */
    int[] copy(ByteBuffer to, int... which) {
        return storage.read(
                        () -> {
                            int[] absent = new int[which.length];
                            int n = 0;
                            int at = 0;
                            for (int i : which) {
                                ByteBuffer from = kept[chunk[i]];
                                if (from == null) absent[n++] = i;
                                else to.put(at, from, start[i], bytes[i]);
                                at += bytes[i];
                            }
                            return Arrays.copyOf(absent, n);
                        })
                .orElse(which);
    }

    /** Puts rows of some of the examples, one after another, where they belong among all. */
    void insert(ByteBuffer some, int[] absent, ByteBuffer to, int... which) {
        int at = 0;
        int from = 0;
        int n = 0;
        for (int i : which) {
            if (n < absent.length && absent[n] == i) {
                to.put(at, some, from, bytes[i]);
                from += bytes[i];
                n++;
            }
            at += bytes[i];
        }
    }
}
