package tunebook.torch;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import tunebook.core.Asked;
import tunebook.core.Attention;
import tunebook.core.Batch;
import tunebook.core.Linear;
import tunebook.core.Norm;
import tunebook.core.Weight;

/** Computes on libtorch, which remembers how to go back wherever something learns. */
final class TorchOps extends LossOps {
    private final Map<Reach, Attending> attending = new HashMap<>();

    /** A batch's rows before and behind attention; their number says which they are. */
    private record Reach(int queries, int keys, boolean causal) {}

    /**
     * @param dropout what masks are drawn from; none while not training
     */
    TorchOps(Slots slots, Place place, Batch batch, Optional<Generator> dropout) {
        super(slots, place, new Asked(batch), dropout);
    }

    @Override
    public Value weight(Weight weight) {
        return Value.of(slots.value(weight));
    }

    @Override
    public Value linear(Value x, Linear site) {
        Asked.width(site.name(), x.width(), site.in());
        if (x.seen() != null) return convolution(x.seen(), site);
        Tensor weight = slots.factor(site.weight());
        return Value.of(
                site.bias() == null
                        ? torch.linear(x.tensor(), weight)
                        : torch.linear(x.tensor(), weight, slots.value(site.bias())));
    }

    @Override
    public Value layerNorm(Value x, Norm site) {
        Asked.width(site.name(), x.width(), site.width());
        long[] width = {site.width()};
        return Value.of(
                torch.layer_norm(
                        x.tensor(),
                        width,
                        new TensorOptional(slots.value(site.weight())),
                        new TensorOptional(slots.value(site.bias())),
                        site.epsilon(),
                        true));
    }

    @Override
    public Value attention(Value q, Value k, Value v, Attention site) {
        Attending all =
                attending.computeIfAbsent(
                        new Reach(q.rows(), k.rows(), site.causal()),
                        reach ->
                                new Attending(
                                        place,
                                        rowsOf(site.name(), q),
                                        rowsOf(site.name(), k),
                                        reach.causal()));
        return Value.of(all.of(q.tensor(), k.tensor(), v.tensor(), site));
    }
}
