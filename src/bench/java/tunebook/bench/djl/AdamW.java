package tunebook.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.util.Preconditions;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tunebook.core.Adam;

/**
 * DJL's AdamW with PyTorch's ε, by the same native operation. DJL's own adds ε to √v where PyTorch
 * and Tunebook add it to √v̂, which is up to 31 times as large: with the usual 1e-8 the losses part
 * by 1e-3 after 30 steps, though everything else is equal to 1e-5.
 */
final class AdamW extends Optimizer {
    private final Map<String, NDArray> means = new ConcurrentHashMap<>();
    private final Map<String, NDArray> squares = new ConcurrentHashMap<>();
    private final Builder builder;

    private AdamW(Builder builder) {
        super(builder);
        this.builder = builder;
    }

    /** The rate of a step, counted from 0. */
    interface Rate {
        double at(int step);
    }

    private static final class Builder extends OptimizerBuilder<Builder> {
        private final Adam rule;
        private final Rate rate;

        Builder(Adam rule, Rate rate) {
            this.rule = rule;
            this.rate = rate;
            optWeightDecays((float) rule.decay());
        }

        @Override
        protected Builder self() {
            return this;
        }
    }

    static AdamW of(Adam rule, Rate rate) {
        return new AdamW(new Builder(rule, rate));
    }

    @Override
    public void update(String name, NDArray weight, NDArray gradient) {
        Adam rule = builder.rule;
        int step = updateCount(name);
        Preconditions.checkArgument(step > 0, "steps count from 1");
        double rate = builder.rate.at(step - 1);
        double root = Math.sqrt(1 - Math.pow(rule.beta2(), step));
        double corrected = rate * root / (1 - Math.pow(rule.beta1(), step));
        NDArray mean = means.computeIfAbsent(name, n -> state(weight));
        NDArray square = squares.computeIfAbsent(name, n -> state(weight));
        weight.getNDArrayInternal()
                .adamUpdate(
                        new NDList(weight, gradient, mean, square),
                        new NDList(weight),
                        (float) rate,
                        (float) corrected,
                        getWeightDecay(),
                        rescaleGrad,
                        clipGrad,
                        (float) rule.beta1(),
                        (float) rule.beta2(),
                        (float) (rule.epsilon() * root),
                        true,
                        true);
    }

    private static NDArray state(NDArray weight) {
        NDArray zeros = weight.zerosLike();
        zeros.detach();
        return zeros;
    }

    /** Frees the moments. */
    void close() {
        means.values().forEach(NDArray::close);
        squares.values().forEach(NDArray::close);
    }
}
