package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Session;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.FeatureExtraction;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.Method;
import tunebook.recipe.Tuning;
import tunebook.support.TinyImages;

/** Adapters of convolutions in PEFT's layout: kernels in four dimensions. */
class PeftConvolutionsTest {
    private static final Backbone BASIC = TinyImages.basic();

    @TempDir Path folder;

    static Stream<Method> methods() {
        return Stream.of(
                new Lora(2),
                new Lora(2).on("*.conv1").rank("layer1*", 1),
                new Lora(2).form(LoraForm.PLAIN.decomposed(true)),
                new Ia3().on("*"));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void whatIsWrittenAnswersAsBeforeToTheBit(Method method) {
        Adapter adapter = Moved.moved(method, BASIC);
        PeftFolder.write(folder, adapter, BASIC);
        Adapter read = PeftFolder.read(folder, BASIC);
        float[] logits = logits(adapter);
        assertArrayEquals(logits, logits(read));
        float[] plain = logits(Moved.moved(new FeatureExtraction(), BASIC));
        assertFalse(Arrays.equals(plain, logits), "the adapter changes something");
    }

    private static float[] logits(Adapter adapter) {
        Engine engine = new Nd4jEngine(1);
        Tuning tuning = adapter.on(BASIC);
        try (Engine.Held held = engine.hold(BASIC.weights(), Precision.FLOAT);
                Session session = engine.open(held, tuning.constants(), tuning.learning(), 1)) {
            return session.evaluate(tuning.programs(0).logits(), TinyImages.batch(BASIC, 3, 1))
                    .floats();
        }
    }

    @Test
    void downIsAConvolutionOfTheSitesKernelAndUpOneOfASinglePixel() {
        Adapter adapter = Moved.moved(new Lora(2).form(LoraForm.PLAIN.decomposed(true)), BASIC);
        PeftFolder.write(folder, adapter, BASIC);
        Weights file = SafeTensors.read(folder.resolve("adapter_model.safetensors"));
        String at = "base_model.model.layer2.0.";
        Tensor down = file.get(at + "conv1.lora_A.weight");
        assertEquals(List.of(2, 4, 3, 3), down.shape().sizes());
        assertEquals(List.of(8, 2, 1, 1), file.get(at + "conv1.lora_B.weight").shape().sizes());
        assertEquals(
                List.of(1, 8, 1, 1), file.get(at + "conv1.lora_magnitude_vector").shape().sizes());
        assertEquals(
                List.of(2, 4, 1, 1), file.get(at + "downsample.0.lora_A.weight").shape().sizes());
        assertEquals(List.of(3, 8), file.get("base_model.model.fc.weight").shape().sizes());
        // output 1, channel 2, row 0, column 1
        assertEquals(
                adapter.weights().get("layer2.0.conv1.lora_A.weight").get(36 + 1 * 4 + 2),
                down.get(36 + 2 * 9 + 1));
    }

    @Test
    void factorsLieAlongTheSecondDimension() {
        PeftFolder.write(folder, Moved.moved(new Ia3().on("*.conv1"), BASIC), BASIC);
        Weights file = SafeTensors.read(folder.resolve("adapter_model.safetensors"));
        assertEquals(
                List.of(1, 8, 1, 1),
                file.get("base_model.model.layer2.0.conv1.ia3_l").shape().sizes());
    }

    @Test
    void kernelsOfAnotherSizeAreRefused() throws Exception {
        PeftFolder.write(folder, Moved.moved(new Lora(2), BASIC), BASIC);
        Path path = folder.resolve("adapter_model.safetensors");
        String name = "base_model.model.layer2.0.conv1.lora_A.weight";
        Weights file = SafeTensors.read(path);
        Tensor old = file.get(name);
        Tensor flat = Tensor.of(old.floats(), 2, 4, 9, 1);
        Weights wrong = file.with(Weights.of(Map.of(name, flat)));
        Files.delete(path);
        SafeTensors.write(path, wrong, Map.of());
        TunebookException e =
                assertThrows(TunebookException.class, () -> PeftFolder.read(folder, BASIC));
        assertTrue(e.getMessage().contains("[9, 1] where the site has [3, 3]"), e.getMessage());
        assertTrue(e.getMessage().contains("layer2.0.conv1"), e.getMessage());
    }
}
