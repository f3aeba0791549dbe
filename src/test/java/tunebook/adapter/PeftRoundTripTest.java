package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.Tunebook;
import tunebook.core.Role;
import tunebook.core.Shape;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.LoraForm.Start;
import tunebook.recipe.Method;
import tunebook.recipe.PTuning;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.support.Tiny;

/** What is written in PEFT's layout answers as before when it is read. */
class PeftRoundTripTest {
    private static final Backbone TINY = Tiny.backbone(0);
    private static final LoraForm PLAIN = LoraForm.PLAIN;
    private static final String LAYER = "base_model.model.bert.encoder.layer.";

    @TempDir Path folder;

    static Stream<Method> kept() {
        Lora lora = new Lora(4);
        return Stream.of(
                lora,
                lora.alpha(3.7).dropout(0.1),
                lora.rank("*.1.*", 2).rank("*query", 3).alpha("*query", 5).alpha("*key", 0.5),
                lora.form(PLAIN.stabilized(true)),
                lora.form(PLAIN.decomposed(true)),
                lora.form(PLAIN.ratio(16)),
                lora.last(1),
                lora.on(Role.QUERY, Role.VALUE),
                lora.on(Role.OUTPUT).last(1),
                lora.on(Role.DOWN),
                lora.on("*.0.*.query|*.1.*.key"),
                lora.embeddings(),
                lora.embeddings().rank("*", 3).rank("*query", 2),
                new Ia3(),
                new Ia3().last(1),
                new Ia3().on("*"),
                new Ia3().on("*key|*value|*.output.dense"),
                new PromptTuning(3),
                new PrefixTuning(3),
                new PrefixTuning(3, 0, true));
    }

    @ParameterizedTest
    @MethodSource("kept")
    void logitsAreEqualToTheBit(Method method) {
        Adapter adapter = Moved.moved(method.named("mine"), TINY);
        Adapter read = written(adapter);
        assertArrayEquals(Moved.logits(adapter, TINY), Moved.logits(read, TINY));
        assertEquals("clinic", read.name());
        assertEquals("mine", read.recipe().name());
        assertEquals(List.of("good", "bad", "so"), read.labels());
    }

    private Adapter written(Adapter adapter) {
        PeftFolder.write(folder, adapter, TINY);
        return Tunebook.adapter(folder.toString(), TINY);
    }

    static Stream<Method> computed() {
        Lora lora = new Lora(4);
        return Stream.of(
                lora.form(PLAIN.start(Start.PISSA)),
                lora.form(PLAIN.start(Start.OLORA).stabilized(true)),
                lora.form(PLAIN.start(Start.PISSA).decomposed(true)).last(1),
                lora.form(PLAIN.start(Start.PISSA).embeddings(true)),
                new PTuning(3),
                new PTuning(3).hidden(5),
                new PrefixTuning(3).projection(6));
    }

    @ParameterizedTest
    @MethodSource("computed")
    void whatIsWrittenAsWhatItComputesIsEqualUpToRounding(Method method) {
        Adapter adapter = Moved.moved(method, TINY);
        Adapter read = written(adapter);
        assertArrayEquals(Moved.logits(adapter, TINY), Moved.logits(read, TINY), 1e-5f);
        assertTrue(read.constants().names().isEmpty());
    }

    /** Noise matters: without what was learned the answers are others. */
    @Test
    void theAdaptersOfTheseTestsChangeTheAnswers() {
        float[] one = Moved.logits(Moved.moved(new Lora(4), TINY), TINY);
        float[] other = Moved.logits(Moved.moved(new Lora(4).alpha(1), TINY), TINY);
        double most = 0;
        for (int i = 0; i < one.length; i++) most = Math.max(most, Math.abs(one[i] - other[i]));
        assertTrue(most > 0.05, "they differ by " + most);
    }

    @Test
    void loraIsNamedAsPeftNamesIt() {
        written(Moved.moved(new Lora(4).rank("*.1.*key", 2).alpha("*.1.*key", 3), TINY));
        Weights tensors = SafeTensors.read(folder.resolve("adapter_model.safetensors"));
        assertEquals(Shape.of(4, 32), tensors.get(LAYER + "0.output.dense.lora_A.weight").shape());
        assertEquals(Shape.of(16, 4), tensors.get(LAYER + "0.output.dense.lora_B.weight").shape());
        assertTrue(tensors.has("base_model.model.classifier.bias"));
        JsonObject config = config();
        assertEquals("LORA", config.get("peft_type").getAsString());
        assertEquals("4", config.get("r").toString());
        assertEquals("8", config.get("lora_alpha").toString());
        String key = "bert.encoder.layer.1.attention.self.key";
        assertEquals("{\"" + key + "\":2}", config.get("rank_pattern").toString());
        assertEquals("{\"" + key + "\":3}", config.get("alpha_pattern").toString());
        assertEquals(
                "[\"output.dense\",\"key\",\"query\",\"value\",\"intermediate.dense\"]",
                config.get("target_modules").toString());
        assertEquals(
                "[\"bert.pooler.dense\",\"classifier\"]", config.get("modules_to_save").toString());
        assertEquals("SEQ_CLS", config.get("task_type").getAsString());
        assertTrue(config.get("inference_mode").getAsBoolean());
    }

    private JsonObject config() {
        return JsonFile.read(folder.resolve("adapter_config.json")).fields();
    }

    @Test
    void whatEndingsCannotTellApartIsARegularExpression() {
        written(Moved.moved(new Lora(4).on(Role.KEY).last(1), TINY));
        assertEquals(
                "bert\\.encoder\\.layer\\.(1)\\.attention\\.self\\.key",
                config().get("target_modules").getAsString());
        written(Moved.moved(new Ia3(), TINY));
        assertEquals(
                "bert\\.encoder\\.layer\\.(0|1)\\.output\\.dense",
                config().get("feedforward_modules").getAsString());
    }

    @Test
    void tablesFactorsLengthsAndRowsHavePeftsShapes() {
        int rows = TINY.model().text("").vocabulary();
        written(Moved.moved(new Lora(4).embeddings(), TINY));
        Weights tensors = tensors();
        String words = "base_model.model.bert.embeddings.word_embeddings.lora_embedding_";
        assertEquals(Shape.of(4, rows), tensors.get(words + "A").shape());
        assertEquals(Shape.of(16, 4), tensors.get(words + "B").shape());
        written(Moved.moved(new Lora(4).form(PLAIN.decomposed(true)), TINY));
        String lengths = LAYER + "1.intermediate.dense.lora_magnitude_vector";
        assertEquals(Shape.of(32), tensors().get(lengths).shape());
        written(Moved.moved(new Ia3(), TINY));
        assertEquals(Shape.of(16, 1), tensors().get(LAYER + "1.attention.self.key.ia3_l").shape());
        assertEquals(Shape.of(1, 32), tensors().get(LAYER + "1.output.dense.ia3_l").shape());
        written(Moved.moved(new PrefixTuning(3), TINY));
        assertEquals(Shape.of(3, 2 * 2 * 16), tensors().get("prompt_embeddings").shape());
        assertTrue(tensors().has("base_model.classifier.weight"));
    }

    private Weights tensors() {
        return SafeTensors.read(folder.resolve("adapter_model.safetensors"));
    }

    @Test
    void withoutNotesLabelsAreNumberedAndAPrefixIsShifted() throws Exception {
        Adapter adapter = Moved.moved(new PrefixTuning(3, 0, true), TINY);
        PeftFolder.write(folder, adapter, TINY);
        Files.delete(folder.resolve("tunebook.json"));
        Adapter read = PeftFolder.read(folder, TINY);
        assertEquals(List.of("LABEL_0", "LABEL_1", "LABEL_2"), read.labels());
        assertEquals(3, read.recipe().method().firstPosition());
        assertEquals(folder.getFileName().toString(), read.name());
        assertArrayEquals(Moved.logits(adapter, TINY), Moved.logits(read, TINY));
        assertFalse(read.recipe().name().isEmpty());
    }
}
