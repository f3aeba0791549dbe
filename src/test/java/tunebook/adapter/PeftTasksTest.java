package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Shape;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.data.TextBatches;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.Method;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.recipe.Tuning;
import tunebook.support.Learned;
import tunebook.support.Tiny;
import tunebook.train.BackboneFolder;

/** What an adapter answers with is read from PEFT's {@code task_type}. */
class PeftTasksTest {
    private static final Backbone TINY = Tiny.backbone(0);
    private static final Backbone DECODER = Tiny.decoder(0);

    private static final Path FILES = Path.of("src/test/resources/peft");
    private static final String MODEL = "adapter_model.safetensors";

    @TempDir Path folder;

    private static Adapter adapter(Method method, Backbone backbone) {
        Tuning tuning = Tuning.of(method, backbone, HeadKind.SPANS.of(backbone.model(), 0), 5);
        return new Adapter(
                "travel", method, HeadKind.SPANS, List.of(), tuning.constants(), tuning.learning());
    }

    private static float[] scores(Adapter adapter, Backbone backbone) {
        Tuning tuning = adapter.on(backbone);
        Batch texts =
                TextBatches.of(Tiny.data(20, 20).test(), backbone.tokenizer(), 20).batch(0, 1, 2);
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(backbone.weights(), Precision.FLOAT);
                Session session = engine.open(held, tuning.constants(), tuning.learning(), 1)) {
            return session.evaluate(tuning.programs(0).logits(), tuning.plan().batch(texts))
                    .floats();
        }
    }

    static Stream<Method> methods() {
        return Stream.of(new Lora(2), new Ia3(), new PromptTuning(3), new PrefixTuning(3));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void answersComeBackToTheBit(Method method) {
        for (Backbone backbone : List.of(TINY, DECODER)) {
            Adapter adapter = adapter(method, backbone);
            PeftFolder.write(folder, adapter, backbone);
            Adapter read = PeftFolder.read(folder, backbone);
            assertEquals(HeadKind.SPANS, read.head());
            assertEquals(List.of(), read.labels());
            assertArrayEquals(scores(adapter, backbone), scores(read, backbone));
        }
    }

    @Test
    void theTaskAndTheHeadAreNamedAsPeftNamesThem() {
        PeftFolder.write(folder, adapter(new Lora(2), TINY), TINY);
        JsonObject config = config();
        assertEquals("QUESTION_ANS", config.get("task_type").getAsString());
        assertEquals("[\"qa_outputs\"]", config.get("modules_to_save").toString());
        Weights tensors = SafeTensors.read(folder.resolve(MODEL));
        String head = "base_model.model.qa_outputs.";
        assertEquals(Shape.of(2, 16), tensors.get(head + "weight").shape());
        assertEquals(Shape.of(2), tensors.get(head + "bias").shape());
    }

    private JsonObject config() {
        return JsonFile.read(folder.resolve("adapter_config.json")).fields();
    }

    private void write(JsonObject config) throws Exception {
        Files.writeString(folder.resolve("adapter_config.json"), config.toString());
    }

    @Test
    void withoutNotesAnAnswererNeedsNoLabels() throws Exception {
        Adapter adapter = adapter(new Lora(2), TINY);
        PeftFolder.write(folder, adapter, TINY);
        Files.delete(folder.resolve("tunebook.json"));
        Adapter read = PeftFolder.read(folder, TINY);
        assertEquals(List.of(), read.labels());
        assertArrayEquals(scores(adapter, TINY), scores(read, TINY));
    }

    @Test
    void aTaskThatNobodyNamedIsClassification() throws Exception {
        PeftFolder.write(folder, Moved.moved(new Lora(2), TINY), TINY);
        JsonObject config = config();
        config.add("task_type", JsonNull.INSTANCE);
        write(config);
        assertEquals(HeadKind.CLASSIFIER, PeftFolder.read(folder, TINY).head());
    }

    @Test
    void aTaskWithoutAHeadIsRefusedWithThoseThatHaveOne() throws Exception {
        PeftFolder.write(folder, adapter(new Lora(2), TINY), TINY);
        JsonObject config = config();
        config.add("task_type", new JsonPrimitive("SEQ_2_SEQ_LM"));
        write(config);
        TunebookException e =
                assertThrows(TunebookException.class, () -> PeftFolder.read(folder, TINY));
        assertEquals(folder.resolve("adapter_config.json").toString(), e.where());
        assertEquals("task_type is SEQ_2_SEQ_LM", e.what());
        assertTrue(e.mend().contains("SEQ_CLS, TOKEN_CLS, QUESTION_ANS"), e.mend());
    }

    @Test
    void aTaskThatIsNotTheHeadsIsRefusedWithTheWeight() throws Exception {
        PeftFolder.write(folder, adapter(new Lora(2), TINY), TINY);
        JsonObject config = config();
        config.add("task_type", new JsonPrimitive("SEQ_CLS"));
        write(config);
        TunebookException e =
                assertThrows(TunebookException.class, () -> PeftFolder.read(folder, TINY));
        assertTrue(e.what().contains("classifier.weight is missing"), e.what());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "answers-bert-lora",
                "answers-bert-ia3",
                "answers-bert-prompt",
                "answers-bert-prefix",
                "answers-roberta-lora",
                "answers-gpt2-lora"
            })
    void whatPeftWroteScoresAsInPeft(String name) throws Exception {
        Backbone base = BackboneFolder.read(FILES.resolve("base-" + name.split("-", -1)[1]));
        Adapter adapter = PeftFolder.read(FILES.resolve(name), base);
        assertEquals(HeadKind.SPANS, adapter.head());
        JsonObject there =
                JsonParser.parseString(Files.readString(FILES.resolve("answers.json")))
                        .getAsJsonObject();
        double[][][] expected =
                new Gson()
                        .fromJson(there.getAsJsonObject("scores").get(name), double[][][].class);
        Tuning tuning = adapter.on(base);
        Engine engine = new Nd4jEngine(1);
        try (Engine.Held held = engine.hold(base.weights(), Precision.DOUBLE);
                Session session = engine.open(held, tuning.constants(), tuning.learning(), 1)) {
            for (int t = 0; t < expected.length; t++) {
                String text = there.getAsJsonArray("texts").get(t).getAsString();
                int[] ids = base.tokenizer().encode(text, 30).ids();
                Batch batch = Batch.text(new Sequences(ids.length), ids, new int[ids.length]);
                double[][] scores =
                        session.evaluate(tuning.programs(0).logits(), tuning.plan().batch(batch))
                                .rows();
                assertTrue(Learned.gap(expected[t], scores) < 1e-12, text);
                assertEquals(expected[t].length, scores.length);
            }
        }
        PeftFolder.write(folder, adapter, base);
        Weights peft = SafeTensors.read(FILES.resolve(name).resolve(MODEL));
        Weights ours = SafeTensors.read(folder.resolve(MODEL));
        assertEquals(peft.names(), ours.names());
        for (String key : peft.names())
            assertArrayEquals(peft.get(key).floats(), ours.get(key).floats(), key);
    }
}
