package tunebook.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.HuggingFaceTokens;
import tunebook.data.SafeTensors;
import tunebook.data.TorchFile;
import tunebook.model.Backbone;
import tunebook.model.Configurations;
import tunebook.model.Model;

/**
 * A backbone as a folder in Hugging Face's layout: {@code config.json}, {@code model.safetensors}
 * or {@code pytorch_model.bin}, and {@code tokenizer.json} where it reads texts; or as a lone file
 * of weights.
 */
public final class BackboneFolder {
    private BackboneFolder() {}

    /**
     * Reads a folder; {@code vocab.txt} serves where there is no {@code tokenizer.json}, {@code
     * pytorch_model.bin} where there is no {@code model.safetensors}.
     *
     * @throws TunebookException if a file is missing, or does not fit the others
     */
    public static Backbone read(Path folder) {
        return read(folder.getFileName().toString(), folder);
    }

    /** The same under a name of its own. */
    public static Backbone read(String name, Path folder) {
        Path config = folder.resolve("config.json");
        if (!Files.exists(config))
            throw new TunebookException(
                    config.toString(),
                    "config.json is missing in that folder",
                    "give a folder in Hugging Face's layout: config.json, model.safetensors and"
                            + " tokenizer.json");
        try {
            Model model = Configurations.read(config.toString(), Files.readString(config));
            return new Backbone(
                    name,
                    model,
                    model.fromFile(weights(folder)),
                    model.reads().isPresent() ? HuggingFaceTokens.of(folder) : null);
        } catch (IOException e) {
            throw new TunebookException(
                    config.toString(),
                    "cannot be read: " + e.getMessage(),
                    "give a folder with a config.json",
                    e);
        }
    }

    /**
     * Reads a file with the weights of a ResNet, {@code .safetensors} or torch's; the architecture
     * follows from their names and shapes.
     *
     * @throws TunebookException if the file is missing or broken, or holds no ResNet
     */
    public static Backbone readFile(Path file) {
        String name = file.getFileName().toString();
        Weights weights =
                name.endsWith(".safetensors") ? SafeTensors.read(file) : TorchFile.read(file);
        Model model = Configurations.guess(file.toString(), weights);
        return new Backbone(
                name.replaceFirst("\\.[^.]+$", ""), model, model.fromFile(weights), null);
    }

    private static Weights weights(Path folder) {
        Path safe = folder.resolve("model.safetensors");
        Path torch = folder.resolve("pytorch_model.bin");
        if (!Files.exists(safe) && Files.exists(folder.resolve("model.safetensors.index.json")))
            throw new TunebookException(
                    safe.toString(),
                    "is missing: the checkpoint is in shards, as model.safetensors.index.json says",
                    "write it as one file: model.save_pretrained(folder, max_shard_size=\"100GB\")"
                            + " in Hugging Face's transformers");
        return !Files.exists(safe) && Files.exists(torch)
                ? TorchFile.read(torch)
                : SafeTensors.read(safe);
    }

    /**
     * Writes configuration, weights and tokenizer.
     *
     * @param tokenizerJson null for a model of pictures
     * @throws IOException if the folder cannot be written
     */
    public static void write(Path folder, Model model, Weights weights, String tokenizerJson)
            throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), model.configuration());
        if (tokenizerJson != null)
            Files.writeString(folder.resolve("tokenizer.json"), tokenizerJson);
        SafeTensors.write(
                folder.resolve("model.safetensors"), model.toFile(weights), SafeTensors.METADATA);
    }
}
