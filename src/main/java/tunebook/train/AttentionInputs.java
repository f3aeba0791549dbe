package tunebook.train;

import java.util.ArrayList;
import java.util.List;
import tunebook.core.AdaptedOps;
import tunebook.core.Attention;
import tunebook.core.Ops;
import tunebook.core.Program;

/** Keeps the queries and keys of every attention that a computation goes through. */
final class AttentionInputs<T> extends AdaptedOps<T> {
    private final List<T> queries = new ArrayList<>();
    private final List<T> keys = new ArrayList<>();
    private final List<Attention> sites;

    private AttentionInputs(Ops<T> inner, List<Attention> sites) {
        super(inner);
        this.sites = sites;
    }

    /**
     * The queries of all sites side by side, or their keys. → [rows, sites · width]
     *
     * @param all what computes every block
     * @param sites takes the sites, in the order of use
     */
    static Program of(Program all, boolean keys, List<Attention> sites) {
        return new Program() {
            @Override
            public <T> T run(Ops<T> plain) {
                sites.clear();
                AttentionInputs<T> ops = new AttentionInputs<>(plain, sites);
                T last = all.run(ops);
                if (sites.isEmpty()) return last;
                return plain.join(keys ? ops.keys : ops.queries);
            }
        };
    }

    @Override
    public T attention(T q, T k, T v, Attention site) {
        sites.add(site);
        queries.add(q);
        keys.add(k);
        return inner.attention(q, k, v, site);
    }

    /** What was kept is read again. */
    @Override
    public T only(T x) {
        return x;
    }
}
