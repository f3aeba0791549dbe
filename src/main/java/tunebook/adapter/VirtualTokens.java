package tunebook.adapter;

import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;
import tunebook.core.Attention;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.model.Outline;

/** What PEFT's formats of virtual tokens share: one tensor of rows, and their number. */
abstract class VirtualTokens implements PeftFormat {
    static final String ROWS = "prompt_embeddings";
    static final String TOKENS = "num_virtual_tokens";

    /** PEFT wraps no model around the modules here, so that its prefix is shorter. */
    @Override
    public String prefix(String name) {
        return name.equals(ROWS) ? "" : "base_model.";
    }

    static JsonObject config(String type, int tokens, Outline base) {
        JsonObject config = new JsonObject();
        config.addProperty(PeftFile.TYPE, type);
        config.addProperty(TOKENS, tokens);
        config.addProperty("token_dim", base.model().width());
        config.addProperty("num_layers", base.model().blocks());
        config.addProperty("num_transformer_submodules", 1);
        base.sites().values().stream()
                .filter(Attention.class::isInstance)
                .map(Attention.class::cast)
                .findFirst()
                .ifPresent(a -> config.addProperty("num_attention_heads", a.heads()));
        return config;
    }

    /** All tensors but the rows, and these by our names. */
    static Weights replaced(PeftFile file, Map<String, Tensor> rows) {
        Map<String, Tensor> ours = new HashMap<>(rows);
        file.tensors()
                .only(name -> !name.equals(ROWS))
                .names()
                .forEach(name -> ours.put(name, file.tensor(name)));
        return Weights.of(ours);
    }
}
