package tunebook.core;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where a model normalizes columns: over a batch while it learns, by running statistics otherwise.
 *
 * @param name the site
 * @param gain [width], or null where there is none
 * @param bias [width], or null where there is none
 * @param running what it keeps of the batches it has seen
 * @param epsilon added to the variance
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015</a>
 */
public record BatchNorm(String name, Weight gain, Weight bias, Running running, double epsilon)
        implements Site {
    /**
     * Running statistics: after each batch, running = (1 − momentum)·running + momentum·batch.
     *
     * @param mean [width]
     * @param variance [width]
     * @param momentum weight of the newest batch, in [0, 1], as PyTorch has it
     * @param unbiased whether the variance kept is the batch's n/(n − 1)-fold, as PyTorch has it,
     *     or the biased one, as Keras and DL4J have it
     */
    public record Running(Weight mean, Weight variance, double momentum, boolean unbiased) {
        /** Checks that they change without gradients. */
        public Running {
            if (mean.kind() != Weight.Kind.RUNNING || variance.kind() != Weight.Kind.RUNNING) {
                throw new TunebookException(
                        mean.name(),
                        "is not of the kind " + Weight.Kind.RUNNING,
                        "make running statistics with Weight.running");
            }
            if (!(momentum >= 0 && momentum <= 1)) {
                throw new TunebookException(
                        mean.name(), "momentum is " + momentum, "give 0 to 1, mostly 0.1");
            }
        }
    }

    /** A site with PyTorch's names and its way to keep statistics. */
    public static BatchNorm of(String name, int width, double epsilon, double momentum) {
        Shape shape = Shape.of(width);
        return new BatchNorm(
                name,
                new Weight(name + ".weight", shape, Init.ONES),
                new Weight(name + ".bias", shape, Init.ZEROS),
                new Running(
                        Weight.running(name + ".running_mean", shape, Init.ZEROS),
                        Weight.running(name + ".running_var", shape, Init.ONES),
                        momentum,
                        true),
                epsilon);
    }

    /** Width of a row. */
    public int width() {
        return running.mean().shape().size(0);
    }

    /**
     * The weight that decides: while it learns, the batch's statistics normalize and the running
     * ones follow; otherwise the running ones normalize and stay.
     */
    public Weight decides() {
        return gain == null ? running.mean() : gain;
    }

    @Override
    public String toString() {
        return name + ": batch norm, " + width();
    }

    @Override
    public List<Weight> weights() {
        return Stream.of(gain, bias, running.mean(), running.variance())
                .filter(Objects::nonNull)
                .toList();
    }
}
