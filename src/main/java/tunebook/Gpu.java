package tunebook;

import java.util.Optional;
import java.util.function.IntFunction;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.nd4j.Nd4jEngine;
import tunebook.notebook.Host;
import tunebook.torch.TorchEngine;

/** The first NVIDIA card, for {@code study.on(gpu())}; the CPU where there is none. */
public final class Gpu implements IntFunction<Engine> {
    private final Precision training;

    private Gpu(Precision training) {
        this.training = training;
    }

    /** Says in a line if the CPU will compute. */
    static Gpu first() {
        if (TorchEngine.gpu(Precision.FLOAT).isEmpty())
            Host.current().display("No NVIDIA card that libtorch can use: the CPU computes.");
        return new Gpu(Precision.FLOAT);
    }

    /**
     * The same with products and attention in bfloat16, while weights, moments and sums stay
     * float32: many times as fast on a card, and a little less exact. The CPU, where it computes
     * instead, stays with float32.
     */
    public Gpu bfloat16() {
        return new Gpu(Precision.BFLOAT16);
    }

    /** An engine on the card, or on the CPU with so many threads. */
    @Override
    public Engine apply(int threads) {
        Optional<Engine> card = TorchEngine.gpu(training);
        return card.orElseGet(() -> new Nd4jEngine(threads));
    }
}
