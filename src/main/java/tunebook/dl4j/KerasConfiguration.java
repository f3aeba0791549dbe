package tunebook.dl4j;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import tunebook.core.Names;
import tunebook.core.TunebookException;

/**
 * What Keras says of an architecture, looked through before anything is made of it: every class
 * that it names is on a list, so that no code of the file's, no lambda and no class of somebody
 * else's is ever looked for.
 *
 * @param where the file's name, for errors
 * @param model its object
 */
record KerasConfiguration(String where, JsonObject model) {
    private static final Set<String> MODELS = Set.of("Sequential", "Model", "Functional");

    private static final Set<String> LAYERS =
            Set.of(
                    "InputLayer",
                    "Dense",
                    "Conv2D",
                    "MaxPooling2D",
                    "AveragePooling2D",
                    "GlobalMaxPooling2D",
                    "GlobalAveragePooling2D",
                    "ZeroPadding2D",
                    "BatchNormalization",
                    "Activation",
                    "ReLU",
                    "LeakyReLU",
                    "Softmax",
                    "Dropout",
                    "Flatten",
                    "Add",
                    "Subtract",
                    "Multiply",
                    "Average",
                    "Maximum",
                    "Concatenate");

    /** What layers name inside: how weights begin, what restrains them. */
    private static final Set<String> PARTS =
            Set.of(
                    "Zeros",
                    "Ones",
                    "Constant",
                    "Identity",
                    "Orthogonal",
                    "RandomNormal",
                    "RandomUniform",
                    "TruncatedNormal",
                    "VarianceScaling",
                    "GlorotNormal",
                    "GlorotUniform",
                    "HeNormal",
                    "HeUniform",
                    "LecunNormal",
                    "LecunUniform",
                    "L1",
                    "L2",
                    "L1L2",
                    "MaxNorm",
                    "MinMaxNorm",
                    "NonNeg",
                    "UnitNorm");

    /**
     * Checks it all.
     *
     * @throws TunebookException naming what is not served
     */
    KerasConfiguration {
        String version = Json.text(model, "keras_version", "none");
        if (!version.startsWith("2.")) {
            throw refused(
                    where, "keras_version is " + version, "save it with Keras 2, as tf_keras does");
        }
        String backend = Json.text(model, "backend", "none");
        if (!backend.equals("tensorflow"))
            throw refused(where, "backend is " + backend, "save it with the tensorflow backend");
        String kind = Json.text(model, "class_name", "none");
        if (!MODELS.contains(kind))
            throw refused(where, "is a " + kind, "give a Sequential or functional model");
        Set<String> names = new TreeSet<>();
        JsonArray layers = layers(where, model);
        if (layers.isEmpty()) throw refused(where, "has no layers", "fetch the file again");
        for (JsonElement element : layers) {
            JsonObject layer =
                    element.isJsonObject() ? element.getAsJsonObject() : new JsonObject();
            JsonObject inside = Json.inside(layer, "config");
            String name = Json.text(inside, "name", "");
            check(where, name, Json.text(layer, "class_name", "none"), LAYERS);
            if (name.isEmpty() || !names.add(name))
                throw refused(where, "layer name \"" + name + "\"", "give each layer its own");
            Json.texts(inside, (key, text) -> checkText(where, name, key, text));
        }
        Json.texts(model, (key, text) -> checkText(where, "", key, text));
    }

    private static void checkText(String where, String layer, String key, String text) {
        if (key.equals("class_name")) {
            Set<String> all = new TreeSet<>(LAYERS);
            all.addAll(MODELS);
            all.addAll(PARTS);
            check(where, layer, text, all);
        }
        if (key.equals("data_format") && !text.equals("channels_last")) {
            throw refused(
                    where + " layer " + layer,
                    "data_format is " + text,
                    "convert the model to channels_last");
        }
    }

    private static void check(String where, String layer, String name, Set<String> served) {
        if (served.contains(name)) return;
        throw refused(
                where + (layer.isEmpty() ? "" : " layer " + layer),
                "class "
                        + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_.$]", "?")
                        + " is not served",
                Names.nearest(name, LAYERS).map(n -> "nearest is " + n + "; ").orElse("")
                        + "take such layers out in Keras before saving");
    }

    private static JsonArray layers(String where, JsonObject model) {
        JsonElement inside = model.get("config");
        if (inside != null && inside.isJsonObject())
            inside = inside.getAsJsonObject().get("layers");
        if (inside == null || !inside.isJsonArray())
            throw refused(where, "has no list of layers", "give the JSON of model.to_json()");
        return inside.getAsJsonArray();
    }

    private static TunebookException refused(String where, String what, String mend) {
        return new TunebookException(where, what, mend);
    }

    boolean isSequential() {
        return model.get("class_name").getAsString().equals("Sequential");
    }

    /** What people call it. */
    String name() {
        return Json.text(Json.inside(model, "config"), "name", "keras model");
    }

    /** Whether a layer's setting is switched off. */
    boolean isOff(String layer, String setting) {
        for (JsonElement element : layers(where, model)) {
            JsonObject inside = Json.inside(element.getAsJsonObject(), "config");
            JsonElement value = inside.get(setting);
            if (Json.text(inside, "name", "").equals(layer))
                return value != null && value.toString().equals("false");
        }
        return false;
    }
}
