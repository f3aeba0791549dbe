package tunebook.bench.own;

import java.util.Arrays;
import java.util.Map;
import tunebook.bench.work.Watch;
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

/** How fast an engine multiplies large square matrices. */
public final class Rate {
    private static final int PRODUCTS = 20;
    private static final int TRIES = 5;

    private Rate() {}

    /** FLOPs a second, the best of a few tries. */
    public static double of(Engine engine, int size) {
        Linear site = Linear.of("square", size, size, Init.ZEROS);
        Program products =
                new Program() {
                    @Override
                    public <T> T run(Ops<T> ops) {
                        T x = ops.input(Input.PIXELS, size);
                        for (int i = 0; i < PRODUCTS; i++) x = ops.linear(x, site);
                        return ops.rows(x, Rows.FIRST);
                    }
                };
        Batch batch = Batch.images(1, filled(size, 1));
        Weights mean = Weights.of(Map.of(site.weight().name(), filled(size, 1f / size)));
        double best = Double.POSITIVE_INFINITY;
        try (Engine.Held held = engine.hold(mean, engine.training());
                Session session = engine.open(held, Weights.none(), 0)) {
            for (int i = 0; i < TRIES; i++) {
                Watch watch = new Watch();
                session.evaluate(products, batch);
                best = Math.min(best, watch.seconds());
            }
        }
        return 2.0 * size * size * size * PRODUCTS / best;
    }

    private static Tensor filled(int size, float value) {
        float[] values = new float[size * size];
        Arrays.fill(values, value);
        return Tensor.of(values, size, size);
    }
}
