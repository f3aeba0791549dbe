package tunebook.study;

import java.util.Arrays;
import java.util.Map;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Init;
import tunebook.core.Input;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.Program;
import tunebook.core.Rows;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weights;

/** How fast an engine multiplies: large products of floats, as nothing but a model's could be. */
public final class Peak {
    private static final int LEAST = 1024;
    private static final int MOST = 8192;

    /** Products that take less say more of their start than of the machine. */
    private static final double SHORT = 0.01;

    private static final int PRODUCTS = 4;
    private static final double SECONDS = 0.3;

    private Peak() {}

    /**
     * FLOPs a second, the best of what fits into a third of a second, and of two tries at least; of
     * matrices as large as it takes that they are no matter of an instant.
     */
    public static double measure(Engine engine) {
        int size = LEAST;
        double seconds = seconds(engine, size);
        while (seconds < SHORT && size < MOST) {
            size *= 2;
            seconds = seconds(engine, size);
        }
        return 2.0 * size * size * size * PRODUCTS / seconds;
    }

    private static double seconds(Engine engine, int size) {
        Linear site = Linear.of("peak", size, size, Init.ZEROS);
        Program products =
                new Program() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        T x = ops.input(Input.PIXELS, size);
                        for (int i = 0; i < PRODUCTS; i++) x = ops.linear(x, site);
                        return ops.rows(x, Rows.FIRST);
                    }
                };
        Weights mean = Weights.of(Map.of(site.weight().name(), filled(size, 1f / size)));
        Batch batch = Batch.images(1, filled(size, 1));
        double best = Double.POSITIVE_INFINITY;
        try (Engine.Held held = engine.hold(mean, engine.training());
                Session session = engine.open(held, Weights.none(), 0)) {
            long begun = System.nanoTime();
            for (int i = 0; i < 2 || seconds(begun) < SECONDS; i++) {
                long started = System.nanoTime();
                session.evaluate(products, batch);
                best = Math.min(best, seconds(started));
            }
        }
        return best;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static Tensor filled(int size, float value) {
        float[] values = new float[size * size];
        Arrays.fill(values, value);
        return Tensor.of(values, size, size);
    }
}
