package tunebook.train;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tunebook.core.Decorator;
import tunebook.core.Linear;
import tunebook.cost.Counter;
import tunebook.data.Batches;
import tunebook.model.Backbone;
import tunebook.model.Cut;
import tunebook.model.Programs;

/** Which rows a backbone gives below a cut, and of how many examples at once. Thread-safe. */
final class CutRows {
    /**
     * Multiplications from which on a product on the CPU gives a row the same bits whatever other
     * rows are in it: below, OpenBLAS takes other instructions. Batches of less repeat examples.
     */
    private static final long PRODUCT = 1L << 20;

    /** Examples at once at most, where single rows of them have to make products large. */
    private static final int MOST = 512;

    private final Backbone backbone;
    private final Map<Integer, Long> least = new ConcurrentHashMap<>();

    CutRows(Backbone backbone) {
        this.backbone = backbone;
    }

    /** The computations below a cut. */
    static Programs programs(Backbone backbone, Cut cut) {
        return new Programs(backbone.model(), null, Decorator.NONE, cut.stages());
    }

    /**
     * What is kept for a cut: all rows in place of those that are read, where a model is too narrow
     * for few of them.
     */
    Cut kept(Cut below) {
        return below.read().isEmpty() || need(below) <= MOST ? below : Cut.after(below.stages());
    }

    /** How many rows these examples have in what is kept. */
    int of(Batches examples, Cut kept, int... which) {
        if (kept.read().isPresent()) return which.length;
        return Arrays.stream(which)
                .map(i -> backbone.model().rows(kept.stages(), examples.length(i)))
                .sum();
    }

    /** The examples, and again from the first, until every product is large. */
    int[] enough(Batches examples, Cut cut, int... which) {
        long rows = cut.read().isPresent() ? which.length : 0;
        if (rows == 0) for (int i : which) rows += examples.length(i);
        long need = need(cut);
        if (rows == 0 || rows >= need) return which;
        int[] more = Arrays.copyOf(which, Math.toIntExact((need + rows - 1) / rows * which.length));
        for (int i = which.length; i < more.length; i++) more[i] = which[i % which.length];
        return more;
    }

    /** Rows that make every product large. */
    long need(Cut cut) {
        return PRODUCT / least.computeIfAbsent(cut.stages(), stages -> least(cut)) + 1;
    }

    /** Of the products below the cut the fewest multiplications a row; many where there is none. */
    private long least(Cut cut) {
        return Counter.scan(programs(backbone, cut).prefix(), backbone.model().example(), 0)
                .sites()
                .values()
                .stream()
                .filter(Linear.class::isInstance)
                .map(Linear.class::cast)
                .mapToLong(site -> (long) site.in() * site.out())
                .min()
                .orElse(PRODUCT);
    }
}
