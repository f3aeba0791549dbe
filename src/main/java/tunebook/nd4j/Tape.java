package tunebook.nd4j;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Asked;
import tunebook.core.Attention;
import tunebook.core.Batch;
import tunebook.core.Linear;
import tunebook.core.Norm;
import tunebook.core.Sequences;
import tunebook.core.Weight;

/**
 * Computes, and remembers how to go back. A gradient exists only where something below it learns:
 * what is frozen below the cut is never visited on the way back.
 */
final class Tape extends LossTape {
    /**
     * @param dropout generator of dropout masks, or null while not training: then nothing is
     *     remembered
     */
    Tape(Slots slots, Kernels kernels, Batch batch, DataType type, SplittableRandom dropout) {
        super(slots, kernels, batch, type, dropout);
    }

    @Override
    public Var weight(Weight weight) {
        INDArray grad = slots.grad(weight);
        Var out = value(slots.value(weight), grad != null).borrowed();
        return record(
                out,
                dy -> {
                    ready(grad);
                    kernels.add(grad, dy, grad);
                });
    }

    @Override
    public Var linear(Var x, Linear site) {
        Asked.width(site.name(), x.width(), site.in());
        if (x.seen() != null) return convolution(x.seen(), site);
        INDArray w = slots.value(site.weight());
        INDArray y = empty(x.value().size(0), site.out());
        if (site.bias() != null) kernels.spread(slots.value(site.bias()), y, false);
        kernels.product(x.value(), false, w, true, y, site.bias() != null);
        Grads grads = grads(site);
        Var out = value(y, x.needs || grads.any()).open();
        return record(out, dy -> back(out, x, w, grads, dy));
    }

    @Override
    public Var addLinear(Var sum, Var x, Linear site) {
        if (!sum.isOpen() || site.bias() != null || x.seen() != null)
            return addInto(sum, linear(x, site));
        Asked.width(site.name(), x.width(), site.in());
        INDArray w = slots.value(site.weight());
        kernels.product(x.value(), false, w, true, sum.value(), true);
        Grads grads = grads(site);
        Var out = into(sum, x.needs || grads.any());
        return record(
                out,
                dy -> {
                    back(out, x, w, grads, dy);
                    out.handTo(sum);
                });
    }

    /** Where a linear site's gradients are added up; null for what does not learn. */
    private record Grads(INDArray weight, INDArray bias) {
        boolean any() {
            return weight != null || bias != null;
        }

        List<INDArray> all() {
            return Stream.of(weight, bias).filter(Objects::nonNull).toList();
        }
    }

    private Grads grads(Linear site) {
        return new Grads(
                slots.grad(site.weight()), site.bias() == null ? null : slots.grad(site.bias()));
    }

    private void back(Var out, Var x, INDArray w, Grads grads, INDArray dy) {
        if (grads.any()) {
            INDArray in = x.value();
            beside(
                    out,
                    grads.all(),
                    () -> {
                        if (grads.bias() != null) kernels.sumRows(dy, grads.bias());
                        if (grads.weight() != null)
                            kernels.product(dy, true, in, false, grads.weight(), true);
                    });
        }
        if (!x.needs) return;
        INDArray dx = x.own();
        if (dx != null) kernels.product(dy, false, w, false, dx, true);
        else x.accumulate(() -> fresh(x, d -> kernels.product(dy, false, w, false, d, false)));
    }

    @Override
    public Var layerNorm(Var x, Norm site) {
        Asked.width(site.name(), x.width(), site.width());
        INDArray y = empty(x.value().shape());
        Kernels.NormGrad grad =
                kernels.norm(
                        x.value(),
                        slots.value(site.weight()),
                        slots.value(site.bias()),
                        site.epsilon(),
                        y);
        INDArray gain = slots.grad(site.weight());
        INDArray bias = slots.grad(site.bias());
        return record(
                y,
                x.needs || gain != null || bias != null,
                dy -> {
                    if (x.needs) x.accumulate(() -> fresh(x, dx -> grad.back(dy, dx, gain, bias)));
                    else grad.back(dy, null, gain, bias);
                });
    }

    @Override
    public Var product(Var a, Var b) {
        INDArray y = empty(a.value().size(0), b.value().size(1));
        kernels.product(a.value(), false, b.value(), false, y, false);
        return record(
                y,
                a.needs || b.needs,
                dy -> {
                    a.accumulate(
                            () ->
                                    fresh(
                                            a,
                                            da ->
                                                    kernels.product(
                                                            dy, false, b.value(), true, da,
                                                            false)));
                    b.accumulate(
                            () ->
                                    fresh(
                                            b,
                                            db ->
                                                    kernels.product(
                                                            a.value(), true, dy, false, db,
                                                            false)));
                });
    }

    @Override
    public Var overRowNorms(Var a, Var b) {
        INDArray y = empty(a.value().shape());
        kernels.overRowNorms(a.value(), b.value(), y);
        return record(
                y,
                a.needs,
                dy -> a.accumulate(() -> fresh(a, da -> kernels.overRowNorms(dy, b.value(), da))));
    }

    @Override
    public Var attention(Var q, Var k, Var v, Attention site) {
        INDArray y = empty(q.value().shape());
        Sequences queries = rowsOf(site.name(), q);
        Sequences keys = rowsOf(site.name(), k);
        Kernels.AttentionGrad grad =
                kernels.attention(q.value(), k.value(), v.value(), queries, keys, site, spare, y);
        return record(
                y,
                q.needs || k.needs || v.needs,
                dy -> {
                    INDArray dq = empty(q.value().shape());
                    INDArray dk = empty(k.value().shape());
                    INDArray dv = empty(v.value().shape());
                    grad.back(dy, dq, dk, dv);
                    q.accumulate(() -> dq);
                    k.accumulate(() -> dk);
                    v.accumulate(() -> dv);
                });
    }
}
