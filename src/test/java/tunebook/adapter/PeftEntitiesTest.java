package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.Batches;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.recipe.Adapter;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.Method;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Tuning;
import tunebook.support.Learned;
import tunebook.support.Sentences;
import tunebook.support.Tiny;
import tunebook.task.Task;
import tunebook.train.Reader;

/** Adapters that find entities, in PEFT's layout: task type TOKEN_CLS. */
class PeftEntitiesTest {
    private static final Backbone TINY = Tiny.backbone(0);
    private static final List<String> TAGS = List.of("O", "B-PER", "I-PER");

    @TempDir Path folder;

    private static Adapter moved(Method method, Backbone backbone) {
        Tuning tuning = Tuning.of(method, backbone, backbone.model().tokenClassifier(3), 3);
        Random random = new Random(5);
        Map<String, Tensor> moved = new TreeMap<>();
        for (String name : tuning.learning().names()) {
            Tensor start = tuning.learning().get(name);
            float[] values = start.floats();
            for (int i = 0; i < values.length; i++)
                values[i] += 0.2f * (float) random.nextGaussian();
            int[] sizes = start.shape().sizes().stream().mapToInt(n -> n).toArray();
            moved.put(name, Tensor.of(values, sizes));
        }
        return new Adapter(
                "names", method, HeadKind.TOKENS, TAGS, tuning.constants(), Weights.of(moved));
    }

    private List<float[]> logits(Adapter adapter, Backbone backbone) {
        Batches sentences = Task.of(Sentences.data(folder, 20)).test(backbone, 20).batches();
        List<float[]> logits = new ArrayList<>();
        try (Engine.Held held = Learned.ENGINE.hold(backbone.weights(), Precision.FLOAT)) {
            new Reader(Learned.ENGINE, held, backbone, adapter, HeadKind.TOKENS, 20)
                    .over(sentences, (which, batch, rows) -> logits.add(rows.floats()));
        }
        return logits;
    }

    private Adapter written(Adapter adapter, Backbone backbone) {
        PeftFolder.write(folder.resolve("adapter"), adapter, backbone);
        return PeftFolder.read(folder.resolve("adapter"), backbone);
    }

    private Path file(String name) {
        return folder.resolve("adapter").resolve(name);
    }

    static Stream<Arguments> methods() {
        return Stream.of(TINY, Tiny.decoder(0))
                .flatMap(
                        backbone ->
                                Stream.of(
                                                new Lora(4),
                                                new Ia3(),
                                                new PromptTuning(3),
                                                new PrefixTuning(3))
                                        .map(method -> Arguments.of(method, backbone)));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void whatIsWrittenComesBackWithEqualLogits(Method method, Backbone backbone) {
        Adapter adapter = moved(method, backbone);
        Adapter read = written(adapter, backbone);
        assertEquals(HeadKind.TOKENS, read.head());
        assertEquals(TAGS, read.labels());
        assertEquals("names", read.name());
        List<float[]> expected = logits(adapter, backbone);
        List<float[]> got = logits(read, backbone);
        assertTrue(expected.get(0).length > 0);
        for (int b = 0; b < expected.size(); b++) assertArrayEquals(expected.get(b), got.get(b));
    }

    @Test
    void theHeadIsNamedAsHuggingFaceNamesIt() {
        written(moved(new Lora(4), TINY), TINY);
        JsonObject config = JsonFile.read(file("adapter_config.json")).fields();
        assertEquals("TOKEN_CLS", config.get("task_type").getAsString());
        assertEquals("[\"classifier\"]", config.get("modules_to_save").toString());
        Weights tensors = SafeTensors.read(file("adapter_model.safetensors"));
        String head = "base_model.model.classifier.";
        assertEquals(Shape.of(3, 16), tensors.get(head + "weight").shape());
        assertEquals(Shape.of(3), tensors.get(head + "bias").shape());
        assertTrue(tensors.names().stream().noneMatch(n -> n.contains("pooler")), "has no pooler");
    }

    @Test
    void withoutNotesTheClassesAreNumberedAndCanBeNamed() throws IOException {
        Adapter adapter = moved(new Lora(4), TINY);
        written(adapter, TINY);
        Files.delete(file("tunebook.json"));
        Adapter read = PeftFolder.read(folder.resolve("adapter"), TINY);
        assertEquals(HeadKind.TOKENS, read.head());
        assertEquals(List.of("LABEL_0", "LABEL_1", "LABEL_2"), read.labels());
        try (Adapters adapters = new Adapters(Learned.ENGINE, TINY)) {
            adapters.add(read.labels(TAGS)).add(adapter.named("before"));
            String text = "the kind nurse and a bed";
            assertEquals(adapters.entities("before", text), adapters.entities(read.name(), text));
            assertFalse(adapters.entities("before", text).entities().isEmpty());
        }
    }

    @Test
    void otherTasksAreRefusedByName() throws IOException {
        written(moved(new Lora(4), TINY), TINY);
        JsonObject config = JsonFile.read(file("adapter_config.json")).fields();
        config.addProperty("task_type", "SEQ_2_SEQ_LM");
        JsonFile.write(file("adapter_config.json"), config);
        refused("task_type is SEQ_2_SEQ_LM", "these can be read: SEQ_CLS, TOKEN_CLS");
        config.addProperty("task_type", "SEQ_CLS");
        JsonFile.write(file("adapter_config.json"), config);
        refused("bert.pooler.dense", "of one run");
    }

    private void refused(String what, String mend) {
        TunebookException e =
                assertThrows(
                        TunebookException.class,
                        () -> PeftFolder.read(folder.resolve("adapter"), TINY));
        assertTrue(e.what().contains(what), e.getMessage());
        assertTrue(e.mend().contains(mend), e.getMessage());
    }
}
