package tunebook.train;

import tunebook.core.AdaptedOps;
import tunebook.core.Attention;
import tunebook.core.Ops;

/**
 * Attention of one sequence that goes on: keys and values of what stands before were kept by the
 * session and are not computed again.
 */
final class CachedAttention<T> extends AdaptedOps<T> {
    private final boolean begins;

    /**
     * @param begins whether nothing stands before
     */
    CachedAttention(Ops<T> inner, boolean begins) {
        super(inner);
        this.begins = begins;
    }

    /** Learned rows, keys and values stand before the text once: later they are kept. */
    @Override
    public T prepend(T prefix, T x) {
        return begins ? inner.prepend(prefix, x) : x;
    }

    @Override
    public T attention(T q, T k, T v, Attention site) {
        return inner.attention(
                q,
                inner.kept(site.name() + ".key", k),
                inner.kept(site.name() + ".value", v),
                site);
    }
}
