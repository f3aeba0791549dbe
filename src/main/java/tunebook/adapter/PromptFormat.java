package tunebook.adapter;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.model.Outline;
import tunebook.recipe.Adapter;
import tunebook.recipe.Method;
import tunebook.recipe.PTuning;
import tunebook.recipe.PromptTuning;

/** Rows before the text; of P-tuning PEFT keeps what its network computes, not the network. */
final class PromptFormat extends VirtualTokens {
    private static final String PROMPT = "PROMPT_TUNING";
    private static final String NETWORK = "P_TUNING";

    @Override
    public List<String> types() {
        return List.of(PROMPT, NETWORK);
    }

    @Override
    public boolean writes(Method method) {
        return method instanceof PromptTuning || method instanceof PTuning;
    }

    @Override
    public JsonObject config(Adapter adapter, Outline base) {
        Method method = adapter.recipe().method();
        if (method instanceof PTuning network) {
            JsonObject config = config(NETWORK, method.virtualTokens(), base);
            config.addProperty("encoder_reparameterization_type", "MLP");
            config.addProperty(
                    "encoder_hidden_size",
                    network.hidden() > 0 ? network.hidden() : base.model().width());
            return config;
        }
        JsonObject config = config(PROMPT, method.virtualTokens(), base);
        config.addProperty("prompt_tuning_init", "RANDOM");
        return config;
    }

    @Override
    public Weights theirs(Adapter adapter, Outline base) {
        boolean network = adapter.recipe().method() instanceof PTuning;
        return Weights.of(
                Map.of(
                        ROWS,
                        network
                                ? computed(adapter.weights(), base)
                                : adapter.weights().get(name(base))));
    }

    private static Tensor computed(Weights weights, Outline base) {
        String at = base.words() + ".prompt_encoder.";
        return Matrix.of(weights.get(at + "embedding.weight"))
                .linear(weights, at + "mlp_head.0")
                .map(x -> Math.max(0, x))
                .linear(weights, at + "mlp_head.2")
                .map(x -> Math.max(0, x))
                .linear(weights, at + "mlp_head.4")
                .tensor();
    }

    private static String name(Outline base) {
        return base.words() + "." + ROWS;
    }

    @Override
    public Method method(PeftFile file, Outline base) {
        return new PromptTuning(file.config().integer(TOKENS)).random();
    }

    @Override
    public Weights ours(PeftFile file, Outline base) {
        return replaced(file, Map.of(name(base), file.tensor(ROWS)));
    }
}
