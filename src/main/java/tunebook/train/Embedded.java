package tunebook.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tunebook.core.Names;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.HuggingFaceTokens;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.model.Configurations;
import tunebook.model.Model;

/** The backbones that the jar carries. */
public final class Embedded {
    /** Their names. */
    public static final List<String> NAMES = List.of("tiny-english", "tiny-gpt", "tiny-resnet");

    private static final String CONFIGURATION = "config.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String TOKENIZER = "tokenizer.json";

    private Embedded() {}

    /**
     * An embedded backbone by name, or one from a folder or a file of weights.
     *
     * @throws TunebookException if there is neither
     */
    public static Backbone read(String name) {
        if (NAMES.contains(name)) return embedded(name);
        if (Files.isDirectory(Path.of(name))) return BackboneFolder.read(Path.of(name));
        if (Files.isRegularFile(Path.of(name))) return BackboneFolder.readFile(Path.of(name));
        throw new TunebookException(
                "pretrained(\"" + name + "\")",
                "is neither an embedded backbone nor a folder or file",
                Names.mend(name, NAMES)
                        + "; a folder by its path, a model of the Hugging Face hub by hub(\""
                        + (name.indexOf('/') > 0 ? name : "owner/" + name)
                        + "\")");
    }

    private static Backbone embedded(String name) {
        String at = "/tunebook/pretrained/" + name + "/";
        try {
            Model model =
                    Configurations.read(
                            at + CONFIGURATION,
                            new String(bytes(at + CONFIGURATION), StandardCharsets.UTF_8));
            Weights weights = SafeTensors.read(at + WEIGHTS, ByteBuffer.wrap(bytes(at + WEIGHTS)));
            boolean text = model.reads().isPresent();
            return new Backbone(name, model, model.fromFile(weights), text ? tokenizer(at) : null);
        } catch (IOException e) {
            throw new TunebookException(
                    at, "cannot be read: " + e, "take an unbroken Tunebook jar", e);
        }
    }

    private static Tokenizer tokenizer(String at) throws IOException {
        try (InputStream in = Embedded.class.getResourceAsStream(at + TOKENIZER)) {
            return HuggingFaceTokens.of(at + TOKENIZER, in);
        }
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream in = Embedded.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        }
    }
}
