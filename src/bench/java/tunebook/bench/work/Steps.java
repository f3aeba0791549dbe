package tunebook.bench.work;

import java.util.List;
import java.util.function.Supplier;
import tunebook.recipe.Tuning;

/**
 * Training steps over batches that come round again and again: AdamW with β 0.9 and 0.999, ε 1e-8
 * and decay 0.01, no clipping.
 *
 * @param tuning makes what learns
 * @param batches in their order
 * @param rate of learning
 * @param perUnit steps of a unit
 */
public record Steps(Supplier<Tuning> tuning, List<Texts> batches, double rate, int perUnit) {
    /** Weight decay. */
    public static final double DECAY = 0.01;

    /** What Adam adds to the root. */
    public static final double EPSILON = 1e-8;

    /** The batch of a step, counted from 0. */
    public Texts batch(int step) {
        return batches.get(step % batches.size());
    }
}
