package tunebook.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;

/**
 * What transformers are made of on DJL, by their weights' names; LoRA where there are weights for
 * it.
 *
 * @param parameters by name
 * @param heads of attention
 * @param epsilon of the norms
 * @param loraScale of LoRA's updates
 */
record Layers(Parameters parameters, int heads, double epsilon, double loraScale) {
    /** Rows of the word table. [texts, tokens] → [texts, tokens, width] */
    NDArray words(NDArray ids, String name) {
        return into(
                ids.getManager(),
                Embedding.embedding(ids, parameters.get(name + ".weight"), SparseFormat.DENSE)
                        .singletonOrThrow());
    }

    /** Rows of another table, from one to before another. → [rows, width] */
    NDArray rows(NDManager here, String name, long from, long to) {
        return into(here, parameters.get(name + ".weight").get(new NDIndex(from + ":" + to)));
    }

    /** What comes out of a weight alone would live as long as the weight. */
    private static NDArray into(NDManager here, NDArray array) {
        array.attach(here);
        return array;
    }

    /** y = x·Wᵀ + b, and LoRA's s·B·A·x. */
    NDArray linear(NDArray x, String name) {
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

    /** Over the last axis. */
    NDArray norm(NDArray x, String name) {
        return LayerNorm.layerNorm(
                        x,
                        new Shape(x.getShape().get(x.getShape().dimension() - 1)),
                        parameters.get(name + ".weight"),
                        parameters.get(name + ".bias"),
                        (float) epsilon)
                .singletonOrThrow();
    }

    /** [texts, tokens, width] → [texts, heads, tokens, width / heads] */
    NDArray split(NDArray x) {
        Shape s = x.getShape();
        return x.reshape(s.get(0), s.get(1), heads, s.get(2) / heads).transpose(0, 2, 1, 3);
    }

    /**
     * softmax(q·kᵀ/√d + mask)·v with the heads side by side again. → [texts, tokens, width]
     *
     * @param mask what is added, or null
     */
    NDArray attention(NDArray q, NDArray k, NDArray v, NDArray mask) {
        Shape s = q.getShape();
        NDArray scores = q.matMul(k.transpose(0, 1, 3, 2)).mul(1 / Math.sqrt((double) s.get(3)));
        if (mask != null) scores = scores.add(mask);
        NDArray context = scores.softmax(-1).matMul(v).transpose(0, 2, 1, 3);
        return context.reshape(s.get(0), s.get(2), s.get(1) * s.get(3));
    }
}
