package tunebook.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
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
    private final Layers layers;

    /** Puts the weights on libtorch. */
    public DjlGeneration() {
        Libtorch.say();
        Backbone backbone = Decoders.gpt2();
        this.model = (Gpt2) backbone.model();
        Parameters parameters = new Parameters(backbone.weights(), Set.of());
        this.layers = new Layers(parameters, model.heads(), model.epsilon(), 0);
    }

    @Override
    public Report unit() {
        Watch watch = new Watch();
        int[] prompt = Decoders.prompt();
        int[] all = Arrays.copyOf(prompt, prompt.length + Decoders.TOKENS);
        try (NDManager kept = layers.parameters().manager().newSubManager()) {
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
        NDArray ids = here.create(Arrays.stream(tokens).asLongStream().toArray()).expandDims(0);
        NDArray places = layers.rows(here, "transformer.wpe", past, past + tokens.length);
        NDArray x = layers.words(ids, "transformer.wte").add(places);
        NDArray mask = tokens.length > 1 ? causal(tokens.length, here) : null;
        for (int i = 0; i < model.blocks(); i++) x = block(x, i, mask, keys, values);
        NDArray last = layers.norm(x.get(new NDIndex(":, -1")), "transformer.ln_f");
        return (int) layers.linear(last, "transformer.wte").argMax(-1).toLongArray()[0];
    }

    private static NDArray causal(int tokens, NDManager here) {
        float[] mask = new float[tokens * tokens];
        for (int i = 0; i < tokens; i++)
            Arrays.fill(mask, i * tokens + i + 1, (i + 1) * tokens, -1e9f);
        return here.create(mask, new Shape(tokens, tokens));
    }

    private NDArray block(NDArray x, int i, NDArray mask, NDArray[] keys, NDArray[] values) {
        String at = "transformer.h." + i + ".";
        NDArray three = layers.linear(layers.norm(x, at + "ln_1"), at + "attn.c_attn");
        NDList parts = three.split(3, 2);
        NDArray q = layers.split(parts.get(0));
        keys[i] = longer(keys[i], layers.split(parts.get(1)));
        values[i] = longer(values[i], layers.split(parts.get(2)));
        NDArray context = layers.attention(q, keys[i], values[i], mask);
        NDArray h = x.add(layers.linear(context, at + "attn.c_proj"));
        NDArray up = gelu(layers.linear(layers.norm(h, at + "ln_2"), at + "mlp.c_fc"));
        return h.add(layers.linear(up, at + "mlp.c_proj"));
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
}
