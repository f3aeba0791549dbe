package tunebook.cost;

import java.util.ArrayList;
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
import tunebook.cost.Counted.Passing;

/**
 * Counts a training step, forward and backward, as {@link Counter} does forward alone: the gradient
 * of a product's side costs what the product cost, and is counted only where something below that
 * side learns and a gradient comes; the gradients of attention cost twice what it cost.
 */
public final class StepCounter implements Ops<Counted> {
    private final Counter counter;
    private final Predicate<String> learns;
    private final List<Counted> values = new ArrayList<>();

    private StepCounter(Batch batch, Predicate<String> learns) {
        this.counter = new Counter(batch);
        this.learns = learns;
    }

    /**
     * Counts a step.
     *
     * @param loss of the step
     * @param learns which weights do, by name
     */
    public static Step count(Program loss, Batch batch, Predicate<String> learns) {
        StepCounter step = new StepCounter(batch, learns);
        Counted value = loss.run(step);
        return new Step(step.values, value, step.counter.flops());
    }

    private boolean learns(Site site) {
        return site.weights().stream().map(Weight::name).anyMatch(learns);
    }

    /** A value that learns nothing of its own. */
    private Counted of(Shape shape, Counted... from) {
        return made(new Counted(shape, false, 0, from));
    }

    private Counted made(Counted value) {
        values.add(value);
        return value;
    }

    @Override
    public Counted input(Input input, int width) {
        return of(counter.input(input, width));
    }

    @Override
    public Counted embedding(Embedding site, Input ids) {
        return made(new Counted(counter.embedding(site, ids), learns(site), 0));
    }

    @Override
    public Counted weight(Weight weight) {
        boolean learning = learns.test(weight.name());
        return made(new Counted(counter.weight(weight), learning, 0)).borrowed();
    }

    @Override
    public Counted linear(Counted x, Linear site) {
        long before = counter.flops();
        Shape y = counter.linear(x.shape, site);
        int sides = (x.needs ? 1 : 0) + (learns.test(site.weight().name()) ? 1 : 0);
        long back = sides * (counter.flops() - before);
        if (x.isSeen()) return made(new Counted(y, learns(site), back, x.pixels()));
        return made(new Counted(y, learns(site), back, x)).passing(Passing.ADDED).open();
    }

    @Override
    public Counted product(Counted a, Counted b) {
        long before = counter.flops();
        Shape y = counter.product(a.shape, b.shape);
        int sides = (a.needs ? 1 : 0) + (b.needs ? 1 : 0);
        return made(new Counted(y, false, sides * (counter.flops() - before), a, b));
    }

    @Override
    public Counted attention(Counted q, Counted k, Counted v, Attention site) {
        long before = counter.flops();
        Shape y = counter.attention(q.shape, k.shape, v.shape, site);
        long flops = counter.flops() - before;
        long scores = flops / 4 / q.shape.size(1);
        return made(new Counted(y, false, 2 * flops, q, k, v))
                .beside(scores * site.heads())
                .scratch(scores);
    }

    @Override
    public Counted layerNorm(Counted x, Norm site) {
        return made(new Counted(counter.layerNorm(x.shape, site), learns(site), 0, x));
    }

    @Override
    public Counted batchNorm(Counted x, BatchNorm site) {
        return made(new Counted(counter.batchNorm(x.shape, site), learns(site), 0, x)).open();
    }

    @Override
    public Counted add(Counted a, Counted b) {
        return of(counter.add(a.shape, b.shape), a, b).passing(Passing.HANDED).open();
    }

    @Override
    public Counted only(Counted x) {
        return x.last();
    }

    @Override
    public Counted scale(Counted x, double factor) {
        return of(x.shape, x);
    }

    @Override
    public Counted addInto(Counted sum, Counted more) {
        Counted all = add(sum, more);
        return sum.isOpen() ? all.borrowed() : all;
    }

    /** Without a value of its own for the product, where the sum can take it. */
    @Override
    public Counted addLinear(Counted sum, Counted x, Linear site) {
        Counted product = linear(x, site);
        boolean fused = sum.isOpen() && site.bias() == null && !x.isSeen();
        return addInto(sum, fused ? product.borrowed() : product);
    }

    @Override
    public Counted scaleColumns(Counted x, Counted factors) {
        Counted y = of(counter.scaleColumns(x.shape, factors.shape), x, factors);
        return factors.needs ? y.scratch(x.shape.elements()) : y;
    }

    @Override
    public Counted addRow(Counted x, Counted row) {
        return of(counter.addRow(x.shape, row.shape), x, row).passing(Passing.HANDED);
    }

    @Override
    public Counted overRowNorms(Counted a, Counted b) {
        return of(counter.overRowNorms(a.shape, b.shape), a);
    }

    @Override
    public Counted gelu(Counted x) {
        return of(x.shape, x);
    }

    @Override
    public Counted geluTanh(Counted x) {
        return of(x.shape, x);
    }

    @Override
    public Counted multiply(Counted a, Counted b) {
        return of(counter.multiply(a.shape, b.shape), a, b);
    }

    @Override
    public Counted sigmoid(Counted x) {
        return of(x.shape, x);
    }

    @Override
    public Counted join(List<Counted> parts) {
        Shape all = counter.join(parts.stream().map(part -> part.shape).toList());
        return of(all, parts.toArray(Counted[]::new));
    }

    @Override
    public Counted regroup(Counted x, int width) {
        return of(counter.regroup(x.shape, width), x).borrowed().passing(Passing.HANDED);
    }

    @Override
    public Counted patches(Counted x, Window window) {
        return of(counter.patches(x.shape, window), x).borrowed().seen();
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
        return of(counter.columns(x.shape, from, count), x).passing(Passing.ADDED);
    }

    @Override
    public Counted relu(Counted x) {
        return of(x.shape, x);
    }

    @Override
    public Counted tanh(Counted x) {
        return of(x.shape, x);
    }

    @Override
    public Counted dropout(Counted x, double rate) {
        return rate == 0 ? x : of(x.shape, x).open();
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
