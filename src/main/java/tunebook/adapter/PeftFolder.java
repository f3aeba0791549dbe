package tunebook.adapter;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tunebook.core.TunebookException;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;

/**
 * An adapter as a folder in PEFT's layout: {@code adapter_config.json} and {@code
 * adapter_model.safetensors} with PEFT's keys, the head among them. PiSSA and OLoRA adapters are
 * written as an ordinary LoRA of twice the rank that fits the original backbone; the rows of
 * P-tuning and of a projected prefix are written as computed, as PEFT does. Labels and what PEFT
 * has no field for stand in the tensors' file, in its metadata.
 *
 * @see <a href="https://huggingface.co/docs/peft/developer_guides/checkpoint">the format</a>
 */
public final class PeftFolder {
    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();
    private static final String CONFIG = "adapter_config.json";
    private static final String MODEL = "adapter_model.safetensors";

    private PeftFolder() {}

    /**
     * Writes an adapter.
     *
     * @param backbone that it was learned on
     * @throws TunebookException if PEFT has no format for the method, or a file cannot be written
     */
    public static void write(Path folder, Adapter adapter, Backbone backbone) {
        PeftWriter writer = PeftWriter.of(adapter, backbone);
        JsonObject config = writer.config();
        try {
            Files.createDirectories(folder);
            SafeTensors.write(folder.resolve(MODEL), writer.weights(), writer.metadata());
            Files.writeString(folder.resolve(CONFIG), JSON.toJson(config) + "\n");
        } catch (IOException e) {
            throw new TunebookException(
                    folder.toString(),
                    "cannot be written: " + e,
                    "check the folder and its rights",
                    e);
        }
    }

    /**
     * Reads an adapter for a backbone.
     *
     * @throws TunebookException if a file is missing, its kind is not known, or it does not fit
     */
    public static Adapter read(Path folder, Backbone backbone) {
        Path file = folder.resolve(CONFIG);
        PeftConfig config;
        try {
            config = PeftConfig.parse(file.toString(), Files.readString(file));
        } catch (IOException e) {
            throw new TunebookException(
                    file.toString(),
                    "cannot be read: " + e.getMessage(),
                    "give a folder with an " + CONFIG,
                    e);
        }
        Path model = folder.resolve(MODEL);
        Map<String, String> metadata = SafeTensors.metadata(model);
        Adapter adapter =
                new PeftReader(file.toString(), config, SafeTensors.read(model), metadata, backbone)
                        .adapter(folder.getFileName().toString());
        adapter.on(backbone);
        return adapter;
    }
}
