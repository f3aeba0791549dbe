package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.adapter.Moved.moved;
import static tunebook.support.Learned.ENGINE;
import static tunebook.support.Learned.gap;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.data.TextBatches;
import tunebook.data.TextExample;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.recipe.Lora;
import tunebook.train.BackboneFolder;
import tunebook.train.Classifier;

/** Adapters that PEFT itself wrote, with the logits that it gave: see {@code make.py}. */
class PeftFilesTest {
    private static final Path FILES = Path.of("src/test/resources/peft");
    private static final Backbone BERT = base("bert");
    private static final Backbone GPT2 = base("gpt2");
    private static final Backbone ROBERTA = base("roberta");
    private static final String MODEL = "adapter_model.safetensors";
    private static final String CONFIG = "adapter_config.json";

    @TempDir Path folder;

    private static Backbone base(String name) {
        return BackboneFolder.read(FILES.resolve("base-" + name));
    }

    /** What an adapter lies over, by its name. */
    private static Backbone under(String adapter) {
        if (adapter.startsWith("gpt2-")) return GPT2;
        return adapter.startsWith("roberta-") ? ROBERTA : BERT;
    }

    static List<String> adapters() throws IOException {
        return List.copyOf(expected().getAsJsonObject("logits").keySet());
    }

    private static JsonObject expected() throws IOException {
        return json(FILES.resolve("logits.json"));
    }

    private static JsonObject json(Path file) throws IOException {
        return JsonParser.parseString(Files.readString(file)).getAsJsonObject();
    }

    private static double[][] logits(Adapter adapter, Backbone base) throws IOException {
        List<TextExample> texts =
                expected().getAsJsonArray("texts").asList().stream()
                        .map(JsonElement::getAsString)
                        .map(text -> new TextExample("", text, 0, ""))
                        .toList();
        try (Engine.Held held = ENGINE.hold(base.weights(), Precision.DOUBLE)) {
            return new Classifier(ENGINE, held, base, adapter, 20)
                    .logits(TextBatches.of(texts, base.tokenizer(), 20));
        }
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void whatPeftWroteAnswersAsInPeft(String name) throws Exception {
        JsonElement there = expected().getAsJsonObject("logits").get(name);
        Adapter adapter = PeftFolder.read(FILES.resolve(name), under(name));
        assertEquals(List.of("LABEL_0", "LABEL_1", "LABEL_2"), adapter.labels());
        double gap =
                gap(new Gson().fromJson(there, double[][].class), logits(adapter, under(name)));
        assertTrue(gap < 1e-12, "gap " + gap);
    }

    @ParameterizedTest
    @MethodSource("adapters")
    void whatIsWrittenAgainHasPeftsKeysShapesAndNumbers(String name) throws Exception {
        PeftFolder.write(folder, PeftFolder.read(FILES.resolve(name), under(name)), under(name));
        Weights peft = SafeTensors.read(FILES.resolve(name).resolve(MODEL));
        Weights ours = SafeTensors.read(folder.resolve(MODEL));
        assertEquals(peft.names(), ours.names());
        for (String key : peft.names()) {
            assertEquals(peft.get(key).shape(), ours.get(key).shape(), key);
            assertArrayEquals(peft.get(key).floats(), ours.get(key).floats(), key);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "lora_bias; true; lora_bias is true, which cannot be read; without lora_bias",
                "layer_replication; [[0,1],[1,2]]; layer_replication is [[0,1]; without layer_rep",
                "alora_invocation_tokens; [5]; alora_invocation_tokens is [5]; without alora",
                "kasa_config; {\"a\":1}; kasa_config is {\"a\":1}; without kasa_config",
                "init_lora_weights; \"OLoRA\"; OLoRA, which changes the backbone's; path_initial",
                "init_lora_weights; \"pissa_niter_4\"; pissa_niter_4, which changes; path_initial",
                "init_lora_weights; \"lora_ga\"; lora_ga, which changes the back; path_initial",
                "init_lora_weights; [1,2]; init_lora_weights is [1,2]; give a text",
                "peft_type; {}; peft_type is {}; give a text",
                "r; []; r is []; give a whole number",
                "lora_alpha; \"much\"; lora_alpha is \"much\"; give a number",
                "alpha_pattern; [1]; alpha_pattern is [1]; give an object of numbers",
                "alpha_pattern; {\"query\":\"much\"}; query is \"much\"; give a number",
                "rank_pattern; {\"(\":2}; rank_pattern is no regular expression; modules' endings",
                "target_modules; [null]; target_modules is [null]; give a list of texts"
            })
    void fieldsThatCannotBeReadAreRefusedWithWords(
            String field, String value, String what, String mend) throws Exception {
        Files.copy(FILES.resolve("lora").resolve(MODEL), folder.resolve(MODEL));
        JsonObject config = json(FILES.resolve("lora").resolve(CONFIG));
        config.add(field, JsonParser.parseString(value));
        Files.writeString(folder.resolve(CONFIG), config.toString());
        TunebookException error =
                assertThrows(TunebookException.class, () -> PeftFolder.read(folder, BERT));
        assertTrue(error.what().contains(what), error.what());
        assertTrue(error.mend().contains(mend), error.mend());
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "\"gaussian\"", "\"eva\"", "\"orthogonal\"", "null"})
    void startsThatLeaveTheBackboneAsItIsAreRead(String init) throws Exception {
        Files.copy(FILES.resolve("lora").resolve(MODEL), folder.resolve(MODEL));
        JsonObject config = json(FILES.resolve("lora").resolve(CONFIG));
        config.add("init_lora_weights", JsonParser.parseString(init));
        Files.writeString(folder.resolve(CONFIG), config.toString());
        assertEquals("LoRA r4", PeftFolder.read(folder, BERT).recipe().name());
    }

    @Test
    void updatesOutsideTheBlocksAreRefused() throws Exception {
        Weights file = SafeTensors.read(FILES.resolve("lora").resolve(MODEL));
        Map<String, Tensor> renamed = new TreeMap<>();
        String query = "bert.encoder.layer.0.attention.self.query";
        for (String key : file.names())
            renamed.put(key.replace(query, "bert.pooler.dense"), file.get(key));
        SafeTensors.write(folder.resolve(MODEL), Weights.of(renamed), Map.of("format", "pt"));
        Files.copy(FILES.resolve("lora").resolve(CONFIG), folder.resolve(CONFIG));
        TunebookException error =
                assertThrows(TunebookException.class, () -> PeftFolder.read(folder, BERT));
        assertTrue(error.what().startsWith("bert.pooler.dense is adapted"), error.what());
        assertTrue(error.mend().contains("target_modules that leave it out"), error.mend());
    }

    @Test
    void theConfigurationSaysHowConv1dKeepsItsWeights() throws Exception {
        for (String name : List.of("gpt2-lora", "gpt2-ia3")) {
            PeftFolder.write(
                    folder, PeftFolder.read(FILES.resolve(name), under(name)), under(name));
            assertTrue(json(folder.resolve(CONFIG)).get("fan_in_fan_out").getAsBoolean());
        }
        PeftFolder.write(folder, PeftFolder.read(FILES.resolve("lora"), BERT), BERT);
        assertFalse(json(folder.resolve(CONFIG)).get("fan_in_fan_out").getAsBoolean());
    }

    @Test
    void aHeadOfSeveralProductsIsKeptWhole() throws Exception {
        PeftFolder.write(folder, moved(new Lora(2), ROBERTA), ROBERTA);
        JsonElement saved = json(folder.resolve(CONFIG)).get("modules_to_save");
        assertEquals("[\"classifier\"]", saved.toString());
    }
}
