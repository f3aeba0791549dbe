package tunebook.adapter;

import com.google.gson.JsonElement;
import java.util.List;
import java.util.Locale;
import tunebook.core.Linear;
import tunebook.core.TunebookException;
import tunebook.model.Outline;

/** What PEFT's LoRA can do and Tunebook's cannot: refused rather than passed over. */
final class LoraLimits {
    /** Fields that change what is computed, or what is adapted. */
    private static final List<String> FIELDS =
            List.of(
                    "alora_invocation_tokens",
                    "arrow_config",
                    "kasa_config",
                    "layer_replication",
                    "lora_bias",
                    "monteclora_config",
                    "target_parameters",
                    "trainable_token_indices",
                    "use_bdlora",
                    "use_qalora");

    private LoraLimits() {}

    /** Refuses what would change more than the adapted products. */
    static void check(JsonFile config) {
        String bias = config.has("bias") ? config.text("bias") : "none";
        if (!bias.equals("none")) {
            throw new TunebookException(
                    config.where(), "bias is " + bias, "learn the adapter with bias none");
        }
        start(config);
        for (String field : FIELDS) {
            if (config.has(field) && says(config.element(field))) {
                throw new TunebookException(
                        config.where(),
                        field + " is " + config.element(field) + ", which cannot be read",
                        "learn the adapter without " + field);
            }
        }
    }

    private static boolean says(JsonElement value) {
        if (value.isJsonArray()) return !value.getAsJsonArray().isEmpty();
        if (value.isJsonObject()) return value.getAsJsonObject().size() > 0;
        return !value.getAsString().equals("false");
    }

    private static void start(JsonFile config) {
        String init = config.has("init_lora_weights") ? config.text("init_lora_weights") : "true";
        switch (init.toLowerCase(Locale.ROOT)) {
            case "true", "false", "gaussian", "orthogonal", "eva", "mica" -> {}
            default ->
                    throw new TunebookException(
                            config.where(),
                            "init_lora_weights is "
                                    + init
                                    + ", which changes the backbone's weights",
                            "save it as an ordinary LoRA: save_pretrained(folder,"
                                    + " path_initial_model_for_weight_conversion=...)");
        }
    }

    /**
     * Refuses updates of modules that are there, but are neither a block's product nor the table.
     */
    static void checkSites(PeftFile file, Outline base) {
        List<String> modules = PeftNames.all(base);
        for (String site : LoraTensors.sites(file.tensors())) {
            boolean known = base.sites().get(site) instanceof Linear;
            if (known || site.equals(base.words()) || !modules.contains(site)) continue;
            throw new TunebookException(
                    file.where(),
                    site
                            + " is adapted, and is neither a linear site of "
                            + base.name()
                            + "'s blocks nor its word table",
                    "learn the adapter with target_modules that leave it out");
        }
    }
}
