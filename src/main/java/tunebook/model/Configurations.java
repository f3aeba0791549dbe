package tunebook.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonSyntaxException;
import java.util.ArrayList;
import java.util.List;
import tunebook.core.TunebookException;
import tunebook.core.Weights;

/** Architectures from Hugging Face's {@code config.json}. */
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
        JsonObject object;
        try {
            object = JsonParser.parseString(json).getAsJsonObject();
        } catch (JsonSyntaxException | IllegalStateException e) {
            throw new TunebookException(where, "is not a JSON object", "fetch the file again", e);
        }
        Reader config = new Reader(where, object);
        String type = config.text("model_type", "none");
        for (EncoderFamily family : EncoderFamily.values())
            if (family.id().equals(type)) return EncoderConfiguration.read(config, family);
        if (type.startsWith("gpt")) return gpt2(config, type.equals("gpt2"));
        if (type.equals(ResNetConfiguration.TYPE)) return ResNetConfiguration.read(config);
        if (type.equals(ResNetConfiguration.CIFAR)) return ResNetConfiguration.cifar(config);
        if (config.has("architecture"))
            return ResNetConfiguration.timm(config, config.text("architecture", ""));
        throw new TunebookException(
                where,
                "model_type is " + type,
                "bert, roberta, distilbert, gpt2 and resnet can be read");
    }

    /**
     * The architecture that weights without a configuration belong to, by their names and shapes: a
     * ResNet of torchvision's or one of the small ones.
     *
     * @param where the file's name, for errors
     * @param file weights under the file's names
     * @throws TunebookException if they are no ResNet's
     */
    public static Model guess(String where, Weights file) {
        return ResNetFiles.architecture(where, ResNetFiles.from(file));
    }

    /** GPT-2's, and minGPT's, whose names are {@code gpt-mini}, {@code gpt-nano} and so on. */
    private static Model gpt2(Reader config, boolean original) {
        config.activation("activation_function", "gelu_new");
        return new Gpt2(
                config.integer("n_layer"),
                config.integer("n_embd"),
                config.integer("n_head"),
                config.integer("vocab_size"),
                config.integer(original ? "n_positions" : "block_size"),
                config.number("layer_norm_epsilon", 1e-5),
                config.number("resid_pdrop", 0.1),
                original ? Gpt2.Layout.CONV1D_TIED : Gpt2.Layout.LINEAR);
    }

    /**
     * Fields of a configuration, with errors that name file and field.
     *
     * @param where the file's name
     * @param config its object
     */
    record Reader(String where, JsonObject config) {
        int integer(String key) {
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

        boolean has(String key) {
            return config.has(key);
        }

        /** Whole numbers, or one alone. */
        List<Integer> integers(String key) {
            List<Integer> whole = new ArrayList<>();
            for (double number : numbers(key)) {
                if (number != Math.rint(number))
                    throw new TunebookException(
                            where, key + " is " + config.get(key), "give whole numbers");
                whole.add((int) number);
            }
            return whole;
        }

        /** Numbers, at least one, or one alone. */
        List<Double> numbers(String key) {
            JsonElement value = config.get(key);
            if (value == null)
                throw new TunebookException(
                        where, "has no " + key, "take the config.json that belongs to the weights");
            List<Double> numbers = new ArrayList<>();
            try {
                if (value.isJsonArray())
                    value.getAsJsonArray().forEach(e -> numbers.add(e.getAsDouble()));
                else numbers.add(value.getAsDouble());
            } catch (NumberFormatException
                    | UnsupportedOperationException
                    | IllegalStateException e) {
                throw new TunebookException(where, key + " is " + value, "give numbers", e);
            }
            if (numbers.isEmpty())
                throw new TunebookException(where, key + " is empty", "give at least one number");
            return numbers;
        }

        int integer(String key, int otherwise) {
            return config.has(key) ? integer(key) : otherwise;
        }

        double number(String key, double otherwise) {
            if (!config.has(key)) return otherwise;
            try {
                return config.get(key).getAsDouble();
            } catch (NumberFormatException
                    | UnsupportedOperationException
                    | IllegalStateException e) {
                throw new TunebookException(
                        where, key + " is " + config.get(key), "give a number", e);
            }
        }

        String text(String key, String otherwise) {
            return config.has(key) ? config.get(key).getAsString() : otherwise;
        }

        /** Refuses another activation than the one that can be computed. */
        void activation(String key, String known) {
            String found = text(key, known);
            if (!found.equals(known)) {
                throw new TunebookException(
                        where, "the activation is " + found, known + " can be read");
            }
        }

        Bert.Pooling pooling(String key) {
            return switch (text(key, "cls")) {
                case "cls" -> Bert.Pooling.CLS;
                case "mean" -> Bert.Pooling.MEAN;
                default ->
                        throw new TunebookException(
                                where, key + " is " + text(key, "cls"), "cls or mean can be read");
            };
        }
    }
}
