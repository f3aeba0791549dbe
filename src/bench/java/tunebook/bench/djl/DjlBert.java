package tunebook.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import tunebook.bench.work.Examples;
import tunebook.bench.work.Texts;
import tunebook.model.Bert;

/**
 * BERT with its classifier on DJL, with Tunebook's names; LoRA where there are weights for it. A
 * batch is padded to its longest text, and a mask keeps attention off the padding.
 */
final class DjlBert implements DjlModel {
    private static final String AT = "bert.embeddings.";
    private static final float NEVER = -1e9f;

    private final Bert model;
    private final Parameters parameters;
    private final float loraScale;

    DjlBert(Bert model, Parameters parameters, double loraScale) {
        this.model = model;
        this.parameters = parameters;
        this.loraScale = (float) loraScale;
    }

    /**
     * A batch on libtorch.
     *
     * @param ids [texts, tokens]
     * @param mask what attention adds, [texts, 1, 1, tokens], or null where nothing is padded
     * @param real 1 where a token is no padding, [texts, tokens, 1], or null
     */
    record Padded(NDArray ids, NDArray mask, NDArray real) {
        static Padded of(Texts texts, NDManager manager) {
            int n = texts.ids().size();
            int longest = texts.longest();
            long[] ids = new long[n * longest];
            float[] mask = new float[n * longest];
            float[] real = new float[n * longest];
            for (int i = 0; i < n; i++) {
                int[] text = texts.ids().get(i);
                for (int j = 0; j < longest; j++) {
                    boolean there = j < text.length;
                    ids[i * longest + j] = there ? text[j] : 0;
                    mask[i * longest + j] = there ? 0 : NEVER;
                    real[i * longest + j] = there ? 1 : 0;
                }
            }
            boolean even = texts.even();
            return new Padded(
                    manager.create(ids, new Shape(n, longest)),
                    even ? null : manager.create(mask, new Shape(n, 1, 1, longest)),
                    even ? null : manager.create(real, new Shape(n, longest, 1)));
        }
    }

    @Override
    public NDArray logits(Examples examples, NDManager here) {
        Padded batch = Padded.of((Texts) examples, here);
        NDArray x = embed(batch);
        for (int i = 0; i < model.blocks(); i++) x = block(x, i, batch.mask());
        return head(x, batch);
    }

    NDArray embed(Padded batch) {
        NDManager here = batch.ids().getManager();
        long tokens = batch.ids().getShape().get(1);
        NDArray words = parameters.get(AT + "word_embeddings.weight");
        NDArray x = Embedding.embedding(batch.ids(), words, SparseFormat.DENSE).singletonOrThrow();
        x.attach(here);
        NDArray places =
                parameters.get(AT + "position_embeddings.weight").get(new NDIndex(":" + tokens));
        places.attach(here);
        NDArray side = parameters.get(AT + "token_type_embeddings.weight").get(new NDIndex("0"));
        side.attach(here);
        return norm(x.add(places).add(side), AT + "LayerNorm");
    }

    NDArray block(NDArray x, int i, NDArray mask) {
        String at = "bert.encoder.layer." + i + ".";
        NDArray q = heads(linear(x, at + "attention.self.query"));
        NDArray k = heads(linear(x, at + "attention.self.key"));
        NDArray v = heads(linear(x, at + "attention.self.value"));
        double scale = 1 / Math.sqrt((double) model.width() / model.heads());
        NDArray scores = q.matMul(k.transpose(0, 1, 3, 2)).mul(scale);
        if (mask != null) scores = scores.add(mask);
        NDArray context = scores.softmax(-1).matMul(v).transpose(0, 2, 1, 3).reshape(x.getShape());
        NDArray h =
                norm(
                        x.add(linear(context, at + "attention.output.dense")),
                        at + "attention.output.LayerNorm");
        NDArray up = Activation.gelu(linear(h, at + "intermediate.dense"));
        return norm(h.add(linear(up, at + "output.dense")), at + "output.LayerNorm");
    }

    NDArray head(NDArray x, Padded batch) {
        NDArray row = model.pooling() == Bert.Pooling.CLS ? x.get(":, 0") : mean(x, batch.real());
        return linear(Activation.tanh(linear(row, "bert.pooler.dense")), "classifier");
    }

    private static NDArray mean(NDArray x, NDArray real) {
        if (real == null) return x.mean(new int[] {1});
        return x.mul(real).sum(new int[] {1}).div(real.sum(new int[] {1}));
    }

    private NDArray heads(NDArray x) {
        Shape s = x.getShape();
        int heads = model.heads();
        return x.reshape(s.get(0), s.get(1), heads, s.get(2) / heads).transpose(0, 2, 1, 3);
    }

    private NDArray norm(NDArray x, String name) {
        return LayerNorm.layerNorm(
                        x,
                        new Shape(model.width()),
                        parameters.get(name + ".weight"),
                        parameters.get(name + ".bias"),
                        (float) model.epsilon())
                .singletonOrThrow();
    }

    private NDArray linear(NDArray x, String name) {
        NDArray y =
                Linear.linear(x, parameters.get(name + ".weight"), parameters.get(name + ".bias"))
                        .singletonOrThrow();
        String down = name + ".lora_A.weight";
        if (!parameters.has(down)) return y;
        NDArray low = Linear.linear(x, parameters.get(down)).singletonOrThrow();
        NDArray change =
                Linear.linear(low, parameters.get(name + ".lora_B.weight")).singletonOrThrow();
        return y.add(change.mul(loraScale));
    }
}
