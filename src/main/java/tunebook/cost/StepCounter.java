package tunebook.cost;

import java.util.List;
import java.util.function.Predicate;
import tunebook.core.Attention;
import tunebook.core.Batch;
import tunebook.core.BatchNorm;
import tunebook.core.Embedding;
import tunebook.core.Input;
import tunebook.core.Linear;
import tunebook.core.Norm;
import tunebook.core.Ops;
import tunebook.core.Program;
import tunebook.core.Rows;
import tunebook.core.Shape;
import tunebook.core.Site;
import tunebook.core.Weight;
import tunebook.core.Window;

/**
 * Counts a training step, forward and backward, as {@link Counter} does forward alone: the gradient
 * of a product's side costs what the product cost, and is counted only where something below that
 * side learns; the gradients of attention cost twice what it cost.
 */
public final class StepCounter implements Ops<StepCounter.Value> {
    private final Counter counter;
    private final Predicate<String> learns;
    private long back;

    /**
     * A value.
     *
     * @param shape of it
     * @param needs whether something that it comes from learns
     */
    record Value(Shape shape, boolean needs) {}

    private StepCounter(Batch batch, Predicate<String> learns) {
        this.counter = new Counter(batch);
        this.learns = learns;
    }

    /**
     * Multiplications and additions of a step, counted in products and attention.
     *
     * @param loss of the step
     * @param learns which weights do, by name
     */
    public static long flops(Program loss, Batch batch, Predicate<String> learns) {
        StepCounter steps = new StepCounter(batch, learns);
        loss.run(steps);
        return steps.counter.flops() + steps.back;
    }

    private boolean learns(Site site) {
        return site.weights().stream().map(Weight::name).anyMatch(learns);
    }

    private static Value like(Value x, Shape shape) {
        return new Value(shape, x.needs);
    }

    private static Value either(Value a, Value b, Shape shape) {
        return new Value(shape, a.needs || b.needs);
    }

    @Override
    public Value input(Input input, int width) {
        return new Value(counter.input(input, width), false);
    }

    @Override
    public Value embedding(Embedding site, Input ids) {
        return new Value(counter.embedding(site, ids), learns(site));
    }

    @Override
    public Value weight(Weight weight) {
        return new Value(counter.weight(weight), learns.test(weight.name()));
    }

    @Override
    public Value linear(Value x, Linear site) {
        long before = counter.flops();
        Shape y = counter.linear(x.shape, site);
        long forward = counter.flops() - before;
        if (x.needs) back += forward;
        if (learns.test(site.weight().name())) back += forward;
        return new Value(y, x.needs || learns(site));
    }

    @Override
    public Value product(Value a, Value b) {
        long before = counter.flops();
        Shape y = counter.product(a.shape, b.shape);
        long forward = counter.flops() - before;
        if (a.needs) back += forward;
        if (b.needs) back += forward;
        return either(a, b, y);
    }

    @Override
    public Value attention(Value q, Value k, Value v, Attention site) {
        long before = counter.flops();
        Shape y = counter.attention(q.shape, k.shape, v.shape, site);
        boolean needs = q.needs || k.needs || v.needs;
        if (needs) back += 2 * (counter.flops() - before);
        return new Value(y, needs);
    }

    @Override
    public Value layerNorm(Value x, Norm site) {
        return new Value(counter.layerNorm(x.shape, site), x.needs || learns(site));
    }

    @Override
    public Value batchNorm(Value x, BatchNorm site) {
        return new Value(counter.batchNorm(x.shape, site), x.needs || learns(site));
    }

    @Override
    public Value add(Value a, Value b) {
        return either(a, b, counter.add(a.shape, b.shape));
    }

    @Override
    public Value scale(Value x, double factor) {
        return x;
    }

    @Override
    public Value scaleColumns(Value x, Value factors) {
        return either(x, factors, counter.scaleColumns(x.shape, factors.shape));
    }

    @Override
    public Value addRow(Value x, Value row) {
        return either(x, row, counter.addRow(x.shape, row.shape));
    }

    @Override
    public Value overRowNorms(Value a, Value b) {
        return like(a, counter.overRowNorms(a.shape, b.shape));
    }

    @Override
    public Value gelu(Value x) {
        return x;
    }

    @Override
    public Value geluTanh(Value x) {
        return x;
    }

    @Override
    public Value multiply(Value a, Value b) {
        return either(a, b, counter.multiply(a.shape, b.shape));
    }

    @Override
    public Value sigmoid(Value x) {
        return x;
    }

    @Override
    public Value join(List<Value> parts) {
        Shape all = counter.join(parts.stream().map(Value::shape).toList());
        return new Value(all, parts.stream().anyMatch(Value::needs));
    }

    @Override
    public Value regroup(Value x, int width) {
        return like(x, counter.regroup(x.shape, width));
    }

    @Override
    public Value patches(Value x, Window window) {
        return like(x, counter.patches(x.shape, window));
    }

    @Override
    public Value maxPool(Value x, Window window) {
        return like(x, counter.maxPool(x.shape, window));
    }

    @Override
    public Value averagePool(Value x, Window window, boolean countPadding) {
        return like(x, counter.averagePool(x.shape, window, countPadding));
    }

    @Override
    public Value columns(Value x, int from, int count) {
        return like(x, counter.columns(x.shape, from, count));
    }

    @Override
    public Value relu(Value x) {
        return x;
    }

    @Override
    public Value tanh(Value x) {
        return x;
    }

    @Override
    public Value dropout(Value x, double rate) {
        return x;
    }

    @Override
    public Value prepend(Value prefix, Value x) {
        return either(prefix, x, counter.prepend(prefix.shape, x.shape));
    }

    @Override
    public Value rows(Value x, Rows which) {
        return like(x, counter.rows(x.shape, which));
    }

    @Override
    public Value mean(Value x) {
        return like(x, counter.mean(x.shape));
    }

    @Override
    public Value rowCrossEntropy(Value scores, Input right) {
        return like(scores, counter.rowCrossEntropy(scores.shape, right));
    }

    @Override
    public Value crossEntropy(Value logits, Input labels) {
        return like(logits, counter.crossEntropy(logits.shape, labels));
    }

    @Override
    public Value squaredError(Value x, Input targets) {
        return like(x, counter.squaredError(x.shape, targets));
    }

    @Override
    public Value binaryCrossEntropy(Value logits, Input targets) {
        return like(logits, counter.binaryCrossEntropy(logits.shape, targets));
    }
}
