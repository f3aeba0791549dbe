package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Engine;
import tunebook.core.Scale;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.model.HeadKind;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Adapter;
import tunebook.recipe.Bottleneck;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.Method;
import tunebook.recipe.PTuning;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.support.Hostile;

/**
 * What cannot be saved or opened is named with what to do; whatever names are, they are no paths.
 */
class ModelFolderErrorsTest {
    private static final Engine ENGINE = new Nd4jEngine(1);
    private static final Backbone TINY = Heads.backbones().get("bert");

    /** Beside those that try to become markup. */
    private static final List<String> PATHS =
            List.of(
                    "..",
                    ".",
                    "",
                    "/",
                    "../..",
                    "../evil",
                    "../../../evil",
                    "a/../../evil",
                    "/etc/passwd",
                    "/tmp/evil",
                    "//server/share",
                    "..\\evil",
                    "\\evil",
                    "C:\\evil",
                    "C:/evil",
                    "~",
                    "~/evil",
                    "$HOME/evil",
                    "%2e%2e/evil",
                    "..%2fevil",
                    "a\0b",
                    "\0",
                    "a\nb",
                    "a\tb",
                    "a\rb",
                    "a/b",
                    "a//b",
                    "a/",
                    ".hidden",
                    "-rf",
                    "a.",
                    "a:b",
                    "file:///etc/passwd",
                    "http://x/y",
                    "x?y",
                    "x#y",
                    "*",
                    "é",
                    "a\u202eb",
                    "a\uff0fb",
                    "\ud800",
                    "\udfff\ud800",
                    "config.json",
                    "model.safetensors",
                    "../config.json",
                    "nul",
                    "con",
                    "\u0000/../x",
                    "\"},\"x\":{\"",
                    "\\u002e\\u002e/x",
                    "x".repeat(10_000));

    @TempDir Path folder;

    private static TunebookException refused(Executable call) {
        return assertThrows(TunebookException.class, call);
    }

    private static Adapter moved(Method method) {
        return Heads.moved(method, TINY, HeadKind.CLASSIFIER);
    }

    private Path written(Method method) {
        Path at = folder.resolve("model");
        ModelFolder.write(at, ENGINE, moved(method), TINY, 20);
        return at;
    }

    static Stream<Method> beside() {
        return Stream.of(new PromptTuning(2), new PrefixTuning(2), new PTuning(2));
    }

    @ParameterizedTest
    @MethodSource("beside")
    void whatFitsNoWeightIsKeptAsAnAdapter(Method method) {
        Path at = folder.resolve("model");
        TunebookException e = refused(() -> ModelFolder.write(at, ENGINE, moved(method), TINY, 20));
        assertEquals("model clinic", e.where());
        assertTrue(e.what().contains("stand beside the text"), e.what());
        assertEquals("save the adapter alone: tuned.save(folder)", e.mend());
        assertFalse(Files.exists(at));
    }

    @Test
    void whatNoFormatHasIsKeptAsWeights() {
        Method houlsby = new Bottleneck(Bottleneck.Form.HOULSBY);
        TunebookException e =
                refused(() -> ModelFolder.write(folder, ENGINE, moved(houlsby), TINY, 20));
        assertTrue(e.mend().contains("SafeTensors.write(file"), e.mend());
    }

    @Test
    void aFileIsNoFolder() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "mine");
        TunebookException e =
                refused(() -> ModelFolder.write(file, ENGINE, moved(new Full()), TINY, 20));
        assertEquals(
                file + ": is a file. Mend: give a folder, or a name that is free", e.getMessage());
        assertEquals("mine", Files.readString(file));
    }

    /** The old model stays whole, and nothing is left of the new one. */
    @Test
    void aFolderThatCannotTakeAFileKeepsWhatItHad() throws Exception {
        Path at = written(new Full());
        String config = Files.readString(at.resolve("config.json"));
        Files.delete(at.resolve("tokenizer_config.json"));
        Files.createDirectories(at.resolve("tokenizer_config.json/mine"));
        TunebookException e = refused(() -> written(new Lora(2)));
        assertTrue(e.what().contains("tokenizer_config.json is a folder"), e.what());
        assertEquals(config, Files.readString(at.resolve("config.json")));
        try (Stream<Path> all = Files.list(at)) {
            assertTrue(all.noneMatch(f -> f.toString().endsWith(".part")), "left over");
        }
    }

    @Test
    void anAdapterIsNoModel() {
        PeftFolder.write(folder, moved(new Lora(2)), TINY);
        TunebookException e = refused(() -> ModelFolder.read(folder));
        assertEquals("has no config.json", e.what());
        assertEquals("it holds an adapter: adapter(folder, backbone) reads it", e.mend());
        e = refused(() -> ModelFolder.read(folder.resolve("nowhere")));
        assertEquals("is no folder", e.what());
        assertTrue(e.mend().contains("tuned.saveModel(folder)"), e.mend());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "architectures | | names no architectures, and so no head",
                "architectures | [\"BertForMaskedLM\"] | [BertForMaskedLM], problem_type"
                        + " single_label_classification: that answers no task",
                "architectures | [\"BertModel\"] | that answers no task",
                "architectures | 3 | [3], problem_type",
                "architectures | {} | architectures is {}",
                "architectures | [\"BertForTokenClassification\"] | ",
                "architectures | [\"BertForQuestionAnswering\"] | has no qa_outputs.bias",
                "problem_type | \"guess\" | problem_type guess: that answers no task",
                "id2label | {\"0\":\"a\"} | names 1 labels where the head has 3",
                "id2label | {\"0\":\"a\",\"1\":\"b\",\"3\":\"c\"} | has no 2",
                "id2label | {\"0\":\"a\",\"1\":\"b\",\"2\":[]} | 2 is []",
                "id2label | [1] | id2label is [1]",
                "tunebook | 7 | tunebook is 7",
                "tunebook | {\"limit\":\"many\"} | limit is",
                "tunebook | {\"mean\":1} | has no deviation",
                "tunebook | {\"mean\":1,\"deviation\":0} | standard deviation 0.0",
                "vocab_size | 12 | where config.json makes it"
            })
    void aFieldThatDoesNotFitIsNamed(String field, String value, String what) throws Exception {
        Path file = written(new Full()).resolve("config.json");
        JsonObject config = JsonFile.read(file).fields();
        config.add(field, value == null ? JsonNull.INSTANCE : JsonParser.parseString(value));
        Files.writeString(file, config.toString());
        if (what == null) {
            assertEquals(HeadKind.TOKENS, ModelFolder.read(folder.resolve("model")).head().head());
            return;
        }
        TunebookException e = refused(() -> ModelFolder.read(folder.resolve("model")));
        assertTrue(e.what().contains(what), e.getMessage());
    }

    @Test
    void aHeadThatTheWeightsLackIsNamed() {
        Path file = written(new Full()).resolve("model.safetensors");
        Weights all = SafeTensors.read(file);
        SafeTensors.write(file, all.only(n -> !n.startsWith("classifier")), Map.of());
        TunebookException e = refused(() -> ModelFolder.read(folder.resolve("model")));
        assertTrue(e.what().contains("have no classifier.weight"), e.what());
        assertTrue(e.mend().contains("pretrained(folder) opens it as a backbone"), e.mend());
        Map<String, Tensor> other = new HashMap<>();
        all.names().forEach(n -> other.put(n, all.get(n)));
        other.put("classifier.bias", Tensor.of(new float[2], 2));
        SafeTensors.write(file, Weights.of(other), Map.of());
        e = refused(() -> ModelFolder.read(folder.resolve("model")));
        assertTrue(e.what().contains("classifier.bias is [2]"), e.what());
    }

    @Test
    void noNameBecomesAPath() throws Exception {
        List<String> names = new ArrayList<>(PATHS);
        names.addAll(Hostile.TEXTS.subList(0, 10));
        Adapter plain = moved(new Full());
        for (String name : names) {
            Path at = folder.resolve("outer/model");
            Adapter named =
                    new Adapter(
                            name,
                            new Full().named(name),
                            HeadKind.CLASSIFIER,
                            List.of(name, name + "/..", "../" + name),
                            Scale.NONE,
                            plain.constants(),
                            plain.weights());
            ModelFolder.write(at, ENGINE, named, TINY.named(name), 20);
            ModelFolder.Opened opened = ModelFolder.read(at);
            assertEquals(named.labels(), opened.head().labels());
            assertEquals(name, opened.head().name());
            try (Stream<Path> all = Files.walk(folder)) {
                assertEquals(7, all.count(), name);
            }
        }
        System.out.println(
                names.size() + " hostile names as model, recipe, backbone, labels: 0 escapes");
        assertTrue(names.size() >= 50);
    }
}
