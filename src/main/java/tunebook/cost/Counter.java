package tunebook.cost;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tunebook.core.Attention;
import tunebook.core.Batch;
import tunebook.core.BatchNorm;
import tunebook.core.Embedding;
import tunebook.core.Input;
import tunebook.core.Linear;
import tunebook.core.Norm;
import tunebook.core.Program;
import tunebook.core.Rows;
import tunebook.core.Sequences;
import tunebook.core.Shape;
import tunebook.core.Site;
import tunebook.core.TunebookException;
import tunebook.core.Weight;

/**
 * Runs a program on shapes: its sites and weights, its forward FLOPs, and whether its sizes fit
 * together.
 */
public final class Counter extends Shapes {
    private final Batch batch;
    private final SortedMap<String, Weight> weights = new TreeMap<>();
    private final Map<String, Site> sites = new LinkedHashMap<>();
    private long flops;

    Counter(Batch batch) {
        this.batch = batch;
    }

    /**
     * Counts a program over a batch.
     *
     * @throws TunebookException where sizes do not fit, with the site and both sizes
     */
    public static Counter count(Program program, Batch batch) {
        Counter counter = new Counter(batch);
        program.run(counter);
        return counter;
    }

    /**
     * Runs a program over a single example with so many virtual rows: enough to know its sites and
     * weights.
     */
    public static Counter scan(Program program, Batch example, int virtualTokens) {
        return count(program, example.prefix(virtualTokens));
    }

    /** Weights by name. */
    public SortedMap<String, Weight> weights() {
        return Collections.unmodifiableSortedMap(weights);
    }

    /** Sites by name, in the order of use. */
    public Map<String, Site> sites() {
        return Collections.unmodifiableMap(sites);
    }

    /** Multiplications and additions of the forward pass, counted in products and attention. */
    public long flops() {
        return flops;
    }

    private void use(Site site) {
        sites.put(site.name(), site);
        site.weights().forEach(w -> weights.put(w.name(), w));
    }

    @Override
    public Shape input(Input input, int width) {
        if (input == Input.PIXELS)
            expect("input " + input, batch.tensor(input).shape().size(1), width);
        return Shape.of(batch.sequences().rows(), width);
    }

    @Override
    public Shape embedding(Embedding site, Input ids) {
        use(site);
        return Shape.of(batch.indices(ids).length, site.width());
    }

    @Override
    public Shape weight(Weight weight) {
        weights.put(weight.name(), weight);
        return weight.shape();
    }

    @Override
    public Shape linear(Shape x, Linear site) {
        expect(site.name(), x.size(1), site.in());
        use(site);
        flops += 2L * x.size(0) * site.in() * site.out();
        return Shape.of(x.size(0), site.out());
    }

    @Override
    public Shape layerNorm(Shape x, Norm site) {
        expect(site.name(), x.size(1), site.width());
        use(site);
        return x;
    }

    @Override
    public Shape product(Shape a, Shape b) {
        expect("product", b.size(0), a.size(1));
        flops += 2L * a.size(0) * a.size(1) * b.size(1);
        return Shape.of(a.size(0), b.size(1));
    }

    @Override
    public Shape attention(Shape q, Shape k, Shape v, Attention site) {
        if (q.size(1) % site.heads() != 0) {
            throw misfit(site.name(), "width " + q.size(1), site.heads() + " heads");
        }
        add(k, v);
        expect(site.name(), k.size(1), q.size(1));
        use(site);
        Sequences queries = rowsOf(site.name(), q.size(0));
        Sequences keys = rowsOf(site.name(), k.size(0));
        for (int i = 0; i < queries.count(); i++) {
            flops += 4L * queries.length(i) * keys.length(i) * q.size(1);
        }
        return q;
    }

    @Override
    public Shape prepend(Shape prefix, Shape x) {
        expect("prepend", prefix.size(1), x.size(1));
        Sequences rows = rowsOf("prepend", x.size(0)).plus(prefix.size(0));
        return Shape.of(rows.rows(), x.size(1));
    }

    private Sequences rowsOf(String where, int rows) {
        return batch.text().withRows(where, rows);
    }

    @Override
    public Shape rows(Shape x, Rows which) {
        return Shape.of(batch.rows(which).length, x.size(1));
    }

    @Override
    public Shape mean(Shape x) {
        expect("mean", x.size(0), batch.sequences().rows());
        return Shape.of(batch.sequences().count(), x.size(1));
    }

    @Override
    public Shape rowCrossEntropy(Shape scores, Input right) {
        expect("rowCrossEntropy", scores.size(0), batch.sequences().rows());
        expect("rowCrossEntropy", scores.size(1), 1);
        return Shape.of();
    }

    @Override
    public Shape crossEntropy(Shape logits, Input labels) {
        expect("crossEntropy", batch.indices(labels).length, logits.size(0));
        return Shape.of();
    }

    @Override
    public Shape batchNorm(Shape x, BatchNorm site) {
        expect(site.name(), x.size(1), site.width());
        use(site);
        return x;
    }
}
