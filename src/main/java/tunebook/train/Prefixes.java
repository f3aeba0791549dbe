package tunebook.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoublePredicate;
import tunebook.core.Batch;
import tunebook.core.ElementType;
import tunebook.core.Engine;
import tunebook.core.Near;
import tunebook.core.Session;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.data.Batches;
import tunebook.model.Backbone;
import tunebook.model.Cut;

/**
 * What the frozen part below a cut gives for each example: computed once, kept, and shared by every
 * run, epoch and seed over one backbone; of the last block no more than the head reads. Deeper cuts
 * are computed from the deepest one that is kept. Dropout is off below the cut, so what is kept is
 * exact. Thread-safe.
 */
public final class Prefixes implements AutoCloseable {
    /** Examples of a batch. */
    private static final int BATCH = 32;

    /** Rows are kept and dealt out to threads in chunks of so many bytes. */
    private static final long CHUNK = 16L << 20;

    private final Engine engine;
    private final Engine.Held held;
    private final Backbone backbone;
    private final Storage storage;
    private final NearRows near;
    private final long chunk;
    private final Map<Key, KeptRows> kept = new ConcurrentHashMap<>();
    private final CutRows cutRows;

    private record Key(Batches examples, Cut cut) {}

    /**
     * @param held the backbone's weights on the engine
     * @param space for rows, which are kept as floats; what finds no room is computed again each
     *     time
     */
    public Prefixes(Engine engine, Engine.Held held, Backbone backbone, Space space) {
        this(engine, held, backbone, space, CHUNK);
    }

    /** The same in other chunks. */
    Prefixes(Engine engine, Engine.Held held, Backbone backbone, Space space, long chunk) {
        this.engine = engine;
        this.held = held;
        this.backbone = backbone;
        this.storage = new Storage(space);
        this.near = new NearRows(held);
        this.chunk = chunk;
        this.cutRows = new CutRows(backbone);
    }

    /**
     * A batch of examples with the rows below the cut in it; just the batch where there is none.
     */
    Batch batch(Batches examples, Cut below, int... which) {
        Batch batch = examples.batch(which);
        if (below.isNone()) return batch;
        Cut cut = cutRows.kept(below);
        if (!storage.any()) return batch.hidden(computed(examples, cut, which));
        prepare(examples, cut, share -> true);
        KeptRows rows = kept(examples, cut);
        Optional<Near.Choice> choice =
                near.choice(rows, backbone.model().width(cut.stages()), which);
        if (choice.isPresent()) return batch.hidden(choice.get());
        ByteBuffer all = buffer(rows.size(which));
        int[] absent = rows.copy(all, which);
        if (absent.length > 0)
            rows.insert(floats(computed(examples, cut, absent)), absent, all, which);
        return batch.hidden(tensor(all, cut));
    }

    /**
     * Computes and keeps what is not kept yet, together with other threads that want the same.
     *
     * @param goesOn is told the share done, 0 … 1, and says whether to go on
     * @return whether all was done
     */
    boolean prepare(Batches examples, Cut below, DoublePredicate goesOn) {
        if (below.isNone() || !storage.any()) return true;
        Cut cut = cutRows.kept(below);
        KeptRows rows = kept(examples, cut);
        if (rows.complete()) return true;
        try (Session session = engine.open(held, Weights.none(), 0)) {
            Fitting fitting = new Fitting(1);
            return rows.fill(
                    which -> floats(computed(session, fitting, examples, cut, which)), goesOn);
        }
    }

    private KeptRows kept(Batches examples, Cut cut) {
        int batch = cut.read().isEmpty() ? BATCH : Math.max(BATCH, (int) cutRows.need(cut));
        return kept.computeIfAbsent(
                new Key(examples, cut),
                key -> new KeptRows(storage, chunk, examples, batch, i -> bytes(examples, cut, i)));
    }

    private int bytes(Batches examples, Cut cut, int i) {
        return 4 * cutRows.of(examples, cut, i) * backbone.model().width(cut.stages());
    }

    private Tensor computed(Batches examples, Cut cut, int... which) {
        try (Session session = engine.open(held, Weights.none(), 0)) {
            return computed(session, new Fitting(1), examples, cut, which);
        }
    }

    /** Rows of these examples, one after another, in as many parts as find room. */
    private Tensor computed(
            Session session, Fitting fitting, Batches examples, Cut cut, int... which) {
        List<Tensor> parts =
                fitting.each(which, part -> compute(session, examples, cut, part), () -> {});
        if (parts.size() == 1) return parts.get(0);
        ByteBuffer all = buffer(parts.stream().mapToLong(p -> floats(p).remaining()).sum());
        parts.forEach(p -> all.put(floats(p)));
        return tensor(all.flip(), cut);
    }

    /** Rows of these examples, one after another, from the deepest cut that is kept. */
    private Tensor compute(Session session, Batches examples, Cut cut, int... which) {
        int[] enough = cutRows.enough(examples, cut, which);
        Batch batch = examples.batch(enough);
        int from = cut.stages() - 1;
        while (from > 0) {
            KeptRows lower = kept.get(new Key(examples, Cut.after(from)));
            if (lower != null && lower.has(enough)) {
                ByteBuffer rows = buffer(lower.size(enough));
                if (lower.copy(rows, enough).length == 0) {
                    batch = batch.hidden(tensor(rows, Cut.after(from)));
                    break;
                }
            }
            from--;
        }
        Tensor all =
                session.evaluate(CutRows.programs(backbone, cut).prefix(from, cut.read()), batch);
        int width = backbone.model().width(cut.stages());
        int count = cutRows.of(examples, cut, which);
        return Tensor.of(
                all.type(),
                Shape.of(count, width),
                all.bytes().slice(0, count * width * all.type().bytes()));
    }

    private static ByteBuffer floats(Tensor rows) {
        return rows.as(ElementType.F32).bytes();
    }

    private static ByteBuffer buffer(long bytes) {
        return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Tensor tensor(ByteBuffer rows, Cut cut) {
        int width = backbone.model().width(cut.stages());
        return Tensor.of(ElementType.F32, Shape.of(rows.remaining() / (4 * width), width), rows);
    }

    /** Where the rows are. */
    Storage storage() {
        return storage;
    }

    /** What found no room, in words; empty where all did. */
    public String caution() {
        return storage.caution();
    }

    @Override
    public void close() {
        kept.clear();
        near.close();
        storage.close();
    }
}
