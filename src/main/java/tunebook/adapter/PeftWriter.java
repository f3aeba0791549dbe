package tunebook.adapter;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tunebook.core.Site;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.LoraMix;
import tunebook.recipe.Method;
import tunebook.recipe.PTuning;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Ranks;

/** One adapter in PEFT's words. */
final class PeftWriter {
    private final Adapter adapter;
    private final Backbone backbone;
    private final Map<String, Site> modules;
    private final JsonObject config = new JsonObject();
    private final Map<String, Tensor> tensors = new TreeMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private PeftWriter(Adapter adapter, Backbone backbone) {
        this.adapter = adapter;
        this.backbone = backbone;
        this.modules = PeftNames.modules(backbone, adapter.labels().size());
    }

    static PeftWriter of(Adapter adapter, Backbone backbone) {
        boolean turned =
                adapter.recipe().method() instanceof Lora lora
                        && lora.form().start() != LoraForm.Start.KAIMING;
        Adapter plain = turned ? LoraMix.of(adapter.name(), List.of(adapter), 1) : adapter;
        PeftWriter writer = new PeftWriter(plain, backbone);
        plain.on(backbone);
        writer.write(plain.recipe().method());
        return writer;
    }

    JsonObject config() {
        return config;
    }

    Weights weights() {
        return Weights.of(tensors);
    }

    Map<String, String> metadata() {
        return metadata;
    }

    private void write(Method method) {
        config.add("auto_mapping", JsonNull.INSTANCE);
        config.addProperty("base_model_name_or_path", backbone.name());
        config.addProperty("inference_mode", true);
        config.add("revision", JsonNull.INSTANCE);
        config.addProperty("task_type", "SEQ_CLS");
        metadata.put("format", "pt");
        metadata.put("tunebook_name", adapter.name());
        metadata.put("tunebook_labels", new Gson().toJson(adapter.labels()));
        if (method instanceof Lora lora) lora(lora);
        else if (method instanceof Ia3) ia3();
        else if (method instanceof PromptTuning prompt) rows("PROMPT_TUNING", prompt.tokens());
        else if (method instanceof PTuning prompt) rows("P_TUNING", prompt.tokens());
        else if (method instanceof PrefixTuning prefix) prefix(prefix);
        else
            throw new TunebookException(
                    "saving " + adapter.name(),
                    "PEFT has no format for " + method.label(),
                    method.unmergeable().isEmpty()
                            ? "merge it and keep the whole model"
                            : "keep the study's store: its runs are found again there");
        Set<String> saved = new TreeSet<>();
        for (String name : adapter.weights().names()) {
            if (adapter.on(backbone).plan().adds(name)) continue;
            tensors.put(PeftNames.ROOT + name, adapter.weights().get(name));
            saved.add(name.substring(0, name.lastIndexOf('.')));
        }
        config.add("modules_to_save", list(saved));
    }

    private void lora(Lora lora) {
        Ranks ranks = lora.ranks();
        config.addProperty("peft_type", "LORA");
        config.addProperty("r", ranks.rank());
        config.addProperty("lora_alpha", ranks.alpha());
        config.addProperty("lora_dropout", lora.form().dropout());
        config.addProperty("use_rslora", lora.form().stabilized());
        config.addProperty("use_dora", lora.form().decomposed());
        config.addProperty("init_lora_weights", true);
        config.addProperty("fan_in_fan_out", false);
        config.addProperty("bias", "none");
        JsonObject rankOf = new JsonObject();
        JsonObject alphaOf = new JsonObject();
        Set<String> sites = new TreeSet<>();
        for (String name : adapter.weights().names()) {
            if (!name.contains(".lora_")) continue;
            String site = name.substring(0, name.indexOf(".lora_"));
            Tensor tensor = adapter.weights().get(name);
            sites.add(site);
            if (name.endsWith(".lora_embedding_A")) {
                tensors.put(PeftNames.ROOT + name, tensor.turned());
            } else if (name.endsWith(".lora_embedding_B.weight")) {
                tensors.put(PeftNames.ROOT + name.substring(0, name.lastIndexOf('.')), tensor);
            } else {
                tensors.put(PeftNames.ROOT + name, tensor);
            }
            if (ranks.rank(site) != ranks.rank()) rankOf.addProperty(site, ranks.rank(site));
            if (ranks.alpha(site) != ranks.alpha()) alphaOf.addProperty(site, ranks.alpha(site));
        }
        config.add("rank_pattern", rankOf);
        config.add("alpha_pattern", alphaOf);
        config.add("target_modules", targets(sites));
    }

    private void ia3() {
        Set<String> sites = new TreeSet<>();
        Set<String> inputs = new TreeSet<>();
        for (String name : adapter.weights().names()) {
            if (!name.endsWith(".ia3_l")) continue;
            String site = name.substring(0, name.lastIndexOf('.'));
            Tensor factors = adapter.weights().get(name);
            int width = (int) factors.shape().elements();
            boolean input = PeftNames.scalesInput(modules.get(site));
            sites.add(site);
            if (input) inputs.add(site);
            tensors.put(
                    PeftNames.ROOT + name,
                    input
                            ? PeftNames.shaped(factors, 1, width)
                            : PeftNames.shaped(factors, width, 1));
        }
        config.addProperty("peft_type", "IA3");
        config.addProperty("fan_in_fan_out", false);
        config.addProperty("init_ia3_weights", true);
        config.add("target_modules", targets(sites));
        config.add("feedforward_modules", targets(inputs));
    }

    private void rows(String type, int tokens) {
        shape(type, tokens);
        if (type.equals("P_TUNING")) config.addProperty("encoder_reparameterization_type", "MLP");
        else config.addProperty("prompt_tuning_init", "RANDOM");
        tensors.put(PeftNames.ROWS, PeftRows.before(backbone, adapter));
    }

    private void prefix(PrefixTuning prefix) {
        shape("PREFIX_TUNING", prefix.tokens());
        config.addProperty("prefix_projection", false);
        metadata.put("tunebook_first_position", Integer.toString(prefix.firstPosition()));
        tensors.put(PeftNames.ROWS, PeftRows.prefix(backbone, adapter, prefix));
    }

    private void shape(String type, int tokens) {
        config.addProperty("peft_type", type);
        config.addProperty("num_virtual_tokens", tokens);
        config.addProperty("token_dim", backbone.model().width());
        config.addProperty("num_layers", backbone.model().blocks());
        config.addProperty("num_transformer_submodules", 1);
    }

    /** A list, or a single string where the one entry is a regular expression. */
    private JsonElement targets(Collection<String> wanted) {
        List<String> targets = PeftNames.targets(wanted, modules.keySet());
        boolean expression = targets.size() == 1 && !targets.get(0).matches("[\\w.]+");
        return expression ? new JsonPrimitive(targets.get(0)) : list(targets);
    }

    private static JsonArray list(Collection<String> names) {
        JsonArray array = new JsonArray();
        names.forEach(array::add);
        return array;
    }
}
