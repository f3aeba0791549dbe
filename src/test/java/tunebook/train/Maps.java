package tunebook.train;

import java.util.List;
import tunebook.core.Attention;
import tunebook.core.Tensor;

/** Made-up attention. */
public final class Maps {
    private Maps() {}

    /**
     * Of a model called so, between so called tokens; the first looks at itself, the others back.
     */
    public static AttentionMap of(String model, String... tokens) {
        int n = tokens.length;
        double[] queries = new double[2 * n];
        double[] keys = new double[2 * n];
        for (int i = 0; i < n; i++) {
            queries[2 * i] = 2;
            keys[2 * i] = Math.sin(2 * i);
            keys[2 * i + 1] = i % 3;
        }
        return AttentionMap.of(
                model,
                List.of(tokens),
                List.of(new Attention("block", 1)),
                Tensor.of(queries, n, 2),
                Tensor.of(keys, n, 2));
    }
}
