package tunebook.adapter;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.recipe.PrefixTuning;

/** Learned rows as PEFT saves them: computed, without the network that they come out of. */
final class PeftRows {
    private PeftRows() {}

    /** Rows before the text, [p, width]. */
    static Tensor before(Backbone backbone, Adapter adapter) {
        Weights weights = adapter.weights();
        String words = backbone.model().words();
        if (weights.has(words + "." + PeftNames.ROWS))
            return weights.get(words + "." + PeftNames.ROWS);
        String at = words + ".prompt_encoder.";
        double[][] x = weights.get(at + "embedding.weight").rows();
        x = layer(x, weights, at + "mlp_head.0", v -> Math.max(v, 0));
        x = layer(x, weights, at + "mlp_head.2", v -> Math.max(v, 0));
        return Tensor.ofRows(layer(x, weights, at + "mlp_head.4", v -> v));
    }

    /** Keys and values of every block, [p, blocks · 2 · width]. */
    static Tensor prefix(Backbone backbone, Adapter adapter, PrefixTuning prefix) {
        List<String> sites = PeftNames.attentions(backbone);
        int width = backbone.model().width();
        double[][] all = new double[prefix.tokens()][sites.size() * 2 * width];
        for (int i = 0; i < 2 * sites.size(); i++) {
            String name = sites.get(i / 2) + (i % 2 == 0 ? ".prefix_key" : ".prefix_value");
            double[][] part = computed(adapter.weights(), name, prefix.hidden() > 0);
            for (int p = 0; p < part.length; p++)
                System.arraycopy(part[p], 0, all[p], i * width, width);
        }
        return Tensor.ofRows(all);
    }

    private static double[][] computed(Weights weights, String name, boolean projected) {
        if (!projected) return weights.get(name).rows();
        double[][] x = weights.get("prefix_encoder.embedding.weight").rows();
        x = layer(x, weights, "prefix_encoder.transform.0", Math::tanh);
        return layer(x, weights, name + "_transform", v -> v);
    }

    private static double[][] layer(
            double[][] x, Weights weights, String name, DoubleUnaryOperator activation) {
        double[][] w = weights.get(name + ".weight").rows();
        double[] b = weights.get(name + ".bias").doubles();
        double[][] y = new double[x.length][b.length];
        for (int i = 0; i < x.length; i++) {
            for (int o = 0; o < b.length; o++) {
                double sum = b[o];
                for (int j = 0; j < x[i].length; j++) sum += x[i][j] * w[o][j];
                y[i][o] = activation.applyAsDouble(sum);
            }
        }
        return y;
    }
}
