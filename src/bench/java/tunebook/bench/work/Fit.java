package tunebook.bench.work;

import java.util.List;
import tunebook.core.Adam;
import tunebook.data.Batches;
import tunebook.recipe.Settings;
import tunebook.recipe.Tuning;

/**
 * A whole run of training, with the mean loss over the validation examples after every epoch. Both
 * sides have the same order of the same batches, the same schedule, and no clipping.
 *
 * @param tuning what learns, and how
 * @param train examples to learn from
 * @param validation examples besides
 */
public record Fit(Tuning tuning, Batches train, Batches validation) {
    /** Of order. */
    public static final long SEED = 1;

    /** Examples of validation at once. */
    public static final int TOGETHER = 64;

    /** The batches of an epoch in their order, as examples' numbers. */
    public List<int[]> epoch(int epoch, long seed) {
        return train.epoch(seed, epoch, settings().budget().batchSize());
    }

    /** How it is trained. */
    public Settings settings() {
        return tuning.recipe().settings();
    }

    /** The optimizer's rule. */
    public Adam rule() {
        Adam usual = Adam.DEFAULT;
        double decay = settings().restraint().weightDecay();
        return new Adam(usual.beta1(), usual.beta2(), usual.epsilon(), decay);
    }

    /** The learning rate of a step, counted from 0. */
    public double rate(int step) {
        int size = settings().budget().batchSize();
        int steps = settings().budget().epochs() * ((train.size() + size - 1) / size);
        return settings().rates().learningRate() * settings().rates().factor(step, steps);
    }
}
