package tunebook.recipe;

import java.util.List;
import tunebook.core.Decorator;
import tunebook.core.Embedding;
import tunebook.core.Init;
import tunebook.core.Linear;
import tunebook.core.Ops;
import tunebook.core.Shape;
import tunebook.core.TunebookException;
import tunebook.core.Weight;
import tunebook.model.Outline;

/**
 * P-tuning: p rows before the embedded text that come out of a small network (three linear layers,
 * ReLU between) over p learned vectors.
 *
 * @param tokens p, at least 1
 * @param hidden width inside the network; 0 for the model's
 * @see <a href="https://arxiv.org/abs/2103.10385">Liu et al. 2021, §3.2</a>
 */
public record PTuning(int tokens, int hidden) implements RowsBeforeText {
    /** A network as wide as the model. */
    public PTuning(int tokens) {
        this(tokens, 0);
    }

    /** Checks the sizes. */
    public PTuning {
        VirtualRows.check("pTuning(" + tokens + ")", tokens);
        if (hidden < 0)
            throw new TunebookException(
                    "pTuning().hidden(" + hidden + ")", "is below 1", "give 1 or more");
    }

    /** The same with another width inside the network. */
    public PTuning hidden(int width) {
        return new PTuning(tokens, width);
    }

    @Override
    public String label() {
        return "P-tuning p" + tokens;
    }

    @Override
    public List<Setting> own() {
        return List.of(
                Setting.of("rows", tokens),
                Setting.of("width of the network", hidden, "the model's"));
    }

    @Override
    public double usualRate() {
        return 3e-3;
    }

    @Override
    public String call() {
        return "pTuning(" + tokens + ")";
    }

    @Override
    public Decorator on(Outline base) {
        return new Decorator() {
            @Override
            public <T> Ops<T> over(Ops<T> ops) {
                return new VirtualRows<>(ops, base) {
                    @Override
                    T rows(Embedding words) {
                        int width = words.width();
                        int inside = hidden > 0 ? hidden : width;
                        String at = words.name() + ".prompt_encoder.";
                        T x =
                                inner.weight(
                                        new Weight(
                                                at + "embedding.weight",
                                                Shape.of(tokens, width),
                                                Init.normal(1)));
                        x = inner.relu(inner.linear(x, layer(at + "mlp_head.0", width, inside)));
                        x = inner.relu(inner.linear(x, layer(at + "mlp_head.2", inside, inside)));
                        return inner.linear(x, layer(at + "mlp_head.4", inside, width));
                    }
                };
            }
        };
    }

    private static Linear layer(String name, int in, int out) {
        return Linear.of(name, in, out).from(Init.KAIMING);
    }
}
