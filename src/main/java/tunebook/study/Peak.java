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
    private static final int SIZE = 1024;
    private static final int PRODUCTS = 4;
    private static final double SECONDS = 0.3;

    private Peak() {}

    /** The best of what fits into a third of a second, and of two at least; FLOPs a second. */
    public static double measure(Engine engine) {
        Linear site = Linear.of("peak", SIZE, SIZE, Init.ZEROS);
        Program products =
                new Program() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        T x = ops.input(Input.PIXELS, SIZE);
                        for (int i = 0; i < PRODUCTS; i++) x = ops.linear(x, site);
                        return ops.rows(x, Rows.FIRST);
                    }
                };
        Tensor mean = filled(1f / SIZE);
        Batch batch = Batch.images(1, filled(1));
        double best = Double.POSITIVE_INFINITY;
        try (Engine.Held held =
                        engine.hold(
                                Weights.of(Map.of(site.weight().name(), mean)), engine.training());
                Session session = engine.open(held, Weights.none(), 0)) {
            long begun = System.nanoTime();
            for (int i = 0; i < 2 || seconds(begun) < SECONDS; i++) {
                long started = System.nanoTime();
                session.evaluate(products, batch);
                best = Math.min(best, seconds(started));
            }
        }
        return 2.0 * SIZE * SIZE * SIZE * PRODUCTS / best;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static Tensor filled(float value) {
        float[] values = new float[SIZE * SIZE];
        Arrays.fill(values, value);
        return Tensor.of(values, SIZE, SIZE);
    }
}
