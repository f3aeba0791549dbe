package tunebook.support;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.data.Batches;
import tunebook.data.TextBatches;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.Method;
import tunebook.recipe.Tuning;
import tunebook.train.Classifier;

/** Adapters as if they had learned: every weight away from its start. */
public final class Learned {
    /** What computes. */
    public static final Engine ENGINE = new Nd4jEngine(1);

    /** Below every adapter here. */
    public static final Backbone TINY = Tiny.backbone(0);

    /** Classes of every head here. */
    public static final List<String> LABELS = List.of("bad", "good");

    /** What logits are compared on. */
    public static final Batches TEXTS =
            TextBatches.of(Tiny.data(20, 20).test(), TINY.tokenizer(), 20);

    private Learned() {}

    /** An adapter whose weights have all moved. */
    public static Adapter moved(Method method, long seed) {
        Tuning tuning = Tuning.of(method, TINY, TINY.model().classifier(2), seed);
        Random random = new Random(seed);
        Map<String, Tensor> moved = new TreeMap<>();
        for (String name : tuning.learning().names()) {
            Tensor tensor = tuning.learning().get(name);
            float[] values = tensor.floats();
            for (int i = 0; i < values.length; i++)
                values[i] += 0.2f * (float) random.nextGaussian();
            moved.put(
                    name,
                    Tensor.of(
                            values,
                            tensor.shape().sizes().stream().mapToInt(Integer::intValue).toArray()));
        }
        return new Adapter(
                method.label(),
                method,
                HeadKind.CLASSIFIER,
                LABELS,
                tuning.constants(),
                Weights.of(moved));
    }

    /** Logits of the texts. */
    public static double[][] logits(Backbone backbone, Adapter adapter) {
        try (Engine.Held held = ENGINE.hold(backbone.weights(), Precision.FLOAT)) {
            return new Classifier(ENGINE, held, backbone, adapter, 20).logits(TEXTS);
        }
    }

    /** The greatest difference. */
    public static double gap(double[][] a, double[][] b) {
        double gap = 0;
        for (int i = 0; i < a.length; i++)
            for (int j = 0; j < a[i].length; j++) gap = Math.max(gap, Math.abs(a[i][j] - b[i][j]));
        return gap;
    }
}
