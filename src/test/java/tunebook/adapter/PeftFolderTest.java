package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tunebook.support.Learned.LABELS;
import static tunebook.support.Learned.TINY;
import static tunebook.support.Learned.gap;
import static tunebook.support.Learned.logits;
import static tunebook.support.Learned.moved;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.Role;
import tunebook.core.Tensor;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.recipe.Adapter;
import tunebook.recipe.BitFit;
import tunebook.recipe.Bottleneck;
import tunebook.recipe.Ia3;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.LoraForm.Start;
import tunebook.recipe.Method;
import tunebook.recipe.PTuning;
import tunebook.recipe.PrefixTuning;
import tunebook.recipe.PromptTuning;
import tunebook.support.Shared;

class PeftFolderTest {
    private static final LoraForm PLAIN = LoraForm.PLAIN;
    private static final String ROOT = "base_model.model.";
    private static final String QUERY = "bert.encoder.layer.0.attention.self.query";

    @TempDir Path folder;

    /** Methods that PEFT keeps as they are. */
    static Stream<Method> same() {
        Lora lora = new Lora(3);
        return Stream.of(
                lora,
                lora.rank("*query", 2).alpha("*.1.*", 5),
                lora.form(PLAIN.stabilized(true)).dropout(0.1),
                lora.form(PLAIN.decomposed(true)),
                lora.last(1),
                lora.on(Role.QUERY, Role.VALUE),
                lora.on(Role.DOWN),
                lora.embeddings(),
                new Ia3(),
                new Ia3().last(1),
                new PromptTuning(4),
                new PrefixTuning(4),
                new PrefixTuning(4, 0, true));
    }

    @ParameterizedTest
    @MethodSource("same")
    void whatWasWrittenReadsBackToTheBit(Method method) {
        Adapter adapter = moved(method, 3).named("clinic");
        PeftFolder.write(folder, adapter, TINY);
        Adapter read = PeftFolder.read(folder, TINY);
        assertEquals("clinic", read.name());
        assertEquals(LABELS, read.labels());
        assertArrayEquals(logits(TINY, adapter), logits(TINY, read));
    }

    /** Methods that PEFT keeps in another form. */
    static Stream<Method> otherwise() {
        return Stream.of(
                new Lora(3).form(PLAIN.start(Start.PISSA)),
                new Lora(3).form(PLAIN.start(Start.OLORA)),
                new PTuning(4),
                new PrefixTuning(4).projection(6));
    }

    @ParameterizedTest
    @MethodSource("otherwise")
    void whatIsWrittenInAnotherFormAnswersTheSame(Method method) {
        Adapter adapter = moved(method, 3);
        PeftFolder.write(folder, adapter, TINY);
        Adapter read = PeftFolder.read(folder, TINY);
        assertTrue(gap(logits(TINY, adapter), logits(TINY, read)) < 1e-5);
    }

    @Test
    void keysShapesAndFieldsArePefts() throws Exception {
        PeftFolder.write(folder, moved(new Lora(3).on(Role.QUERY, Role.DOWN), 1), TINY);
        JsonObject config = config();
        assertEquals("LORA", config.get("peft_type").getAsString());
        assertEquals(3, config.get("r").getAsInt());
        assertEquals(6, config.get("lora_alpha").getAsDouble());
        assertEquals("SEQ_CLS", config.get("task_type").getAsString());
        // "output.dense" alone would hit attention's too, so the sites are spelt out
        String targets = config.get("target_modules").getAsString();
        assertTrue("bert.encoder.layer.1.output.dense".matches(targets), targets);
        assertFalse("bert.encoder.layer.1.attention.output.dense".matches(targets), targets);
        assertEquals(
                Set.of("classifier", "bert.pooler.dense"),
                config.getAsJsonArray("modules_to_save").asList().stream()
                        .map(e -> e.getAsString())
                        .collect(Collectors.toSet()));
        Weights file = SafeTensors.read(folder.resolve("adapter_model.safetensors"));
        assertEquals("[3, 16]", shape(file, ROOT + QUERY + ".lora_A.weight"));
        assertEquals("[16, 3]", shape(file, ROOT + QUERY + ".lora_B.weight"));
        assertEquals("[2, 16]", shape(file, ROOT + "classifier.weight"));

        PeftFolder.write(folder, moved(new Lora(3).on(Role.QUERY, Role.VALUE), 1), TINY);
        assertEquals(
                "[\"attention.self.query\",\"attention.self.value\"]",
                config().get("target_modules").toString());

        PeftFolder.write(folder, moved(new Ia3(), 1), TINY);
        file = SafeTensors.read(folder.resolve("adapter_model.safetensors"));
        assertEquals("[16, 1]", shape(file, ROOT + QUERY.replace("query", "key") + ".ia3_l"));
        assertEquals("[1, 32]", shape(file, ROOT + "bert.encoder.layer.0.output.dense.ia3_l"));

        PeftFolder.write(folder, moved(new PrefixTuning(4), 1), TINY);
        file = SafeTensors.read(folder.resolve("adapter_model.safetensors"));
        assertEquals("[4, 64]", shape(file, "prompt_embeddings"));
        assertEquals(4, config().get("num_virtual_tokens").getAsInt());
    }

    private JsonObject config() throws IOException {
        return JsonParser.parseString(Files.readString(folder.resolve("adapter_config.json")))
                .getAsJsonObject();
    }

    private static String shape(Weights file, String name) {
        return file.get(name).shape().toString();
    }

    @Test
    void aPrefixOfPeftsShiftsThePositions() throws Exception {
        PeftFolder.write(folder, moved(new PrefixTuning(4), 1), TINY);
        Path model = folder.resolve("adapter_model.safetensors");
        Weights copy =
                SafeTensors.read("copy", java.nio.ByteBuffer.wrap(Files.readAllBytes(model)));
        SafeTensors.write(model, copy, Map.of("format", "pt"));
        Adapter read = PeftFolder.read(folder, TINY);
        assertEquals(4, read.recipe().method().firstPosition());
        assertEquals(List.of("LABEL_0", "LABEL_1"), read.labels());
    }

    @Test
    void whatPeftHasNoFormatForIsRefused() {
        for (Method method : List.of(new BitFit(), new Bottleneck(Bottleneck.Form.HOULSBY))) {
            TunebookException error =
                    assertThrows(
                            TunebookException.class,
                            () -> PeftFolder.write(folder, moved(method, 1), TINY));
            assertEquals("PEFT has no format for " + method.label(), error.what());
            assertFalse(error.mend().isEmpty());
        }
    }

    private interface Damage {
        void to(JsonObject config, Map<String, Tensor> tensors);
    }

    static Stream<Arguments> damages() {
        String down = ROOT + QUERY + ".lora_A.weight";
        return Stream.of(
                damaged(
                        (c, t) -> c.addProperty("peft_type", "OFT"),
                        "peft_type is OFT",
                        "LORA, IA3"),
                damaged((c, t) -> c.remove("peft_type"), "has no peft_type", "belongs to the"),
                damaged((c, t) -> c.remove("r"), "has no r", "belongs to the adapter"),
                damaged((c, t) -> c.addProperty("r", "many"), "r is \"many\"", "a whole number"),
                damaged(
                        (c, t) -> c.addProperty("r", 99),
                        "no update has a higher rank",
                        "at most 16"),
                damaged(
                        (c, t) -> c.addProperty("target_modules", "qurey"),
                        "target_modules names qurey, which tiny has not",
                        "nearest is query"),
                damaged(
                        (c, t) -> t.remove(down),
                        QUERY + ".lora_A.weight [3, 16] is missing",
                        "run"),
                damaged(
                        (c, t) -> t.put(ROOT + "classifier.wieght", t.get(down)),
                        "classifier.wieght belongs nowhere",
                        "nearest is classifier.weight"),
                damaged(
                        (c, t) -> t.put(down, Tensor.of(new float[24], 3, 8)),
                        "is [3, 8] where it has to be [3, 16]",
                        "backbone that the adapter was learned on"),
                damaged(
                        (c, t) -> t.keySet().removeIf(k -> k.contains("lora")),
                        "without lora_",
                        "again"));
    }

    private static Arguments damaged(Damage damage, String what, String mend) {
        return Arguments.of(what, damage, mend);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damages")
    void damagedFilesAreRefusedWithWords(String what, Damage damage, String mend) throws Exception {
        PeftFolder.write(folder, moved(new Lora(3), 1), TINY);
        Path model = folder.resolve("adapter_model.safetensors");
        JsonObject config = config();
        Map<String, Tensor> tensors = new TreeMap<>();
        Weights file = SafeTensors.read("all", java.nio.ByteBuffer.wrap(Files.readAllBytes(model)));
        file.names().forEach(n -> tensors.put(n, file.get(n)));
        Map<String, String> metadata = SafeTensors.metadata(model);
        damage.to(config, tensors);
        Files.writeString(folder.resolve("adapter_config.json"), config.toString());
        SafeTensors.write(model, Weights.of(tensors), metadata);
        TunebookException error =
                assertThrows(TunebookException.class, () -> PeftFolder.read(folder, TINY));
        assertTrue(error.what().contains(what), error.what());
        assertTrue(error.mend().contains(mend), error.mend());
    }

    @Test
    void aConfigurationThatIsNoJsonOrNotThereIsSaid() throws Exception {
        TunebookException none =
                assertThrows(TunebookException.class, () -> PeftFolder.read(folder, TINY));
        assertTrue(none.what().contains("cannot be read"), none.what());
        Files.writeString(folder.resolve("adapter_config.json"), "[1]");
        TunebookException error =
                assertThrows(TunebookException.class, () -> PeftFolder.read(folder, TINY));
        assertEquals("is not a JSON object", error.what());
    }

    @Test
    void aRealAdapterOfPeftsIsReadAndRefusedOnAnotherBackbone() throws Exception {
        Path real = Shared.path("data/adapters/lora-gpt2");
        PeftConfig config =
                PeftConfig.parse("real", Files.readString(real.resolve("adapter_config.json")));
        assertEquals("LORA", config.type());
        assertEquals(8, config.integer("r"));
        assertEquals(8, config.number("lora_alpha", 0));
        assertTrue(config.flag("fan_in_fan_out"));
        assertEquals(List.of("c_attn"), config.list("target_modules"));
        Weights file = SafeTensors.read(real.resolve("adapter_model.safetensors"));
        assertEquals(25, file.names().size());
        assertEquals(299_520, file.elements());
        long sites =
                file.names().stream()
                        .filter(
                                n ->
                                        n.matches(
                                                "base_model\\.model\\.transformer\\.h\\.\\d+\\.attn\\.c_attn\\.lora_[AB]\\.weight"))
                        .count();
        assertEquals(24, sites);
        assertTrue(PeftConfig.selects("c_attn", "transformer.h.3.attn.c_attn"));
        TunebookException error =
                assertThrows(TunebookException.class, () -> PeftFolder.read(real, TINY));
        assertTrue(error.what().contains("names c_attn, which tiny has not"), error.what());
    }

    /** Reads an adapter and prints its logits' bits. */
    public static final class Fresh {
        private Fresh() {}

        /** The folder is the only argument. */
        public static void main(String[] args) {
            System.out.println(bits(logits(TINY, PeftFolder.read(Path.of(args[0]), TINY))));
        }
    }

    private static String bits(double[][] logits) {
        return Arrays.stream(logits)
                .flatMapToDouble(Arrays::stream)
                .mapToObj(d -> Long.toHexString(Double.doubleToLongBits(d)))
                .collect(Collectors.joining(" "));
    }

    @Test
    void aFreshProcessGivesTheSameBits() throws Exception {
        Adapter adapter = moved(new Lora(3).form(PLAIN.decomposed(true)), 2);
        PeftFolder.write(folder, adapter, TINY);
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Fresh.class.getName(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        List<String> lines = out.lines().toList();
        assertEquals(bits(logits(TINY, adapter)), lines.get(lines.size() - 1));
    }
}
