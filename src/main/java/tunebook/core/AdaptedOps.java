package tunebook.core;

import java.util.List;

/**
 * Answers everything as the operations inside do; a fine-tuning method overrides what it changes.
 */
public class AdaptedOps<T> implements Ops<T> {
    /** What answers where nothing is overridden. */
    protected final Ops<T> inner;

    /** Wraps operations. */
    protected AdaptedOps(Ops<T> inner) {
        this.inner = inner;
    }

    @Override
    public T input(Input input, int width) {
        return inner.input(input, width);
    }

    @Override
    public T embedding(Embedding site, Input ids) {
        return inner.embedding(site, ids);
    }

    @Override
    public T weight(Weight weight) {
        return inner.weight(weight);
    }

    @Override
    public T linear(T x, Linear site) {
        return inner.linear(x, site);
    }

    @Override
    public T layerNorm(T x, Norm site) {
        return inner.layerNorm(x, site);
    }

    @Override
    public T add(T a, T b) {
        return inner.add(a, b);
    }

    @Override
    public T addInto(T sum, T more) {
        return inner.addInto(sum, more);
    }

    @Override
    public T only(T x) {
        return inner.only(x);
    }

    @Override
    public T scale(T x, double factor) {
        return inner.scale(x, factor);
    }

    @Override
    public T scaleColumns(T x, T factors) {
        return inner.scaleColumns(x, factors);
    }

    @Override
    public T addRow(T x, T row) {
        return inner.addRow(x, row);
    }

    @Override
    public T product(T a, T b) {
        return inner.product(a, b);
    }

    @Override
    public T overRowNorms(T a, T b) {
        return inner.overRowNorms(a, b);
    }

    @Override
    public T relu(T x) {
        return inner.relu(x);
    }

    @Override
    public T gelu(T x) {
        return inner.gelu(x);
    }

    @Override
    public T geluTanh(T x) {
        return inner.geluTanh(x);
    }

    @Override
    public T columns(T x, int from, int count) {
        return inner.columns(x, from, count);
    }

    @Override
    public T tanh(T x) {
        return inner.tanh(x);
    }

    @Override
    public T dropout(T x, double rate) {
        return inner.dropout(x, rate);
    }

    @Override
    public T attention(T q, T k, T v, Attention site) {
        return inner.attention(q, k, v, site);
    }

    @Override
    public T prepend(T prefix, T x) {
        return inner.prepend(prefix, x);
    }

    @Override
    public T kept(String name, T x) {
        return inner.kept(name, x);
    }

    @Override
    public T rows(T x, Rows which) {
        return inner.rows(x, which);
    }

    @Override
    public T mean(T x) {
        return inner.mean(x);
    }

    @Override
    public T rowCrossEntropy(T scores, Input right) {
        return inner.rowCrossEntropy(scores, right);
    }

    @Override
    public T crossEntropy(T logits, Input labels) {
        return inner.crossEntropy(logits, labels);
    }

    @Override
    public T multiply(T a, T b) {
        return inner.multiply(a, b);
    }

    @Override
    public T sigmoid(T x) {
        return inner.sigmoid(x);
    }

    @Override
    public T join(List<T> parts) {
        return inner.join(parts);
    }

    @Override
    public T regroup(T x, int width) {
        return inner.regroup(x, width);
    }

    @Override
    public T patches(T x, Window window) {
        return inner.patches(x, window);
    }

    @Override
    public T maxPool(T x, Window window) {
        return inner.maxPool(x, window);
    }

    @Override
    public T averagePool(T x, Window window, boolean countPadding) {
        return inner.averagePool(x, window, countPadding);
    }

    @Override
    public T batchNorm(T x, BatchNorm site) {
        return inner.batchNorm(x, site);
    }

    @Override
    public T squaredError(T x, Input targets) {
        return inner.squaredError(x, targets);
    }

    @Override
    public T binaryCrossEntropy(T logits, Input targets) {
        return inner.binaryCrossEntropy(logits, targets);
    }
}
