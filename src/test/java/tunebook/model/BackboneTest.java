package tunebook.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tunebook.core.Tensor;
import tunebook.core.Tokenizer;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.support.Pickle;
import tunebook.support.Tiny;
import tunebook.train.BackboneFolder;

class BackboneTest {
    private static final Tokenizer TOKENIZER = Tiny.tokenizer();
    private static final Bert MODEL = Tiny.model(TOKENIZER.vocabulary(), 0.1);
    private static final Weights WEIGHTS = Tiny.weights(MODEL, 7);
    private static final String QUERY = "bert.encoder.layer.1.attention.self.query.weight";

    @TempDir Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("config.json"), MODEL.configuration());
        Files.writeString(folder.resolve("tokenizer.json"), Tiny.tokenizerJson());
        weights(WEIGHTS);
    }

    private void weights(Weights weights) {
        SafeTensors.write(folder.resolve("model.safetensors"), weights, Map.of());
    }

    private TunebookException refused() {
        return assertThrows(TunebookException.class, () -> BackboneFolder.read(folder));
    }

    @Test
    void aFolderGivesTheModelItsWeightsAndItsTokenizer() {
        Backbone backbone = BackboneFolder.read(folder);
        assertEquals(MODEL, backbone.model());
        assertEquals(WEIGHTS.sha256(), backbone.weights().sha256());
        assertEquals(TOKENIZER.vocabulary(), backbone.tokenizer().vocabulary());
        assertTrue(backbone.sites().containsKey("bert.encoder.layer.0.attention.self"));
        assertFalse(backbone.sites().containsKey("classifier"));
    }

    @Test
    void aTorchFileServesWhereThereIsNoSafetensors() throws IOException {
        Files.delete(folder.resolve("model.safetensors"));
        Files.write(folder.resolve("pytorch_model.bin"), Pickle.zip(WEIGHTS));
        assertEquals(WEIGHTS.sha256(), BackboneFolder.read(folder).weights().sha256());
        weights(WEIGHTS.only(n -> !n.equals(QUERY)));
        assertEquals("weight " + QUERY + " [16, 16] is missing", refused().what());
        Files.delete(folder.resolve("model.safetensors"));
        Files.delete(folder.resolve("pytorch_model.bin"));
        assertTrue(refused().getMessage().contains("model.safetensors: there is no such file"));
    }

    @Test
    void aMissingWeightIsNamedWithTheNearestInTheFile() {
        String segments = "bert.embeddings.token_type_embeddings.weight";
        String other = segments.replace("type", "types");
        weights(
                WEIGHTS.only(n -> !n.equals(segments))
                        .with(Weights.of(Map.of(other, WEIGHTS.get(segments)))));
        TunebookException error = refused();
        assertEquals(folder.getFileName().toString(), error.where());
        assertEquals("weight " + segments + " [2, 16] is missing", error.what());
        assertTrue(error.mend().startsWith("nearest in the file is " + other), error.mend());
    }

    @Test
    void aWeightOfTheWrongShapeIsNamedWithBothShapes() {
        weights(WEIGHTS.with(Weights.of(Map.of(QUERY, Tensor.of(new float[128], 8, 16)))));
        TunebookException error = refused();
        assertEquals(
                "weight " + QUERY + " is [8, 16] where config.json makes it [16, 16]",
                error.what());
        assertEquals("take the weights and the config.json of one model", error.mend());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"model_type\":\"bert\"' | '\"model_type\":\"llama\"' | model_type is llama"
                        + " | gpt2 and resnet can be read",
                "'\"model_type\":\"bert\",' | '' | model_type is none | gpt2 and resnet can be read",
                "'\"hidden_size\":16,' | '' | has no hidden_size | belongs to the weights",
                "'\"hidden_size\":16' | '\"hidden_size\":\"wide\"' | hidden_size is \"wide\""
                        + " | whole number",
                "'\"hidden_act\":\"gelu\"' | '\"hidden_act\":\"relu\"' | the activation is relu"
                        + " | gelu can be read",
                "'\"num_attention_heads\":2' | '\"num_attention_heads\":3' | 3 heads"
                        + " | divides the width",
                "'\"classifier_pooling\":\"mean\"' | '\"classifier_pooling\":\"max\"'"
                        + " | classifier_pooling is max | cls or mean",
                "'\"layer_norm_eps\":1.0E-12' | '\"layer_norm_eps\":\"tiny\"'"
                        + " | layer_norm_eps is \"tiny\" | give a number"
            })
    void aConfigurationThatCannotBeIsRefused(String from, String to, String what, String mend)
            throws IOException {
        Path config = folder.resolve("config.json");
        String json = Files.readString(config);
        assertTrue(json.contains(from), json);
        Files.writeString(config, json.replace(from, to));
        TunebookException error = refused();
        assertTrue(error.what().contains(what), error.what());
        assertTrue(error.mend().contains(mend), error.mend());
    }

    @Test
    void whatIsNoJsonIsRefused() throws IOException {
        Files.writeString(folder.resolve("config.json"), "[1, 2");
        TunebookException error = refused();
        assertTrue(error.where().endsWith("config.json"), error.where());
        assertEquals("is not a JSON object", error.what());
    }

    @Test
    void aTruncatedFileOfWeightsIsRefused() throws IOException {
        Path file = folder.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(file);
        for (int keep : new int[] {whole.length - 1, whole.length / 2, 100, 7, 0}) {
            Files.write(file, Arrays.copyOf(whole, keep));
            TunebookException error = refused();
            assertTrue(error.where().contains("model.safetensors"), error.where());
            assertTrue(
                    error.what()
                            .contains(keep < 8 ? "ends after " + keep + " bytes" : "is cut off"),
                    error.what());
            assertFalse(error.mend().isBlank());
        }
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        Files.delete(folder.resolve("model.safetensors"));
        assertTrue(refused().where().endsWith("model.safetensors"));
        Files.writeString(folder.resolve("model.safetensors.index.json"), "{}");
        assertTrue(refused().what().contains("is in shards"), refused().what());
        assertTrue(refused().mend().contains("max_shard_size"), refused().mend());
        Files.delete(folder.resolve("config.json"));
        assertTrue(refused().where().endsWith("config.json"));
        assertEquals("config.json is missing in that folder", refused().what());
    }

    @Test
    void untrainedWeightsDependOnTheSeedAndHaveTheSameNames() {
        Backbone backbone = new Backbone("tiny", MODEL, WEIGHTS, TOKENIZER);
        Backbone one = backbone.untrained(1);
        assertEquals("tiny, untrained", one.name());
        assertEquals(WEIGHTS.names(), one.weights().names());
        assertEquals(one.weights().sha256(), backbone.untrained(1).weights().sha256());
        assertNotEquals(one.weights().sha256(), backbone.untrained(2).weights().sha256());
        assertNotEquals(one.weights().sha256(), WEIGHTS.sha256());
    }
}
