package tunebook.torch;

import java.util.stream.IntStream;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import tunebook.core.Attention;
import tunebook.core.Sequences;

/**
 * Attention by libtorch's fused kernels, over sequences that every block of a model has alike:
 * those that are equally long lie in a row as they are, others are filled up to the longest with
 * rows that nobody looks at. What that takes is made once.
 */
final class Attending {
    private final Place place;
    private final Sequences queries;
    private final Sequences keys;
    private final boolean causal;
    private final int count;
    private final int n;
    private final int m;
    private final boolean square;
    private final Tensor mask;
    private final Tensor fillQueries;
    private final Tensor fillKeys;
    private final Tensor there;

    Attending(Place place, Sequences queries, Sequences keys, boolean causal) {
        this.place = place;
        this.queries = queries;
        this.keys = keys;
        this.causal = causal;
        this.count = queries.count();
        this.n = queries.longest();
        this.m = keys.longest();
        boolean even = even(queries) && even(keys);
        this.square = even && causal && n == m;
        boolean masked = !even || (causal && !square && n > 1);
        this.mask = masked ? mask() : null;
        this.fillQueries = even(queries) ? null : filling(queries);
        this.fillKeys = even(keys) ? null : filling(keys);
        this.there = even(queries) ? null : there();
    }

    /** softmax(q·kᵀ / √(width/heads))·v. → like q */
    Tensor of(Tensor q, Tensor k, Tensor v, Attention site) {
        Tensor context =
                torch.scaled_dot_product_attention(
                                heads(filled(q, fillQueries), n, site),
                                heads(filled(k, fillKeys), m, site),
                                heads(filled(v, fillKeys), m, site),
                                mask == null ? new TensorOptional() : new TensorOptional(mask),
                                0,
                                square,
                                new DoubleOptional(),
                                false)
                        .transpose(1, 2)
                        .reshape((long) count * n, q.size(1));
        return there == null ? context : context.index_select(0, there);
    }

    private static boolean even(Sequences sequences) {
        return sequences.rows() == sequences.count() * sequences.longest();
    }

    /** [count · longest, width] → [count, heads, longest, width / heads] */
    private Tensor heads(Tensor rows, int longest, Attention site) {
        long head = rows.size(1) / site.heads();
        return rows.reshape(count, longest, site.heads(), head).transpose(1, 2);
    }

    private static Tensor filled(Tensor rows, Tensor from) {
        return from == null ? rows : rows.index_select(0, from);
    }

    /** Which row stands at each place of the filled-up ones; the first where none does. */
    private Tensor filling(Sequences sequences) {
        int longest = sequences.longest();
        return place.indices(
                IntStream.range(0, count * longest)
                        .map(
                                i -> {
                                    int sequence = i / longest;
                                    int t = i % longest;
                                    boolean there = t < sequences.length(sequence);
                                    return there ? sequences.start(sequence) + t : 0;
                                })
                        .toArray());
    }

    /** Where each query's answer stands among the filled-up ones. */
    private Tensor there() {
        int[] there = new int[queries.rows()];
        for (int i = 0; i < count; i++)
            for (int t = 0; t < queries.length(i); t++) there[queries.start(i) + t] = i * n + t;
        return place.indices(there);
    }

    /** Whether a query sees a key, [count, 1, n or 1, m]; one that fills up sees some. */
    private Tensor mask() {
        Tensor key = numbers(m).reshape(1, 1, 1, m);
        Tensor lengths = place.indices(IntStream.range(0, count).map(keys::length).toArray());
        Tensor sees = key.lt(lengths.reshape(count, 1, 1, 1));
        if (!causal) return sees;
        int[] before =
                IntStream.range(0, count).map(i -> keys.length(i) - queries.length(i)).toArray();
        Tensor last =
                numbers(n).reshape(1, 1, n, 1).add(place.indices(before).reshape(count, 1, 1, 1));
        return sees.logical_and(key.le(last));
    }

    private Tensor numbers(int count) {
        return place.indices(IntStream.range(0, count).toArray());
    }
}
