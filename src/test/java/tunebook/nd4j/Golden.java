package tunebook.nd4j;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tunebook.core.Batch;
import tunebook.core.Sequences;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.model.Configurations;
import tunebook.support.Shared;

/**
 * A small random BERT with outputs, losses, gradients and training trajectories that PyTorch
 * computed in float64.
 */
final class Golden {
    final Backbone backbone;
    final Weights values;
    final JsonObject numbers;
    private final int[] mask;
    private final int time;

    private Golden(Path folder) throws IOException {
        backbone =
                new Backbone(
                        "bert-random",
                        Configurations.read(
                                "config.json", Files.readString(folder.resolve("config.json"))),
                        SafeTensors.read(folder.resolve("model.safetensors")),
                        null);
        values = SafeTensors.read(folder.resolve("golden.safetensors"));
        numbers =
                JsonParser.parseString(Files.readString(folder.resolve("golden.json")))
                        .getAsJsonObject();
        mask = integers("attention_mask");
        time = values.get("input_ids").shape().size(1);
    }

    static Golden bert() throws IOException {
        return new Golden(Shared.path("goldens/bert-random"));
    }

    int[] integers(String name) {
        return Arrays.stream(values.get(name).doubles()).mapToInt(d -> (int) d).toArray();
    }

    double number(String name) {
        return numbers.get(name).getAsDouble();
    }

    JsonArray trajectory(String name) {
        return numbers.getAsJsonObject("training").getAsJsonObject(name).getAsJsonArray("rows");
    }

    double rate(String name) {
        return numbers.getAsJsonObject("training").getAsJsonObject(name).get("lr").getAsDouble();
    }

    /** The golden batch: padding taken out. */
    Batch batch() {
        int count = mask.length / time;
        int[] lengths = new int[count];
        for (int i = 0; i < mask.length; i++) lengths[i / time] += mask[i];
        return Batch.text(new Sequences(lengths), unpadded("input_ids"), unpadded("token_type_ids"))
                .labels(integers("labels"), null);
    }

    /** The golden batch with the rows whose words are to be predicted. */
    Batch masked() {
        int[] positions = integers("mlm.positions");
        Sequences rows = batch().sequences();
        int[] masked = new int[positions.length / 2];
        for (int i = 0; i < masked.length; i++)
            masked[i] = rows.start(positions[2 * i]) + positions[2 * i + 1];
        return batch().predicted(masked).labels(integers("mlm.targets"), null);
    }

    /** A padded golden of integers without what is padding. */
    int[] unpadded(String name) {
        int[] all = integers(name);
        int[] real = new int[all.length];
        int n = 0;
        for (int i = 0; i < all.length; i++) if (mask[i] == 1) real[n++] = all[i];
        return Arrays.copyOf(real, n);
    }

    /** Rows of a padded golden that are not padding, [rows, width]. */
    Tensor rows(String name) {
        double[] all = values.get(name).doubles();
        int width = values.get(name).shape().size(2);
        double[] real = new double[all.length];
        int n = 0;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] == 0) continue;
            System.arraycopy(all, i * width, real, n, width);
            n += width;
        }
        return Tensor.of(Arrays.copyOf(real, n), n / width, width);
    }

    private static final Pattern LAYER = Pattern.compile(".*\\.layer\\.(\\d+)\\..*");

    /** The golden's value of a weight that a method added; of the methods of LoRA's family one. */
    Optional<Tensor> value(String method, String name) {
        boolean family = Set.of("rslora.", "dora.").contains(method) && name.contains(".lora_");
        Optional<Tensor> own = method.isEmpty() ? Optional.empty() : adapter(method, "", name);
        return own.isPresent() || !family ? own : adapter("lora.", "", name);
    }

    /** The golden's gradient of a weight. */
    Optional<Tensor> gradient(String method, String name) {
        return adapter(method, "grad.", name);
    }

    private Optional<Tensor> adapter(String method, String kind, String name) {
        Matcher matcher = LAYER.matcher(name);
        int layer = matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
        String at = method + kind;
        if (name.endsWith(".prompt_embeddings")) return found(at + "prompt_embeddings");
        if (name.endsWith(".prefix_key")) return found(at + "prefix").map(t -> slice(t, 2 * layer));
        if (name.endsWith(".prefix_value"))
            return found(at + "prefix").map(t -> slice(t, 2 * layer + 1));
        int adapter = name.indexOf("adapter_");
        if (adapter > 0) return found(at + "layer." + layer + "." + name.substring(adapter + 8));
        return found(at + name);
    }

    private Optional<Tensor> found(String key) {
        return values.has(key) ? Optional.of(values.get(key)) : Optional.empty();
    }

    /** One of the matrices of a four-dimensional tensor. */
    private static Tensor slice(Tensor tensor, int i) {
        int rows = tensor.shape().size(2);
        int width = tensor.shape().size(3);
        double[] all = tensor.doubles();
        int from = i * rows * width;
        return Tensor.of(Arrays.copyOfRange(all, from, from + rows * width), rows, width);
    }
}
