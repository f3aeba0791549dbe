package tunebook.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.function.Supplier;
import tunebook.bench.work.Examples;
import tunebook.bench.work.Texts;
import tunebook.model.Bert;

/**
 * BERT with its classifier on DJL, with Tunebook's names. A batch is padded to its longest text,
 * and a mask keeps attention off the padding.
 */
final class DjlBert implements DjlModel {
    private static final String AT = "bert.embeddings.";
    private static final float NEVER = -1e9f;

    private final Bert model;
    private final Layers layers;
    private final int frozen;

    /**
     * @param frozen how many stages nothing that learns touches: the embedding, then blocks
     */
    DjlBert(Bert model, Layers layers, int frozen) {
        this.model = model;
        this.layers = layers;
        this.frozen = frozen;
    }

    /**
     * A batch on libtorch.
     *
     * @param ids [texts, tokens]
     * @param mask what attention adds, [texts, 1, 1, tokens], or null where nothing is padded
     * @param real 1 where a token is no padding, [texts, tokens, 1], or null
     */
    private record Padded(NDArray ids, NDArray mask, NDArray real) {
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
    public Supplier<NDArray> begin(Examples examples, NDManager here) {
        Padded batch = Padded.of((Texts) examples, here);
        NDArray below = frozen == 0 ? null : blocks(embed(batch.ids()), batch, 0, frozen - 1);
        return () -> {
            NDArray x = below == null ? embed(batch.ids()) : below;
            return head(blocks(x, batch, Math.max(0, frozen - 1), model.blocks()), batch);
        };
    }

    private NDArray blocks(NDArray x, Padded batch, int from, int to) {
        NDArray rows = x;
        for (int i = from; i < to; i++) rows = block(rows, i, batch.mask());
        return rows;
    }

    private NDArray embed(NDArray ids) {
        NDManager here = ids.getManager();
        NDArray words = layers.words(ids, AT + "word_embeddings");
        NDArray places = layers.rows(here, AT + "position_embeddings", 0, ids.getShape().get(1));
        NDArray side = layers.rows(here, AT + "token_type_embeddings", 0, 1);
        return layers.norm(words.add(places).add(side), AT + "LayerNorm");
    }

    private NDArray block(NDArray x, int i, NDArray mask) {
        String at = "bert.encoder.layer." + i + ".";
        NDArray context =
                layers.attention(
                        layers.split(layers.linear(x, at + "attention.self.query")),
                        layers.split(layers.linear(x, at + "attention.self.key")),
                        layers.split(layers.linear(x, at + "attention.self.value")),
                        mask);
        NDArray seen = layers.linear(context, at + "attention.output.dense");
        NDArray h = layers.norm(x.add(seen), at + "attention.output.LayerNorm");
        NDArray up = Activation.gelu(layers.linear(h, at + "intermediate.dense"));
        NDArray down = layers.linear(up, at + "output.dense");
        return layers.norm(h.add(down), at + "output.LayerNorm");
    }

    private NDArray head(NDArray x, Padded batch) {
        NDArray row = model.pooling() == Bert.Pooling.CLS ? x.get(":, 0") : mean(x, batch.real());
        NDArray inside = Activation.tanh(layers.linear(row, "bert.pooler.dense"));
        return layers.linear(inside, "classifier");
    }

    private static NDArray mean(NDArray x, NDArray real) {
        if (real == null) return x.mean(new int[] {1});
        return x.mul(real).sum(new int[] {1}).div(real.sum(new int[] {1}));
    }
}
