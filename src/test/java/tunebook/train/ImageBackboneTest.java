package tunebook.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.model.Configurations;
import tunebook.model.ImageInput;
import tunebook.model.ResNet;
import tunebook.support.TinyImages;

/** Image backbones from folders and from lone files of weights. */
class ImageBackboneTest {
    @TempDir Path folder;

    private static void assertSays(Executable call, String... words) {
        String message = assertThrows(TunebookException.class, call).getMessage();
        for (String word : words)
            assertTrue(message.contains(word), () -> word + " is not in: " + message);
    }

    private Path file(String name, Weights weights) throws Exception {
        Path file = folder.resolve(name);
        SafeTensors.write(file, weights, Map.of());
        return file;
    }

    @Test
    void aFolderNeedsNoTokenizer() throws Exception {
        for (Backbone tiny :
                new Backbone[] {TinyImages.cifar(), TinyImages.basic(), TinyImages.bottleneck()}) {
            Path own = folder.resolve(tiny.name());
            BackboneFolder.write(own, tiny.model(), tiny.weights(), null);
            assertFalse(Files.exists(own.resolve("tokenizer.json")));
            Backbone back = Embedded.read(own.toString());
            assertEquals(tiny.model(), back.model());
            assertEquals(tiny.weights().sha256(), back.weights().sha256());
            assertNull(back.tokenizer());
        }
    }

    /** Sizes of stages follow from the weights; that of the images is the usual one. */
    @Test
    void theArchitectureFollowsFromALoneFileOfWeights() throws Exception {
        for (Backbone tiny :
                new Backbone[] {TinyImages.cifar(), TinyImages.basic(), TinyImages.bottleneck()}) {
            ResNet model = (ResNet) tiny.model();
            int size = model.form() == ResNet.Form.CIFAR ? 32 : 224;
            Path file = file(model.form() + ".safetensors", model.toFile(tiny.weights()));
            Backbone back = Embedded.read(file.toString());
            assertEquals(model.image(ImageInput.of(size, 3)), back.model());
            assertEquals(tiny.weights().sha256(), back.weights().sha256());
            assertEquals(model.form().toString(), back.name());
        }
        ResNet eighteen = ResNet.of(18);
        Weights weights = Backbone.untrained("eighteen", eighteen, 1).weights();
        assertEquals(eighteen, Configurations.guess("resnet18", eighteen.toFile(weights)));
    }

    @Test
    void whatIsNoResNetOrAnotherOneIsNamed() throws Exception {
        Path other =
                file(
                        "other.safetensors",
                        Weights.of(Map.of("a.weight", Tensor.of(new float[1], 1))));
        assertSays(
                () -> Embedded.read(other.toString()),
                "other.safetensors",
                "no ResNet: [a.weight]",
                "config.json");
        ResNet model = (ResNet) TinyImages.cifar().model();
        Map<String, Tensor> weights = new TreeMap<>();
        Weights file = model.toFile(TinyImages.cifar().weights());
        for (String name : file.names()) weights.put(name, file.get(name));
        weights.put("layer2.0.shortcut.0.weight", Tensor.of(new float[4], 1, 4, 1, 1));
        Path projected = file("projected.safetensors", Weights.of(weights));
        assertSays(
                () -> Embedded.read(projected.toString()),
                "projected.safetensors",
                "layer2.0.shortcut.0.weight",
                "option A");
        weights.remove("layer2.0.shortcut.0.weight");
        weights.remove("layer3.0.bn2.running_var");
        Path incomplete = file("incomplete.safetensors", Weights.of(weights));
        assertSays(
                () -> Embedded.read(incomplete.toString()),
                "incomplete",
                "weight layer3.0.bn2.running_var",
                "is missing");
        assertSays(
                () -> Embedded.read(folder.resolve("nowhere.th").toString()),
                "nowhere.th",
                "neither an embedded backbone nor a folder or file");
    }
}
