package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tunebook.core.Shape;
import tunebook.core.TunebookException;
import tunebook.core.Weights;
import tunebook.support.Shared;
import tunebook.support.Tiny;

/** A LoRA of GPT-2's that PEFT itself wrote. */
class PeftRealFileTest {
    private static Path folder() {
        return Shared.path("data/adapters/lora-gpt2");
    }

    @Test
    void itsConfigurationAndTensorsAreUnderstood() {
        PeftFile file = PeftFile.read(folder());
        JsonFile config = file.config();
        assertEquals(List.of("LORA"), PeftFormats.read(config).types());
        assertEquals(8, config.integer("r"));
        assertEquals(8, config.number("lora_alpha"));
        assertEquals(0, config.number("lora_dropout"));
        assertEquals(List.of("c_attn"), config.texts("target_modules"));
        assertTrue(config.flag("fan_in_fan_out"));
        Weights tensors = file.tensors();
        assertEquals(25, tensors.names().size());
        assertEquals(299_520, tensors.elements());
        assertEquals(
                IntStream.range(0, 12)
                        .mapToObj(i -> "transformer.h." + i + ".attn.c_attn")
                        .sorted()
                        .toList(),
                LoraTensors.sites(LoraTensors.ours(tensors)));
        String first = "transformer.h.0.attn.c_attn.lora_";
        assertEquals(Shape.of(8, 768), file.tensor(first + "A.weight").shape());
        assertEquals(Shape.of(2304, 8), file.tensor(first + "B.weight").shape());
        assertEquals(Shape.of(6, 768), file.tensor("score.weight").shape());
    }

    @Test
    void overABertItIsRefusedWithWords() {
        Path folder = folder();
        TunebookException e =
                assertThrows(
                        TunebookException.class, () -> PeftFolder.read(folder, Tiny.backbone(0)));
        assertEquals(folder.resolve("adapter_config.json").toString(), e.where());
        assertEquals("target_modules [c_attn] matches none of the sites of tiny", e.what());
        assertTrue(e.mend().endsWith("take the backbone that the adapter was learned on"));
    }
}
