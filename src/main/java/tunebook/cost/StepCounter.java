package tunebook.cost;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * side learns and a gradient comes; the gradients of attention cost twice what it cost.
 */
public final class StepCounter implements Ops<Counted> {
    private final Counter counter;
    private final Predicate<String> learns;

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
        StepCounter step = new StepCounter(batch, learns);
        Deque<Counted> due = new ArrayDeque<>(List.of(loss.run(step)));
        Set<Counted> seen = new HashSet<>(due);
        long flops = step.counter.flops();
        while (!due.isEmpty()) {
            Counted value = due.pop();
            flops += value.back;
            for (Counted from : value.from) if (seen.add(from)) due.push(from);
        }
        return flops;
    }

    private boolean learns(Site site) {
        return site.weights().stream().map(Weight::name).anyMatch(learns);
    }

    private static Counted of(Shape shape, Counted... from) {
        return new Counted(shape, false, 0, from);
    }

    @Override
    public Counted input(Input input, int width) {
        return of(counter.input(input, width));
    }

    @Override
    public Counted embedding(Embedding site, Input ids) {
        return new Counted(counter.embedding(site, ids), learns(site), 0);
    }

    @Override
    public Counted weight(Weight weight) {
        return new Counted(counter.weight(weight), learns.test(weight.name()), 0);
    }

    @Override
    public Counted linear(Counted x, Linear site) {
        long before = counter.flops();
        Shape y = counter.linear(x.shape, site);
        int sides = (x.needs ? 1 : 0) + (learns.test(site.weight().name()) ? 1 : 0);
        return new Counted(y, learns(site), sides * (counter.flops() - before), x);
    }

    @Override
    public Counted product(Counted a, Counted b) {
        long before = counter.flops();
        Shape y = counter.product(a.shape, b.shape);
        int sides = (a.needs ? 1 : 0) + (b.needs ? 1 : 0);
        return new Counted(y, false, sides * (counter.flops() - before), a, b);
    }

    @Override
    public Counted attention(Counted q, Counted k, Counted v, Attention site) {
        long before = counter.flops();
        Shape y = counter.attention(q.shape, k.shape, v.shape, site);
        return new Counted(y, false, 2 * (counter.flops() - before), q, k, v);
    }

    @Override
    public Counted layerNorm(Counted x, Norm site) {
        return new Counted(counter.layerNorm(x.shape, site), learns(site), 0, x);
    }

    @Override
    public Counted batchNorm(Counted x, BatchNorm site) {
        return new Counted(counter.batchNorm(x.shape, site), learns(site), 0, x);
    }

    @Override
    public Counted add(Counted a, Counted b) {
        return of(counter.add(a.shape, b.shape), a, b);
    }

    @Override
    public Counted scale(Counted x, double factor) {
        return x;
    }

    @Override
    public Counted scaleColumns(Counted x, Counted factors) {
        return of(counter.scaleColumns(x.shape, factors.shape), x, factors);
    }

    @Override
    public Counted addRow(Counted x, Counted row) {
        return of(counter.addRow(x.shape, row.shape), x, row);
    }

    @Override
    public Counted overRowNorms(Counted a, Counted b) {
        return of(counter.overRowNorms(a.shape, b.shape), a);
    }

    @Override
    public Counted gelu(Counted x) {
        return x;
    }

    @Override
    public Counted geluTanh(Counted x) {
        return x;
    }

    @Override
    public Counted multiply(Counted a, Counted b) {
        return of(counter.multiply(a.shape, b.shape), a, b);
    }

    @Override
    public Counted sigmoid(Counted x) {
        return x;
    }

    @Override
    public Counted join(List<Counted> parts) {
        Shape all = counter.join(parts.stream().map(part -> part.shape).toList());
        return of(all, parts.toArray(Counted[]::new));
    }

    @Override
    public Counted regroup(Counted x, int width) {
        return of(counter.regroup(x.shape, width), x);
    }

    @Override
    public Counted patches(Counted x, Window window) {
        return of(counter.patches(x.shape, window), x);
    }

    @Override
    public Counted maxPool(Counted x, Window window) {
        return of(counter.maxPool(x.shape, window), x);
    }

    @Override
    public Counted averagePool(Counted x, Window window, boolean countPadding) {
        return of(counter.averagePool(x.shape, window, countPadding), x);
    }

    @Override
    public Counted columns(Counted x, int from, int count) {
        return of(counter.columns(x.shape, from, count), x);
    }

    @Override
    public Counted relu(Counted x) {
        return x;
    }

    @Override
    public Counted tanh(Counted x) {
        return x;
    }

    @Override
    public Counted dropout(Counted x, double rate) {
        return x;
    }

    @Override
    public Counted prepend(Counted prefix, Counted x) {
        return of(counter.prepend(prefix.shape, x.shape), prefix, x);
    }

    @Override
    public Counted rows(Counted x, Rows which) {
        return of(counter.rows(x.shape, which), x);
    }

    @Override
    public Counted mean(Counted x) {
        return of(counter.mean(x.shape), x);
    }

    @Override
    public Counted rowCrossEntropy(Counted scores, Input right) {
        return of(counter.rowCrossEntropy(scores.shape, right), scores);
    }

    @Override
    public Counted crossEntropy(Counted logits, Input labels) {
        return of(counter.crossEntropy(logits.shape, labels), logits);
    }

    @Override
    public Counted squaredError(Counted x, Input targets) {
        return of(counter.squaredError(x.shape, targets), x);
    }

    @Override
    public Counted binaryCrossEntropy(Counted logits, Input targets) {
        return of(counter.binaryCrossEntropy(logits.shape, targets), logits);
    }
}
