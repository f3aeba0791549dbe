package tunebook.train;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tunebook.core.Names;
import tunebook.core.TunebookException;
import tunebook.data.HuggingFaceTokens;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.model.Configurations;

/** The backbones that the jar carries. */
public final class Embedded {
    /** Their names. */
    public static final List<String> NAMES = List.of("tiny-english");

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
                Names.nearest(name, NAMES).map(n -> "nearest is \"" + n + "\"; ").orElse("")
                        + "embedded are "
                        + String.join(", ", NAMES));
    }

    private static Backbone embedded(String name) {
        String at = "/tunebook/pretrained/" + name + "/";
        try (InputStream tokenizer = Embedded.class.getResourceAsStream(at + "tokenizer.json")) {
            return new Backbone(
                    name,
                    Configurations.read(
                            at + "config.json",
                            new String(bytes(at + "config.json"), StandardCharsets.UTF_8)),
                    SafeTensors.read(
                            at + "model.safetensors",
                            ByteBuffer.wrap(bytes(at + "model.safetensors"))),
                    HuggingFaceTokens.of(at + "tokenizer.json", tokenizer));
        } catch (IOException e) {
            throw new TunebookException(
                    at, "cannot be read: " + e, "take an unbroken Tunebook jar", e);
        }
    }

    private static byte[] bytes(String resource) throws IOException {
        try (InputStream in = Embedded.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        }
    }
}
