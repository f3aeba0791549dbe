package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.model.Bert;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.Method;
import tunebook.recipe.PrefixTuning;
import tunebook.support.Tiny;

/** Every folder that cannot be read says where, what, and how to mend it. */
class PeftErrorsTest {
    private static final Backbone TINY = Tiny.backbone(0);
    private static final String QUERY = "bert.encoder.layer.0.attention.self.query.lora_A.weight";

    @TempDir Path folder;

    static Stream<Arguments> configurations() {
        return Stream.of(
                wrong(
                        c -> c.addProperty("peft_type", "VERA"),
                        "peft_type is VERA",
                        "these can be read: LORA, IA3, PROMPT_TUNING, P_TUNING, PREFIX_TUNING"),
                wrong(c -> c.remove("peft_type"), "has no peft_type", "belongs to the weights"),
                wrong(c -> c.remove("r"), "has no r", "belongs to the weights"),
                wrong(c -> c.remove("target_modules"), "has no target_modules", "belongs to"),
                wrong(c -> c.addProperty("r", 2.5), "r is 2.5", "give a whole number"),
                wrong(c -> c.addProperty("r", 0), "rank is below 1", "give 1 or more"),
                wrong(c -> c.addProperty("r", 64), "has a higher rank than 16", "at most 16"),
                wrong(
                        c -> c.add("target_modules", JsonParser.parseString("[\"qurey\"]")),
                        "target_modules [qurey] matches none of the sites of tiny",
                        "nearest is query to qurey; take the backbone"),
                wrong(
                        c -> c.addProperty("target_modules", "word_embeddings|("),
                        "target_modules is no regular expression",
                        "give a list of the modules' endings"),
                wrong(
                        c -> c.addProperty("target_modules", ".*word_embeddings"),
                        "names no linear site of tiny",
                        "adapt one linear site besides"),
                wrong(c -> c.addProperty("bias", "all"), "bias is all", "with bias none"),
                wrong(
                        c -> c.addProperty("init_lora_weights", "pissa"),
                        "pissa, which changes the backbone's weights",
                        "save it as an ordinary LoRA"));
    }

    private static Arguments wrong(Consumer<JsonObject> change, String what, String mend) {
        return Arguments.of(change, what, mend);
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void aWrongConfigurationIsSaid(Consumer<JsonObject> change, String what, String mend)
            throws Exception {
        Path file = write(new Lora(4)).resolve("adapter_config.json");
        JsonObject config = JsonFile.read(file).fields();
        change.accept(config);
        JsonFile.write(file, config);
        refused("", what, mend);
    }

    private Path write(Method method) {
        PeftFolder.write(folder, Moved.moved(method, TINY), TINY);
        return folder;
    }

    private void refused(String where, String what, String mend) {
        TunebookException e =
                assertThrows(TunebookException.class, () -> PeftFolder.read(folder, TINY));
        assertTrue(e.where().contains(folder.resolve(where).toString()), e.getMessage());
        assertTrue(e.what().contains(what), e.getMessage());
        assertTrue(e.mend().contains(mend), e.getMessage());
    }

    @Test
    void aConfigurationThatIsNoJsonOrNotThereIsSaid() throws Exception {
        write(new Lora(4));
        Files.writeString(folder.resolve("adapter_config.json"), "r = 4");
        refused("adapter_config.json", "is not a JSON object", "fetch the file again");
        Files.delete(folder.resolve("adapter_config.json"));
        refused("adapter_config.json", "cannot be read", "a folder that has adapter_config.json");
    }

    private void change(Consumer<Map<String, Tensor>> change) {
        Path file = folder.resolve("adapter_model.safetensors");
        Weights all = SafeTensors.read(file);
        Map<String, Tensor> tensors = new TreeMap<>();
        all.names().forEach(name -> tensors.put(name, all.get(name)));
        change.accept(tensors);
        SafeTensors.write(file, Weights.of(tensors), Map.of());
    }

    @Test
    void aMissingTensorIsNamed() {
        write(new Lora(4));
        change(t -> t.remove("base_model.model." + QUERY));
        refused("", QUERY + " [4, 16] is missing", "of one run");
        change(t -> t.remove("base_model.model.classifier.weight"));
        refused("adapter_model.safetensors", "classifier.weight is missing", "of one adapter");
    }

    @Test
    void anExtraTensorIsNamedWithTheNearest() {
        write(new Lora(4));
        String more = QUERY.replace("query", "qwery");
        change(t -> t.put("base_model.model." + more, Tensor.of(new float[64], 4, 16)));
        refused("", more + " belongs nowhere in LoRA r4", "nearest is " + QUERY);
    }

    @Test
    void anotherBackboneIsRefusedWithBothShapes() {
        write(new Lora(4));
        Bert wide = new Bert(2, 32, 2, 64, 100, 32, 2, 1e-12, 0, Bert.Pooling.MEAN);
        Backbone other = new Backbone("wide", wide, Tiny.weights(wide, 1), TINY.tokenizer());
        TunebookException e =
                assertThrows(TunebookException.class, () -> PeftFolder.read(folder, other));
        assertTrue(e.what().contains(" is [4, 16] where it has to be [4, 32]"), e.getMessage());
        assertEquals("take the backbone that the adapter was learned on", e.mend());
    }

    @Test
    void factorsAndRowsOfAnotherShapeAreRefusedWithBothShapes() {
        write(new Ia3());
        String key = "bert.encoder.layer.0.attention.self.key.ia3_l";
        change(t -> t.put("base_model.model." + key, Tensor.of(new float[16], 1, 16)));
        refused(
                "adapter_model.safetensors",
                key + " is [1, 16] where it has to be [16, 1]",
                "take");
        write(new Lora(4));
        change(t -> t.put("base_model.model.classifier.weight", Tensor.of(new float[16], 16)));
        refused(
                "adapter_model.safetensors",
                "classifier.weight is [16] where it has to be [classes, 16]",
                "take the backbone");
        write(new PrefixTuning(3));
        change(t -> t.put("prompt_embeddings", Tensor.of(new float[96], 3, 32)));
        refused(
                "adapter_model.safetensors",
                "prompt_embeddings is [3, 32] where it has to be [3, 64]",
                "take the backbone");
    }

    @Test
    void labelsThatAreNotAsManyAsTheClassesAreRefused() throws Exception {
        write(new Lora(4));
        Files.writeString(folder.resolve("tunebook.json"), "{\"labels\": [\"good\", \"bad\"]}");
        refused("tunebook.json", "names 2 labels where classifier.weight has 3", "leave it out");
    }
}
