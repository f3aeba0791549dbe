package tunebook.nd4j;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import tunebook.core.Attention;
import tunebook.core.Batch;
import tunebook.core.Embedding;
import tunebook.core.Input;
import tunebook.core.Linear;
import tunebook.core.Norm;
import tunebook.core.Ops;
import tunebook.core.Rows;
import tunebook.core.Sequences;
import tunebook.core.TunebookException;
import tunebook.core.Weight;

/**
 * Computes, and remembers how to go back. A gradient exists only where something below it learns:
 * what is frozen below the cut is never visited on the way back.
 */
final class Tape implements Ops<Var> {
    private final Slots slots;
    private final Kernels kernels;
    private final Batch batch;
    private final DataType type;
    private final SplittableRandom dropout;
    private final List<Runnable> back = new ArrayList<>();

    /**
     * @param dropout generator of dropout masks, or null while not training: then nothing is
     *     remembered
     */
    Tape(Slots slots, Kernels kernels, Batch batch, DataType type, SplittableRandom dropout) {
        this.slots = slots;
        this.kernels = kernels;
        this.batch = batch;
        this.type = type;
        this.dropout = dropout;
    }

    /** Goes back from a scalar, adding {@code share} times its gradient to what learns. */
    void backward(Var loss, double share) {
        if (!loss.needs) return;
        loss.share(scalar(share));
        for (int i = back.size() - 1; i >= 0; i--) back.get(i).run();
    }

    private INDArray empty(long... shape) {
        return Nd4j.createUninitialized(type, shape, 'c');
    }

    private INDArray scalar(double value) {
        return Nd4j.scalar(type, value).reshape(1);
    }

    private Var record(INDArray y, boolean needs, Consumer<INDArray> backward) {
        Var out = new Var(y, needs && dropout != null);
        if (out.needs) {
            back.add(
                    () -> {
                        if (out.grad() != null) backward.accept(out.grad());
                    });
        }
        return out;
    }

    @Override
    public Var input(Input input, int width) {
        INDArray rows = Memory.upload(batch.hidden(), type);
        if (rows.size(1) != width || rows.size(0) != batch.sequences().rows()) {
            throw new TunebookException(
                    "input " + input,
                    "["
                            + rows.size(0)
                            + ", "
                            + rows.size(1)
                            + "] where ["
                            + batch.sequences().rows()
                            + ", "
                            + width
                            + "] is due",
                    "compute the frozen prefix again");
        }
        return record(rows, false, dy -> {});
    }

    @Override
    public Var embedding(Embedding site, Input ids) {
        int[] rows = batch.indices(ids);
        for (int row : rows) {
            if (row < 0 || row >= site.rows()) {
                throw new TunebookException(
                        site.name(),
                        ids + " has " + row + ", the table has rows 0 … " + (site.rows() - 1),
                        "use the tokenizer of this backbone and cut texts to its positions");
            }
        }
        INDArray y = empty(rows.length, site.width());
        Gather.rows(slots.value(site.weight()), rows, y);
        INDArray grad = slots.grad(site.weight());
        return record(y, grad != null, dy -> Gather.addTo(grad, rows, dy));
    }

    @Override
    public Var weight(Weight weight) {
        INDArray grad = slots.grad(weight);
        return record(slots.value(weight), grad != null, grad == null ? dy -> {} : grad::addi);
    }

    @Override
    public Var linear(Var x, Linear site) {
        INDArray w = slots.value(site.weight());
        check(site.name(), x, site.in());
        INDArray y = empty(x.value.size(0), site.out());
        if (site.bias() != null) kernels.spread(slots.value(site.bias()), y, false);
        kernels.product(x.value, false, w, true, y, site.bias() != null);
        INDArray wGrad = slots.grad(site.weight());
        INDArray bGrad = site.bias() == null ? null : slots.grad(site.bias());
        return record(
                y,
                x.needs || wGrad != null || bGrad != null,
                dy -> {
                    if (bGrad != null) kernels.sumRows(dy, bGrad);
                    if (wGrad != null) kernels.product(dy, true, x.value, false, wGrad, true);
                    if (!x.needs) return;
                    INDArray dx = x.own();
                    if (dx != null) kernels.product(dy, false, w, false, dx, true);
                    else
                        x.accumulate(
                                () ->
                                        fresh(
                                                x,
                                                out ->
                                                        kernels.product(
                                                                dy, false, w, false, out, false)));
                });
    }

    private INDArray fresh(Var like, Consumer<INDArray> fill) {
        INDArray out = empty(like.value.shape());
        fill.accept(out);
        return out;
    }

    @Override
    public Var layerNorm(Var x, Norm site) {
        check(site.name(), x, site.width());
        INDArray y = empty(x.value.shape());
        Kernels.NormGrad grad =
                kernels.norm(
                        x.value,
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
    public Var add(Var a, Var b) {
        INDArray y = empty(a.value.shape());
        kernels.add(a.value, b.value, y);
        return record(
                y,
                a.needs || b.needs,
                dy -> {
                    a.share(dy);
                    b.share(dy);
                });
    }

    @Override
    public Var scale(Var x, double factor) {
        return record(x.value.mul(factor), x.needs, dy -> x.accumulate(() -> dy.mul(factor)));
    }

    @Override
    public Var gelu(Var x) {
        INDArray y = empty(x.value.shape());
        kernels.gelu(x.value, y);
        return record(
                y,
                x.needs,
                dy -> x.accumulate(() -> fresh(x, dx -> kernels.geluGrad(x.value, dy, dx))));
    }

    @Override
    public Var tanh(Var x) {
        INDArray y = Transforms.tanh(x.value, true);
        return record(y, x.needs, dy -> x.accumulate(() -> y.mul(y).rsubi(1).muli(dy)));
    }

    @Override
    public Var dropout(Var x, double rate) {
        if (dropout == null || rate == 0) return x;
        Mask mask = new Mask(dropout.nextLong(), rate);
        INDArray y = empty(x.value.shape());
        kernels.dropout(x.value, mask, y);
        return record(
                y,
                x.needs,
                dy -> x.accumulate(() -> fresh(x, dx -> kernels.dropout(dy, mask, dx))));
    }

    @Override
    public Var attention(Var q, Var k, Var v, Attention site) {
        INDArray y = empty(q.value.shape());
        Kernels.AttentionGrad grad =
                kernels.attention(q.value, k.value, v.value, batch.sequences(), site.heads(), y);
        return record(
                y,
                q.needs || k.needs || v.needs,
                dy -> {
                    INDArray dq = empty(y.shape());
                    INDArray dk = empty(y.shape());
                    INDArray dv = empty(y.shape());
                    grad.back(dy, dq, dk, dv);
                    q.accumulate(() -> dq);
                    k.accumulate(() -> dk);
                    v.accumulate(() -> dv);
                });
    }

    @Override
    public Var prepend(Var prefix, Var x) {
        Sequences all = batch.sequences();
        int p = batch.prefix();
        int[] virtual = new int[all.count() * p];
        int[] text = new int[batch.text().rows()];
        for (int i = 0, at = 0; i < all.count(); i++) {
            for (int t = 0; t < p; t++) virtual[i * p + t] = all.start(i) + t;
            for (int t = p; t < all.length(i); t++) text[at++] = all.start(i) + t;
        }
        int[] repeated = new int[virtual.length];
        for (int i = 0; i < repeated.length; i++) repeated[i] = i % p;
        INDArray y = empty(all.rows(), x.value.size(1));
        Gather.place(x.value, text, y);
        Gather.place(
                Gather.rows(prefix.value, repeated, empty(repeated.length, x.value.size(1))),
                virtual,
                y);
        return record(
                y,
                prefix.needs || x.needs,
                dy -> {
                    x.accumulate(() -> fresh(x, dx -> Gather.rows(dy, text, dx)));
                    prefix.accumulate(
                            () ->
                                    fresh(
                                            prefix,
                                            dp -> {
                                                dp.assign(0);
                                                INDArray d =
                                                        empty(repeated.length, x.value.size(1));
                                                Gather.addTo(
                                                        dp, repeated, Gather.rows(dy, virtual, d));
                                            }));
                });
    }

    @Override
    public Var rows(Var x, Rows which) {
        int[] rows = batch.rows(which);
        INDArray y = Gather.rows(x.value, rows, empty(rows.length, x.value.size(1)));
        return record(
                y,
                x.needs,
                dy ->
                        x.accumulate(
                                () ->
                                        fresh(
                                                x,
                                                dx -> {
                                                    dx.assign(0);
                                                    Gather.addTo(dx, rows, dy);
                                                })));
    }

    @Override
    public Var mean(Var x) {
        INDArray weights = Gather.meanWeights(batch, type);
        INDArray y = empty(weights.size(0), x.value.size(1));
        kernels.product(weights, false, x.value, false, y, false);
        return record(
                y,
                x.needs,
                dy ->
                        x.accumulate(
                                () ->
                                        fresh(
                                                x,
                                                dx ->
                                                        kernels.product(
                                                                weights, true, dy, false, dx,
                                                                false))));
    }

    @Override
    public Var crossEntropy(Var logits, Input labels) {
        int[] right = batch.indices(labels);
        double[] shares = shares(right, logits.value);
        Kernels.Loss loss = kernels.crossEntropy(logits.value, right, shares);
        return record(
                scalar(loss.value()),
                logits.needs,
                dy ->
                        logits.accumulate(
                                () -> fresh(logits, out -> loss.back(dy.getDouble(0), out))));
    }

    /**
     * What each row's loss counts in the mean; refuses labels that are no class before they reach
     * native code.
     */
    private double[] shares(int[] labels, INDArray logits) {
        long n = logits.size(0);
        long classes = logits.size(1);
        if (labels.length != n) {
            throw new TunebookException(
                    "crossEntropy",
                    labels.length + " labels for " + n + " rows",
                    "give one label for each row");
        }
        double[] shares = new double[labels.length];
        double total = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new TunebookException(
                        "crossEntropy",
                        "row "
                                + i
                                + " has label "
                                + labels[i]
                                + ", classes are 0 … "
                                + (classes - 1),
                        "give the head as many classes as the data has");
            }
            shares[i] = batch.labelWeights() == null ? 1 : batch.labelWeights()[i];
            total += shares[i];
        }
        for (int i = 0; i < shares.length; i++) shares[i] /= total;
        return shares;
    }

    private static void check(String site, Var x, int width) {
        if (x.value.size(1) != width) {
            throw new TunebookException(
                    site,
                    "takes rows of " + width + ", got " + x.value.size(1),
                    "check the model's widths");
        }
    }
}
