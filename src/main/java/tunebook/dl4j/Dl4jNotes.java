package tunebook.dl4j;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;

/**
 * What only Tunebook knows of a network that it saved, in entries that DL4J passes over.
 *
 * @param name of the model
 * @param labels of its classes, in the order of the outputs
 * @param image height, width and channels, which DL4J does not keep; empty where it takes vectors
 * @param exact weights that DL4J keeps in another form, to the bit
 */
record Dl4jNotes(String name, List<String> labels, List<Integer> image, Weights exact) {
    private static final String NOTES = "tunebook.json";
    private static final String EXACT = "tunebook.safetensors";
    private static final int MOST = 64 << 20;

    Dl4jNotes {
        labels = List.copyOf(labels);
        image = List.copyOf(image);
    }

    /** Those of a model that is to be written. */
    static Dl4jNotes of(String name, List<String> labels, Dl4jModel model, Weights weights) {
        Form form = model.network().input();
        List<Integer> image =
                form.isImage() ? List.of(form.height(), form.width(), form.channels()) : List.of();
        Map<String, Tensor> exact = new HashMap<>();
        for (Parameter parameter : model.network().parameters()) {
            String weight = parameter.weight().name();
            if (parameter.logarithmic()) exact.put(weight, weights.get(weight));
        }
        return new Dl4jNotes(name, labels, image, Weights.of(exact));
    }

    /** The entries by name. */
    Map<String, byte[]> entries() {
        JsonObject notes = new JsonObject();
        notes.addProperty("name", name);
        notes.add("labels", new Gson().toJsonTree(labels));
        notes.add("image", new Gson().toJsonTree(image));
        return Map.of(
                NOTES,
                (notes + "\n").getBytes(StandardCharsets.UTF_8),
                EXACT,
                SafeTensors.bytes(exact, Map.of()));
    }

    /** Those of a file; empty where it has none. */
    static Optional<Dl4jNotes> read(String where, ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(NOTES);
        if (entry == null) return Optional.empty();
        String at = where + " " + NOTES;
        JsonObject notes =
                Json.object(at, new String(bytes(at, zip, entry), StandardCharsets.UTF_8));
        ZipEntry exact = zip.getEntry(EXACT);
        String weights = where + " " + EXACT;
        return Optional.of(
                new Dl4jNotes(
                        Json.text(notes, "name", ""),
                        texts(at, notes.get("labels")),
                        numbers(at, notes.get("image")),
                        exact == null
                                ? Weights.none()
                                : SafeTensors.read(
                                        weights, ByteBuffer.wrap(bytes(weights, zip, exact)))));
    }

    private static byte[] bytes(String where, ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(MOST + 1);
            if (bytes.length <= MOST) return bytes;
            throw new TunebookException(where, "is larger than 64 MiB", "fetch the file again");
        }
    }

    private static List<String> texts(String where, JsonElement list) {
        List<String> texts = new ArrayList<>();
        if (list == null || !list.isJsonArray()) throw broken(where, "labels are no list");
        for (JsonElement text : list.getAsJsonArray()) {
            if (!text.isJsonPrimitive()) throw broken(where, "a label is " + text);
            texts.add(text.getAsString());
        }
        return texts;
    }

    private static List<Integer> numbers(String where, JsonElement list) {
        List<Integer> numbers = new ArrayList<>();
        for (String text : texts(where, list)) {
            if (!text.matches("[1-9]\\d{0,5}")) throw broken(where, "a size is " + text);
            numbers.add(Integer.parseInt(text));
        }
        if (numbers.isEmpty() || numbers.size() == 3) return numbers;
        throw broken(where, "image is " + numbers + ": height, width and channels are due");
    }

    private static TunebookException broken(String where, String what) {
        return new TunebookException(where, what, "fetch the file again");
    }

    /** A backbone with the exact weights in place of those that went through DL4J's form. */
    Backbone exact(String where, Backbone read) {
        for (String weight : exact.names()) {
            boolean fits =
                    read.weights().has(weight)
                            && read.weights().get(weight).shape().equals(exact.get(weight).shape());
            if (!fits) throw broken(where + " " + EXACT, weight + " is none of the network's");
        }
        return new Backbone(read.name(), read.model(), read.weights().with(exact), null);
    }
}
