package tunebook.adapter;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.data.Batches;
import tunebook.data.TextBatches;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.support.Tiny;

/** Adapters that have moved from where they began, and what a backbone answers with them. */
final class Moved {
    private Moved() {}

    /** Of a backbone with three classes; every weight is away from its start by noise. */
    static Adapter moved(Recipe recipe, Backbone backbone) {
        Tuning tuning = Tuning.of(recipe, backbone, backbone.model().classifier(3), 3);
        Random random = new Random(5);
        Map<String, Tensor> moved = new TreeMap<>();
        for (String name : tuning.learning().names()) {
            Tensor start = tuning.learning().get(name);
            float[] values = start.floats();
            for (int i = 0; i < values.length; i++)
                values[i] += 0.2f * (float) random.nextGaussian();
            moved.put(
                    name,
                    Tensor.of(values, start.shape().sizes().stream().mapToInt(n -> n).toArray()));
        }
        return new Adapter(
                "clinic",
                recipe,
                HeadKind.CLASSIFIER,
                List.of("good", "bad", "so"),
                tuning.constants(),
                Weights.of(moved));
    }

    static float[] logits(Adapter adapter, Backbone backbone) {
        Tuning tuning = adapter.on(backbone);
        Batches texts = TextBatches.of(Tiny.data(20, 20).test(), backbone.tokenizer(), 20);
        Batch batch = tuning.plan().batch(texts.batch(0, 1, 2, 3, 4, 5));
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT);
                Session session = engine.open(held, tuning.constants(), tuning.learning(), 1)) {
            return session.evaluate(tuning.programs(0).logits(), batch).floats();
        }
    }
}
