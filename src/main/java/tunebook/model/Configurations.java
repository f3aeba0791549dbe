package tunebook.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import tunebook.core.TunebookException;

/** Architectures from Hugging Face's {@code config.json}, and back. */
public final class Configurations {
    private Configurations() {}

    /**
     * Reads a configuration.
     *
     * @param where the file's name, for errors
     * @param json its text
     * @throws TunebookException if it is no JSON object, names another family, or lacks a size
     */
    public static Model read(String where, String json) {
        JsonObject config;
        try {
            config = JsonParser.parseString(json).getAsJsonObject();
        } catch (JsonSyntaxException | IllegalStateException e) {
            throw new TunebookException(where, "is not a JSON object", "fetch the file again", e);
        }
        String family = text(config, "model_type", "none");
        if (family.equals("bert")) return bert(where, config);
        if (family.startsWith("gpt")) return gpt2(where, config, family);
        throw new TunebookException(where, "model_type is " + family, "bert and gpt2 can be read");
    }

    private static Model bert(String where, JsonObject config) {
        activation(where, text(config, "hidden_act", "gelu"), "gelu");
        return new Bert(
                integer(where, config, "num_hidden_layers"),
                integer(where, config, "hidden_size"),
                integer(where, config, "num_attention_heads"),
                integer(where, config, "intermediate_size"),
                integer(where, config, "vocab_size"),
                integer(where, config, "max_position_embeddings"),
                config.has("type_vocab_size") ? integer(where, config, "type_vocab_size") : 2,
                number(where, config, "layer_norm_eps", 1e-12),
                number(where, config, "hidden_dropout_prob", 0.1),
                pooling(where, text(config, "classifier_pooling", "cls")));
    }

    /** GPT-2's, and minGPT's, whose names are {@code gpt-mini}, {@code gpt-nano} and so on. */
    private static Model gpt2(String where, JsonObject config, String family) {
        boolean original = family.equals("gpt2");
        activation(where, text(config, "activation_function", "gelu_new"), "gelu_new");
        return new Gpt2(
                integer(where, config, "n_layer"),
                integer(where, config, "n_embd"),
                integer(where, config, "n_head"),
                integer(where, config, "vocab_size"),
                integer(where, config, original ? "n_positions" : "block_size"),
                number(where, config, "layer_norm_epsilon", 1e-5),
                number(where, config, "resid_pdrop", 0.1),
                original ? Gpt2.Layout.CONV1D_TIED : Gpt2.Layout.LINEAR);
    }

    private static void activation(String where, String found, String known) {
        if (!found.equals(known)) {
            throw new TunebookException(
                    where, "the activation is " + found, known + " can be read");
        }
    }

    private static int integer(String where, JsonObject config, String key) {
        JsonElement value = config.get(key);
        if (value == null || !value.isJsonPrimitive()) {
            throw new TunebookException(
                    where, "has no " + key, "take the config.json that belongs to the weights");
        }
        try {
            return value.getAsInt();
        } catch (NumberFormatException e) {
            throw new TunebookException(where, key + " is " + value, "give a whole number", e);
        }
    }

    private static double number(String where, JsonObject config, String key, double otherwise) {
        if (!config.has(key)) return otherwise;
        try {
            return config.get(key).getAsDouble();
        } catch (NumberFormatException | UnsupportedOperationException | IllegalStateException e) {
            throw new TunebookException(where, key + " is " + config.get(key), "give a number", e);
        }
    }

    private static Bert.Pooling pooling(String where, String name) {
        return switch (name) {
            case "cls" -> Bert.Pooling.CLS;
            case "mean" -> Bert.Pooling.MEAN;
            default ->
                    throw new TunebookException(
                            where, "classifier_pooling is " + name, "cls or mean can be read");
        };
    }

    private static String text(JsonObject config, String key, String otherwise) {
        return config.has(key) ? config.get(key).getAsString() : otherwise;
    }
}
