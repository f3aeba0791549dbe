package tunebook.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import java.util.Arrays;
import java.util.Set;
import tunebook.bench.work.Decoders;
import tunebook.bench.work.Report;
import tunebook.bench.work.Watch;
import tunebook.bench.work.Worker;
import tunebook.model.Backbone;
import tunebook.model.Gpt2;

/** DJL's greedy continuation; keys and values of earlier tokens are kept. */
public final class DjlGeneration implements Worker {
    private final Gpt2 model;
    private final Parameters parameters;

    /** Puts the weights on libtorch. */
    public DjlGeneration() {
        Libtorch.say();
        Backbone backbone = Decoders.gpt2();
        this.model = (Gpt2) backbone.model();
        this.parameters = new Parameters(backbone.weights(), Set.of());
    }

    @Override
    public Report unit() {
        Watch watch = new Watch();
        int[] prompt = Decoders.prompt();
        int[] all = Arrays.copyOf(prompt, prompt.length + Decoders.TOKENS);
        try (NDManager kept = parameters.manager().newSubManager()) {
            NDArray[] keys = new NDArray[model.blocks()];
            NDArray[] values = new NDArray[model.blocks()];
            for (int n = prompt.length, past = 0; n < all.length; past = n++) {
                try (NDManager here = kept.newSubManager()) {
                    all[n] = next(Arrays.copyOfRange(all, past, n), past, here, keys, values);
                    for (int i = 0; i < keys.length; i++) {
                        keys[i].attach(kept);
                        values[i].attach(kept);
                    }
                }
            }
        }
        return Decoders.report(watch.seconds(), all);
    }

    private int next(int[] tokens, int past, NDManager here, NDArray[] keys, NDArray[] values) {
        NDArray ids = here.create(Arrays.stream(tokens).asLongStream().toArray());
        ids = ids.expandDims(0);
        NDArray words = parameters.get("transformer.wte.weight");
        NDArray x = Embedding.embedding(ids, words, SparseFormat.DENSE).singletonOrThrow();
        x.attach(here);
        NDArray places =
                parameters
                        .get("transformer.wpe.weight")
                        .get(new NDIndex(past + ":" + (past + tokens.length)));
        places.attach(here);
        x = x.add(places);
        NDArray mask = tokens.length > 1 ? causal(tokens.length, here) : null;
        for (int i = 0; i < model.blocks(); i++) x = block(x, i, mask, keys, values);
        NDArray last = norm(x.get(new NDIndex(":, -1")), "transformer.ln_f");
        NDArray logits = Linear.linear(last, words).singletonOrThrow();
        return (int) logits.argMax(-1).toLongArray()[0];
    }

    private static NDArray causal(int tokens, NDManager here) {
        float[] mask = new float[tokens * tokens];
        for (int i = 0; i < tokens; i++)
            Arrays.fill(mask, i * tokens + i + 1, (i + 1) * tokens, -1e9f);
        return here.create(mask, new Shape(tokens, tokens));
    }

    private NDArray block(NDArray x, int i, NDArray mask, NDArray[] keys, NDArray[] values) {
        String at = "transformer.h." + i + ".";
        NDArray three = linear(norm(x, at + "ln_1"), at + "attn.c_attn");
        NDList parts = three.split(3, 2);
        NDArray q = heads(parts.get(0));
        keys[i] = longer(keys[i], heads(parts.get(1)));
        values[i] = longer(values[i], heads(parts.get(2)));
        double scale = 1 / Math.sqrt((double) model.width() / model.heads());
        NDArray scores = q.matMul(keys[i].transpose(0, 1, 3, 2)).mul(scale);
        if (mask != null) scores = scores.add(mask);
        NDArray context =
                scores.softmax(-1).matMul(values[i]).transpose(0, 2, 1, 3).reshape(x.getShape());
        NDArray h = x.add(linear(context, at + "attn.c_proj"));
        NDArray up = gelu(linear(norm(h, at + "ln_2"), at + "mlp.c_fc"));
        return h.add(linear(up, at + "mlp.c_proj"));
    }

    private static NDArray longer(NDArray past, NDArray now) {
        if (past == null) return now.duplicate();
        NDArray all = NDArrays.concat(new NDList(past, now), 2);
        all.attach(now.getManager());
        past.close();
        return all;
    }

    /** GPT-2's, by tanh: DJL has only the exact one. */
    private static NDArray gelu(NDArray x) {
        NDArray inner = x.add(x.mul(x).muli(x).muli(0.044715f)).muli(Math.sqrt(2 / Math.PI));
        return inner.tanh().addi(1).muli(x).muli(0.5f);
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
        return Linear.linear(x, parameters.get(name + ".weight"), parameters.get(name + ".bias"))
                .singletonOrThrow();
    }
}
