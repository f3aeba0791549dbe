package tunebook.adapter;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tunebook.core.Scale;
import tunebook.core.Tokenizer;
import tunebook.model.Backbone;
import tunebook.model.ImageInput;
import tunebook.model.Model;
import tunebook.recipe.Adapter;

/** The JSON files of a model's folder, as Hugging Face's libraries read them. */
final class ModelFiles {
    /** Which class of Hugging Face's the model is. */
    static final String ARCHITECTURES = "architectures";

    static final String PROBLEM = "problem_type";

    /** The labels by their numbers. */
    static final String LABELS = "id2label";

    /** What only Tunebook knows; Hugging Face's libraries pass over it. */
    static final String NOTES = "tunebook";

    static final String NAME = "name";
    static final String LIMIT = "limit";
    static final String MEAN = "mean";
    static final String DEVIATION = "deviation";

    /** Special tokens by what Hugging Face calls them; the first that a vocabulary has serves. */
    private static final Map<String, List<String>> SPECIAL =
            Map.of(
                    "pad_token", List.of("[PAD]", "<pad>", "<|endoftext|>"),
                    "eos_token", List.of("<|endoftext|>", "</s>"),
                    "unk_token", List.of("[UNK]", "<unk>", "<|endoftext|>"),
                    "cls_token", List.of("[CLS]", "<s>"),
                    "sep_token", List.of("[SEP]", "</s>"),
                    "mask_token", List.of("[MASK]", "<mask>"));

    private ModelFiles() {}

    /** The model's own configuration with its head, and with what answers are made of. */
    static JsonObject config(Backbone backbone, Adapter head, int limit) {
        Model model = backbone.model();
        JsonObject config = JsonParser.parseString(model.configuration()).getAsJsonObject();
        JsonArray architectures = new JsonArray();
        architectures.add(head.head().architecture(model));
        config.add(ARCHITECTURES, architectures);
        head.head().problemType().ifPresent(problem -> config.addProperty(PROBLEM, problem));
        JsonObject labels = new JsonObject();
        JsonObject ids = new JsonObject();
        List<String> names = head.head().hasLabels() ? head.labels() : List.of("LABEL_0");
        for (int i = 0; i < names.size(); i++) {
            labels.addProperty(Integer.toString(i), names.get(i));
            ids.addProperty(names.get(i), i);
        }
        if (head.head().problemType().isPresent() || head.head().hasLabels()) {
            config.add(LABELS, labels);
            config.add("label2id", ids);
        }
        if (model.causal() && backbone.tokenizer() != null)
            for (String role : List.of("pad_token", "eos_token"))
                special(backbone.tokenizer(), role)
                        .ifPresent(
                                token ->
                                        config.addProperty(
                                                role + "_id", backbone.tokenizer().id(token)));
        JsonObject notes = new JsonObject();
        notes.addProperty(NAME, head.name());
        if (model.reads().isPresent()) notes.addProperty(LIMIT, limit);
        if (!head.scale().equals(Scale.NONE)) {
            notes.addProperty(MEAN, head.scale().mean());
            notes.addProperty(DEVIATION, head.scale().deviation());
        }
        config.add(NOTES, notes);
        return config;
    }

    private static Optional<String> special(Tokenizer tokenizer, String role) {
        return SPECIAL.get(role).stream().filter(token -> tokenizer.id(token) >= 0).findFirst();
    }

    /** What tokenizer.json does not say: the class that takes it as it is, and the length. */
    static JsonObject tokenizer(Tokenizer tokenizer, JsonObject config, int limit) {
        JsonObject json = new JsonObject();
        json.addProperty("tokenizer_class", "PreTrainedTokenizerFast");
        json.addProperty("model_max_length", limit);
        JsonArray inputs = new JsonArray();
        inputs.add("input_ids");
        if (config.has("type_vocab_size")) inputs.add("token_type_ids");
        inputs.add("attention_mask");
        json.add("model_input_names", inputs);
        SPECIAL.keySet().stream()
                .sorted()
                .forEach(
                        role ->
                                special(tokenizer, role)
                                        .ifPresent(token -> json.addProperty(role, token)));
        return json;
    }

    /** How pictures are read: scaled to cover the size, cut to its middle, then normalized. */
    static JsonObject pictures(ImageInput image) {
        Gson gson = new Gson();
        JsonObject shortest = new JsonObject();
        shortest.addProperty("shortest_edge", Math.max(image.height(), image.width()));
        JsonObject size = new JsonObject();
        size.addProperty("height", image.height());
        size.addProperty("width", image.width());
        JsonObject json = new JsonObject();
        json.addProperty("image_processor_type", "BitImageProcessor");
        json.addProperty("do_convert_rgb", image.channels() == 3);
        json.addProperty("do_resize", true);
        json.add("size", shortest);
        json.addProperty("resample", 2); // bilinear
        json.addProperty("do_center_crop", true);
        json.add("crop_size", size);
        json.addProperty("do_rescale", true);
        json.addProperty("rescale_factor", 1 / 255.0);
        json.addProperty("do_normalize", true);
        json.add("image_mean", gson.toJsonTree(image.mean()));
        json.add("image_std", gson.toJsonTree(image.deviation()));
        return json;
    }
}
