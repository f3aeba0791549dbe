package tunebook.torch;

import java.util.stream.IntStream;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import tunebook.core.Attention;
import tunebook.core.Sequences;

/**
 * Attention by libtorch's fused kernels: sequences that are equally long lie in a row as they are,
 * others are filled up to the longest with rows that nobody looks at.
 */
final class Attending {
    private final Place place;
    private final Sequences queries;
    private final Sequences keys;
    private final Attention site;
    private final int count;
    private final int n;
    private final int m;

    Attending(Place place, Sequences queries, Sequences keys, Attention site) {
        this.place = place;
        this.queries = queries;
        this.keys = keys;
        this.site = site;
        this.count = queries.count();
        this.n = queries.longest();
        this.m = keys.longest();
    }

    /** softmax(q·kᵀ / √(width/heads))·v. → like q */
    Tensor of(Tensor q, Tensor k, Tensor v) {
        boolean even = even(queries) && even(keys);
        boolean square = even && site.causal() && n == m;
        boolean masked = !even || (site.causal() && !square && n > 1);
        Tensor context =
                torch.scaled_dot_product_attention(
                                heads(filled(q, queries), n),
                                heads(filled(k, keys), m),
                                heads(filled(v, keys), m),
                                masked ? new TensorOptional(mask()) : new TensorOptional(),
                                0,
                                square,
                                new DoubleOptional(),
                                false)
                        .transpose(1, 2)
                        .reshape((long) count * n, q.size(1));
        if (even(queries)) return context;
        return context.index_select(0, place.indices(there()));
    }

    private static boolean even(Sequences sequences) {
        return sequences.rows() == sequences.count() * sequences.longest();
    }

    /** [count · longest, width] → [count, heads, longest, width / heads] */
    private Tensor heads(Tensor rows, int longest) {
        long head = rows.size(1) / site.heads();
        return rows.reshape(count, longest, site.heads(), head).transpose(1, 2);
    }

    private Tensor filled(Tensor rows, Sequences sequences) {
        if (even(sequences)) return rows;
        int longest = sequences.longest();
        int[] from =
                IntStream.range(0, count * longest)
                        .map(
                                i -> {
                                    int sequence = i / longest;
                                    int t = i % longest;
                                    boolean there = t < sequences.length(sequence);
                                    return there ? sequences.start(sequence) + t : 0;
                                })
                        .toArray();
        return rows.index_select(0, place.indices(from));
    }

    /** Where each query's answer stands among the filled-up ones. */
    private int[] there() {
        int[] there = new int[queries.rows()];
        for (int i = 0; i < count; i++)
            for (int t = 0; t < queries.length(i); t++) there[queries.start(i) + t] = i * n + t;
        return there;
    }

    /** Whether a query sees a key, [count, 1, n, m]; one that fills up sees the first. */
    private Tensor mask() {
        int[] sees = new int[count * n * m];
        for (int i = 0; i < count; i++) {
            int before = keys.length(i) - queries.length(i);
            for (int t = 0; t < n; t++) {
                int end = site.causal() ? Math.min(keys.length(i), t + before + 1) : keys.length(i);
                if (t >= queries.length(i)) end = 1;
                for (int j = 0; j < end; j++) sees[(i * n + t) * m + j] = 1;
            }
        }
        return place.indices(sees).reshape(count, 1, n, m).toType(ScalarType.Bool);
    }
}
