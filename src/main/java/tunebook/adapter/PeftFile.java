package tunebook.adapter;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tunebook.core.ElementType;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.data.WholeFolder;

/**
 * What a folder with an adapter holds, before it lies over a backbone.
 *
 * @param where the file of the tensors, for errors
 * @param config what PEFT knows of it
 * @param notes what only Tunebook knows of it; empty where PEFT wrote the folder
 * @param tensors by the names that they would have in the model
 */
record PeftFile(String where, JsonFile config, JsonFile notes, Weights tensors) {
    static final String TYPE = "peft_type";
    private static final String CONFIG = "adapter_config.json";
    private static final String TENSORS = "adapter_model.safetensors";
    private static final String NOTES = "tunebook.json";
    private static final String ANY_PREFIX = "^base_model\\.(model\\.)?";

    static PeftFile read(Path folder) {
        JsonFile config = JsonFile.read(folder.resolve(CONFIG));
        Path notes = folder.resolve(NOTES);
        Path file = folder.resolve(TENSORS);
        Weights all = SafeTensors.read(file);
        Map<String, Tensor> tensors = new TreeMap<>();
        for (String name : all.names())
            tensors.put(name.replaceFirst(ANY_PREFIX, ""), all.get(name).as(ElementType.F32));
        return new PeftFile(
                file.toString(),
                config,
                Files.exists(notes)
                        ? JsonFile.read(notes)
                        : new JsonFile(notes.toString(), new JsonObject()),
                Weights.of(tensors));
    }

    /** Writes all three files, the configuration last. */
    static void write(Path folder, JsonObject config, JsonObject notes, Weights tensors) {
        try {
            WholeFolder.write(
                    folder,
                    CONFIG,
                    Set.of(CONFIG, TENSORS, NOTES),
                    to -> {
                        SafeTensors.write(to.resolve(TENSORS), tensors, SafeTensors.METADATA);
                        JsonFile.write(to.resolve(NOTES), notes);
                        JsonFile.write(to.resolve(CONFIG), config);
                    });
        } catch (IOException e) {
            throw new TunebookException(
                    folder.toString(),
                    "cannot be written: " + e,
                    "check the folder, its rights and the space left",
                    e);
        }
    }

    /** A tensor that has to be there. */
    Tensor tensor(String name) {
        if (!tensors.has(name)) {
            throw new TunebookException(
                    where,
                    name + " is missing",
                    "take the weights and the configuration of one adapter");
        }
        return tensors.get(name);
    }

    /** The error of a tensor that has another shape than the backbone asks for. */
    TunebookException misfit(String name, Object wanted) {
        return new TunebookException(
                where,
                name + " is " + tensor(name).shape() + " where it has to be " + wanted,
                "take the backbone that the adapter was learned on");
    }
}
