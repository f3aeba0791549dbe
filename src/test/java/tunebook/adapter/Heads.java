package tunebook.adapter;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Scale;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.model.Bert;
import tunebook.model.EncoderFamily;
import tunebook.model.Gpt2;
import tunebook.model.HeadKind;
import tunebook.model.Model;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.Recipe;
import tunebook.recipe.Tuning;
import tunebook.support.Tiny;
import tunebook.support.TinyImages;
import tunebook.support.TinyProse;

/** Backbones of every family with every head that it can have, as if they had learned. */
final class Heads {
    private static final List<String> TAGS = List.of("O", "B-PER", "I-PER");
    private static final List<String> LABELS = List.of("good", "bad", "so");
    private static final int[] TOKENS = {2, 17, 23, 40, 11, 8, 3};

    private Heads() {}

    /** The families by name. */
    static Map<String, Backbone> backbones() {
        int vocabulary = Tiny.tokenizer().vocabulary();
        Map<String, Backbone> all = new LinkedHashMap<>();
        all.put("bert-mean", Tiny.backbone(0.1));
        all.put("bert", encoder(EncoderFamily.BERT, vocabulary, 2));
        all.put("roberta", encoder(EncoderFamily.ROBERTA, vocabulary, 1));
        all.put("distilbert", encoder(EncoderFamily.DISTILBERT, vocabulary, 0));
        all.put("gpt2", TinyProse.decoder(Gpt2.Layout.CONV1D_TIED, 0.1));
        all.put("mingpt", TinyProse.decoder(Gpt2.Layout.LINEAR, 0));
        all.put("resnet-basic", TinyImages.basic());
        all.put("resnet-bottleneck", TinyImages.bottleneck());
        all.put("resnet-cifar", TinyImages.cifar());
        return all;
    }

    private static Backbone encoder(EncoderFamily family, int vocabulary, int segments) {
        Bert model =
                new Bert(
                        2,
                        16,
                        2,
                        32,
                        vocabulary,
                        32,
                        segments,
                        1e-5,
                        0.1,
                        Bert.Pooling.CLS,
                        family);
        return new Backbone(family.toString(), model, Tiny.weights(model, 7), Tiny.tokenizer());
    }

    /** The heads that a backbone can have. */
    static List<HeadKind> of(Backbone backbone) {
        Model model = backbone.model();
        if (model.sees().isPresent()) return List.of(HeadKind.CLASSIFIER);
        return Arrays.stream(HeadKind.values())
                .filter(kind -> kind != HeadKind.LANGUAGE || model.causal())
                .toList();
    }

    /** A recipe that has moved every weight from where it began. */
    static Adapter moved(Recipe recipe, Backbone backbone, HeadKind kind) {
        List<String> labels =
                !kind.hasLabels() ? List.of() : kind == HeadKind.TOKENS ? TAGS : LABELS;
        Tuning tuning = Tuning.of(recipe, backbone, kind.of(backbone.model(), labels.size()), 3);
        Random random = new Random(5);
        Map<String, Tensor> moved = new TreeMap<>();
        for (String name : tuning.learning().names()) {
            Tensor start = tuning.learning().get(name);
            float[] values = start.floats();
            for (int i = 0; i < values.length; i++) {
                values[i] += 0.2f * (float) random.nextGaussian();
                if (name.endsWith("running_var")) values[i] = 0.5f + Math.abs(values[i]);
            }
            moved.put(
                    name,
                    Tensor.of(values, start.shape().sizes().stream().mapToInt(n -> n).toArray()));
        }
        return new Adapter(
                "clinic",
                recipe,
                kind,
                labels,
                kind == HeadKind.REGRESSION ? new Scale(1 / 3.0, 0.1) : Scale.NONE,
                tuning.constants(),
                Weights.of(moved));
    }

    /** What it answers to some tokens or pixels. */
    static float[] logits(Adapter adapter, Backbone backbone) {
        Tuning tuning = adapter.on(backbone);
        Batch batch = batch(backbone);
        boolean texts = backbone.model().reads().isPresent();
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT);
                Session session = engine.open(held, tuning.constants(), tuning.learning(), 1)) {
            return session.evaluate(
                            tuning.programs(0).logits(), texts ? tuning.plan().batch(batch) : batch)
                    .floats();
        }
    }

    private static Batch batch(Backbone backbone) {
        if (backbone.model().sees().isPresent()) return TinyImages.batch(backbone, 4, 1);
        return Batch.text(new Sequences(3, 4), TOKENS, new int[TOKENS.length])
                .predicted(IntStream.range(0, TOKENS.length).toArray());
    }
}
