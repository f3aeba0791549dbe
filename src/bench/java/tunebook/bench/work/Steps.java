package tunebook.bench.work;

import java.util.List;
import java.util.function.Supplier;
import tunebook.core.Adam;
import tunebook.recipe.Tuning;

/**
 * Training steps over batches that come round again and again, by AdamW without clipping.
 *
 * @param tuning makes what learns
 * @param batches in their order
 * @param rule of the optimizer
 * @param rate of learning
 * @param perUnit steps of a unit
 */
public record Steps(
        Supplier<Tuning> tuning,
        List<? extends Examples> batches,
        Adam rule,
        double rate,
        int perUnit) {
    /** With AdamW's usual numbers. */
    public Steps(
            Supplier<Tuning> tuning, List<? extends Examples> batches, double rate, int perUnit) {
        this(tuning, batches, Adam.DEFAULT, rate, perUnit);
    }

    /** The same with what learns drawn already. */
    public Steps drawn() {
        Tuning drawn = tuning.get();
        return new Steps(() -> drawn, batches, rule, rate, perUnit);
    }

    /** The batch of a step, counted from 0. */
    public Examples batch(int step) {
        return batches.get(step % batches.size());
    }
}
