package tunebook.nd4j;

import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import tunebook.core.Attention;
import tunebook.core.Batch;
import tunebook.core.Input;
import tunebook.core.Linear;
import tunebook.core.Norm;
import tunebook.core.Sequences;
import tunebook.core.TunebookException;
import tunebook.core.Weight;

/**
 * Computes, and remembers how to go back. A gradient exists only where something below it learns:
 * what is frozen below the cut is never visited on the way back.
 */
final class Tape extends RowTape {
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
        return record(slots.value(weight), grad != null, dy -> kernels.add(grad, dy, grad));
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
    public Var product(Var a, Var b) {
        INDArray y = empty(a.value.size(0), b.value.size(1));
        kernels.product(a.value, false, b.value, false, y, false);
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
                                                            dy, false, b.value, true, da, false)));
                    b.accumulate(
                            () ->
                                    fresh(
                                            b,
                                            db ->
                                                    kernels.product(
                                                            a.value, true, dy, false, db, false)));
                });
    }

    @Override
    public Var overRowNorms(Var a, Var b) {
        INDArray y = empty(a.value.shape());
        kernels.overRowNorms(a.value, b.value, y);
        return record(
                y,
                a.needs,
                dy -> a.accumulate(() -> fresh(a, da -> kernels.overRowNorms(dy, b.value, da))));
    }

    @Override
    public Var attention(Var q, Var k, Var v, Attention site) {
        INDArray y = empty(q.value.shape());
        Sequences queries = rowsOf(site.name(), q);
        Sequences keys = rowsOf(site.name(), k);
        Kernels.AttentionGrad grad =
                kernels.attention(q.value, k.value, v.value, queries, keys, site, y);
        return record(
                y,
                q.needs || k.needs || v.needs,
                dy -> {
                    INDArray dq = empty(q.value.shape());
                    INDArray dk = empty(k.value.shape());
                    INDArray dv = empty(v.value.shape());
                    grad.back(dy, dq, dk, dv);
                    q.accumulate(() -> dq);
                    k.accumulate(() -> dk);
                    v.accumulate(() -> dv);
                });
    }

    /** On the host: a number a row is too little to hand over. */
    @Override
    public Var rowCrossEntropy(Var scores, Input right) {
        int[] rows = batch.indices(right);
        Sequences all = batch.sequences();
        double[] shares = new double[all.rows()];
        double loss = 0;
        for (int i = 0; i < all.count(); i++) {
            int from = all.start(i) + batch.prefix();
            int end = all.start(i) + all.length(i);
            if (rows[i] < 0 || from + rows[i] >= end) {
                throw new TunebookException(
                        right + " of sequence " + i,
                        "is row " + rows[i] + ", the text has rows 0 … " + (end - from - 1),
                        "leave out questions whose answer was cut off");
            }
            loss += softmaxLoss(scores.value, from, end, from + rows[i], shares) / all.count();
        }
        return record(
                scalar(loss),
                scores.needs,
                dy -> {
                    double factor = dy.getDouble(0) / all.count();
                    INDArray dx = empty(scores.value.shape());
                    for (int r = 0; r < shares.length; r++) dx.putScalar(r, factor * shares[r]);
                    scores.accumulate(() -> dx);
                });
    }

    /** −log softmax at one row of a stretch; the shares become its gradient. */
    private static double softmaxLoss(
            INDArray scores, int from, int end, int right, double[] shares) {
        double highest = Double.NEGATIVE_INFINITY;
        for (int r = from; r < end; r++) highest = Math.max(highest, scores.getDouble(r));
        double sum = 0;
        for (int r = from; r < end; r++) {
            shares[r] = Math.exp(scores.getDouble(r) - highest);
            sum += shares[r];
        }
        for (int r = from; r < end; r++) shares[r] /= sum;
        double loss = -Math.log(shares[right]);
        shares[right] -= 1;
        return loss;
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
