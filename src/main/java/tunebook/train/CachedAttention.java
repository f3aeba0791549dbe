package tunebook.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tunebook.core.AdaptedOps;
import tunebook.core.Attention;
import tunebook.core.Init;
import tunebook.core.Ops;
import tunebook.core.Tensor;
import tunebook.core.Weight;
import tunebook.core.Weights;

/**
 * Attention of one sequence that goes on: keys and values of what stands before come out of a cache
 * and are not computed again.
 */
final class CachedAttention<T> extends AdaptedOps<T> {
    private final Weights cache;
    private final List<String> names = new ArrayList<>();
    private final List<T> values = new ArrayList<>();

    /**
     * @param cache what the step before left, or nothing
     */
    CachedAttention(Ops<T> inner, Weights cache) {
        super(inner);
        this.cache = cache;
    }

    /** Learned rows, keys and values stand before the text once: later they are in the cache. */
    @Override
    public T prepend(T prefix, T x) {
        return cache.names().isEmpty() ? inner.prepend(prefix, x) : x;
    }

    @Override
    public T attention(T q, T k, T v, Attention site) {
        return inner.attention(
                q,
                all(site.name() + ".cached_key", k),
                all(site.name() + ".cached_value", v),
                site);
    }

    /** Keys and values of every block are answered in the end. */
    @Override
    public T only(T x) {
        return x;
    }

    private T all(String name, T fresh) {
        T all = fresh;
        if (cache.has(name)) {
            Weight before = new Weight(name, cache.get(name).shape(), Init.ZEROS);
            all = inner.prepend(inner.weight(before), fresh);
        }
        names.add(name);
        values.add(all);
        return all;
    }

    /** Every key and value seen, in the order of use. */
    List<T> values() {
        return values;
    }

    /** The same by name, once they are numbers. */
    Weights cache(List<Tensor> numbers) {
        Map<String, Tensor> cache = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) cache.put(names.get(i), numbers.get(i));
        return Weights.of(cache);
    }
}
