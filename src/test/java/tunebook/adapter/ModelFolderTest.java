package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tunebook.core.Batch;
import tunebook.core.Engine;
import tunebook.core.Precision;
import tunebook.core.Scale;
import tunebook.core.Sequences;
import tunebook.core.Session;
import tunebook.core.Shape;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Tuning;
import tunebook.support.Shared;
import tunebook.support.Tiny;
import tunebook.train.BackboneFolder;

/** A saved model has the files, names and fields that Hugging Face's libraries look for. */
class ModelFolderTest {
    private static final Engine ENGINE = new Nd4jEngine(1);
    private static final Path GOLDENS = Path.of("src/test/resources/goldens");

    @TempDir Path folder;

    private void write(String family, HeadKind kind) {
        Backbone base = Heads.backbones().get(family);
        ModelFolder.write(folder, ENGINE, Heads.moved(new Full(), base, kind), base, 20);
    }

    private JsonObject json(String file) {
        return JsonFile.read(folder.resolve(file)).fields();
    }

    private Set<String> files() throws Exception {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(f -> f.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "bert, CLASSIFIER, BertForSequenceClassification, single_label_classification",
        "bert, TOKENS, BertForTokenClassification,",
        "bert, SPANS, BertForQuestionAnswering,",
        "bert, REGRESSION, BertForSequenceClassification, regression",
        "roberta, MULTI_LABEL, RobertaForSequenceClassification, multi_label_classification",
        "distilbert, TOKENS, DistilBertForTokenClassification,",
        "gpt2, LANGUAGE, GPT2LMHeadModel,",
        "gpt2, CLASSIFIER, GPT2ForSequenceClassification, single_label_classification",
        "mingpt, LANGUAGE, GPTLMHeadModel,",
        "resnet-basic, CLASSIFIER, ResNetForImageClassification, single_label_classification"
    })
    void theClassAndTheProblemAreNamedAsHuggingFaceNamesThem(
            String family, HeadKind kind, String architecture, String problem) {
        write(family, kind);
        JsonObject config = json("config.json");
        assertEquals("[\"" + architecture + "\"]", config.get("architectures").toString());
        assertEquals(
                problem,
                config.has("problem_type") ? config.get("problem_type").getAsString() : null);
        assertEquals(kind, ModelFolder.read(folder).head().head());
    }

    @Test
    void headsHaveHuggingFacesNamesAndNothingElseIsWritten() {
        write("roberta", HeadKind.CLASSIFIER);
        Weights file = SafeTensors.read(folder.resolve("model.safetensors"));
        assertEquals(Shape.of(3, 16), file.get("classifier.out_proj.weight").shape());
        assertEquals(Shape.of(16, 16), file.get("classifier.dense.weight").shape());
        assertEquals(34, file.get("roberta.embeddings.position_embeddings.weight").shape().size(0));
        write("gpt2", HeadKind.CLASSIFIER);
        file = SafeTensors.read(folder.resolve("model.safetensors"));
        assertEquals(Shape.of(3, 16), file.get("score.weight").shape());
        assertEquals(Shape.of(16, 48), file.get("transformer.h.0.attn.c_attn.weight").shape());
        write("resnet-bottleneck", HeadKind.CLASSIFIER);
        file = SafeTensors.read(folder.resolve("model.safetensors"));
        assertEquals(Shape.of(3, 24), file.get("classifier.1.weight").shape());
        assertEquals(
                Shape.of(4, 3, 7, 7),
                file.get("resnet.embedder.embedder.convolution.weight").shape());
        String first = "resnet.encoder.stages.1.layers.0.";
        assertEquals(
                Shape.of(24, 16, 1, 1), file.get(first + "shortcut.convolution.weight").shape());
        assertEquals(Shape.of(6), file.get(first + "layer.1.normalization.running_var").shape());
        assertTrue(
                file.names().stream().allMatch(n -> n.matches("resnet\\..*|classifier\\..*")),
                file.names().toString());
    }

    @Test
    void answersAreMadeOfWhatTheConfigurationSays() {
        write("bert", HeadKind.REGRESSION);
        ModelFolder.Opened opened = ModelFolder.read(folder);
        assertEquals(new Scale(1 / 3.0, 0.1), opened.head().scale());
        assertEquals(20, opened.limit());
        assertEquals("clinic", opened.head().name());
        assertEquals("{\"0\":\"LABEL_0\"}", json("config.json").get("id2label").toString());
        write("bert", HeadKind.CLASSIFIER);
        assertEquals(
                "{\"good\":0,\"bad\":1,\"so\":2}", json("config.json").get("label2id").toString());
        assertEquals(List.of("good", "bad", "so"), ModelFolder.read(folder).head().labels());
        write("bert-mean", HeadKind.CLASSIFIER);
        assertEquals("mean", json("config.json").get("classifier_pooling").getAsString());
    }

    @Test
    void tokenizersAndPicturesAreReadAsTheyWere() throws Exception {
        write("bert", HeadKind.CLASSIFIER);
        assertEquals(
                Set.of(
                        "config.json",
                        "model.safetensors",
                        "tokenizer.json",
                        "tokenizer_config.json"),
                files());
        assertEquals(Tiny.tokenizerJson(), Files.readString(folder.resolve("tokenizer.json")));
        JsonObject tokenizer = json("tokenizer_config.json");
        assertEquals("PreTrainedTokenizerFast", tokenizer.get("tokenizer_class").getAsString());
        assertEquals(20, tokenizer.get("model_max_length").getAsInt());
        assertEquals("[PAD]", tokenizer.get("pad_token").getAsString());
        assertTrue(tokenizer.get("model_input_names").toString().contains("token_type_ids"));
        write("distilbert", HeadKind.CLASSIFIER);
        assertFalse(
                json("tokenizer_config.json")
                        .get("model_input_names")
                        .toString()
                        .contains("token_type_ids"));
        write("resnet-basic", HeadKind.CLASSIFIER);
        assertEquals(
                Set.of("config.json", "model.safetensors", "preprocessor_config.json"), files());
        JsonObject pictures = json("preprocessor_config.json");
        assertEquals(19, pictures.getAsJsonObject("crop_size").get("height").getAsInt());
        assertEquals("[0.485,0.456,0.406]", pictures.get("image_mean").toString());
        assertEquals("[0.229,0.224,0.225]", pictures.get("image_std").toString());
    }

    @Test
    void otherFilesOfTheFolderStay() throws Exception {
        Files.writeString(folder.resolve("README.md"), "mine");
        write("bert", HeadKind.CLASSIFIER);
        write("resnet-basic", HeadKind.CLASSIFIER);
        assertEquals("mine", Files.readString(folder.resolve("README.md")));
        assertFalse(files().contains("tokenizer.json"), "of the model before");
    }

    @Test
    void aSavedModelIsABackboneToo() {
        Backbone base = Heads.backbones().get("bert");
        Adapter adapter = Heads.moved(new Lora(2), base, HeadKind.CLASSIFIER);
        ModelFolder.write(folder, ENGINE, adapter, base, 20);
        Backbone again = BackboneFolder.read(folder);
        assertEquals(base.model(), again.model());
        Adapter further = Heads.moved(new Lora(2), again, HeadKind.TOKENS);
        assertTrue(Heads.logits(further, again).length > 0);
    }

    /** As {@code save_pretrained} would leave them: our goldens were saved without the class. */
    @ParameterizedTest
    @ValueSource(strings = {"Roberta", "DistilBert"})
    void whatTransformersMadeAnswersAsThere(String family) throws Exception {
        Path golden = GOLDENS.resolve(family.toLowerCase(java.util.Locale.ROOT));
        Files.copy(golden.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        JsonObject config = JsonFile.read(golden.resolve("config.json")).fields();
        config.add(
                "architectures",
                new com.google.gson.Gson()
                        .toJsonTree(List.of(family + "ForSequenceClassification")));
        answersAs(golden, config);
    }

    @Test
    void bertOfTransformersAnswersAsThere() throws Exception {
        Path golden = Shared.path("goldens/bert-random");
        Files.copy(golden.resolve("model.safetensors"), folder.resolve("model.safetensors"));
        answersAs(golden, JsonFile.read(golden.resolve("config.json")).fields());
    }

    private void answersAs(Path golden, JsonObject config) throws Exception {
        Files.writeString(folder.resolve("config.json"), config.toString());
        Files.writeString(folder.resolve("tokenizer.json"), Tiny.tokenizerJson());
        ModelFolder.Opened opened = ModelFolder.read(folder);
        assertEquals(List.of("LABEL_0", "LABEL_1", "LABEL_2"), opened.head().labels());
        Weights wanted = SafeTensors.read(golden.resolve("golden.safetensors"));
        int[] ids = integers(wanted.get("input_ids"));
        int[] mask = integers(wanted.get("attention_mask"));
        int width = wanted.get("input_ids").shape().size(1);
        int[] real = IntStream.range(0, ids.length).filter(i -> mask[i] == 1).toArray();
        int[] lengths =
                IntStream.range(0, ids.length / width)
                        .map(row -> Arrays.stream(mask, row * width, (row + 1) * width).sum())
                        .toArray();
        int[] segments =
                wanted.has("token_type_ids")
                        ? integers(wanted.get("token_type_ids"))
                        : new int[ids.length];
        Batch batch =
                Batch.text(
                        new Sequences(lengths),
                        Arrays.stream(real).map(i -> ids[i]).toArray(),
                        Arrays.stream(real).map(i -> segments[i]).toArray());
        Tuning tuning = opened.head().on(opened.backbone());
        try (Engine.Held held = ENGINE.hold(opened.backbone().weights(), Precision.DOUBLE);
                Session session = ENGINE.open(held, tuning.constants(), tuning.learning(), 1)) {
            assertArrayEquals(
                    wanted.get("logits").doubles(),
                    session.evaluate(tuning.programs(0).logits(), batch).doubles(),
                    1e-9);
        }
    }

    private static int[] integers(Tensor tensor) {
        return Arrays.stream(tensor.doubles()).mapToInt(d -> (int) d).toArray();
    }
}
