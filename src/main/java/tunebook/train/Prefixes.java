package tunebook.train;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tunebook.core.Batch;
import tunebook.core.Decorator;
import tunebook.core.ElementType;
import tunebook.core.Engine;
import tunebook.core.Session;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.data.Batches;
import tunebook.model.Backbone;
import tunebook.model.Programs;

/**
 * What the frozen part below a cut gives for each example: computed once, kept, and shared by every
 * run, epoch and seed over one backbone. Dropout is off below the cut, so what is kept is exact.
 */
public final class Prefixes implements AutoCloseable {
    private static final int BATCH = 32;

    private final Engine engine;
    private final Engine.Held held;
    private final Backbone backbone;
    private final long limit;
    private final Map<Key, FloatBuffer[]> kept = new ConcurrentHashMap<>();
    private long used;

    private record Key(Batches examples, int cut) {}

    /**
     * @param limit bytes to keep at most; what does not fit is computed again each time
     */
    public Prefixes(Engine engine, Engine.Held held, Backbone backbone, long limit) {
        this.engine = engine;
        this.held = held;
        this.backbone = backbone;
        this.limit = limit;
    }

    /** A batch of examples with the rows below the cut in it; just the batch where the cut is 0. */
    Batch batch(Batches examples, int cut, int... which) {
        Batch batch = examples.batch(which);
        if (cut == 0) return batch;
        FloatBuffer[] rows = rows(examples, cut);
        if (rows.length == 0) return batch.hidden(compute(batch, cut));
        int width = backbone.model().width(cut);
        int numbers = 0;
        for (int i : which) numbers += rows[i].remaining();
        ByteBuffer all = ByteBuffer.allocate(4 * numbers).order(ByteOrder.LITTLE_ENDIAN);
        FloatBuffer floats = all.asFloatBuffer();
        for (int i : which) floats.put(rows[i].duplicate());
        return batch.hidden(Tensor.of(ElementType.F32, Shape.of(numbers / width, width), all));
    }

    private Tensor compute(Batch batch, int cut) {
        try (Session session = engine.open(held, Weights.none(), 0)) {
            return session.evaluate(programs(cut).prefix(), batch);
        }
    }

    private Programs programs(int cut) {
        return new Programs(backbone.model(), null, Decorator.NONE, cut);
    }

    /** Each example's rows, or an empty array where they are too many to keep. */
    private synchronized FloatBuffer[] rows(Batches examples, int cut) {
        Key key = new Key(examples, cut);
        FloatBuffer[] known = kept.get(key);
        if (known != null) return known;
        long bytes = 0;
        for (int i = 0; i < examples.size(); i++) bytes += 4L * numbers(examples.length(i), cut);
        FloatBuffer[] rows = new FloatBuffer[used + bytes > limit ? 0 : examples.size()];
        if (rows.length > 0) {
            used += bytes;
            fill(rows, examples, cut);
        }
        kept.put(key, rows);
        return rows;
    }

    private void fill(FloatBuffer[] rows, Batches examples, int cut) {
        try (Session session = engine.open(held, Weights.none(), 0)) {
            for (int[] which : examples.inOrder(BATCH)) {
                Batch batch = examples.batch(which);
                float[] all = session.evaluate(programs(cut).prefix(), batch).floats();
                for (int s = 0, from = 0; s < which.length; s++) {
                    int end = from + numbers(batch.sequences().length(s), cut);
                    float[] own = Arrays.copyOfRange(all, from, end);
                    rows[which[s]] = FloatBuffer.wrap(own).asReadOnlyBuffer();
                    from = end;
                }
            }
        }
    }

    /** Of an example that goes in with so many rows. */
    private int numbers(int rows, int cut) {
        return backbone.model().rows(cut, rows) * backbone.model().width(cut);
    }

    @Override
    public void close() {
        kept.clear();
    }
}
