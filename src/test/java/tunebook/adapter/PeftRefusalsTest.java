package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tunebook.core.TunebookException;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.recipe.BitFit;
import tunebook.recipe.Bottleneck;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.Method;
import tunebook.recipe.Partial;
import tunebook.support.Tiny;

/** What PEFT has no words for is not written, and nothing is left behind. */
class PeftRefusalsTest {
    private static final Backbone TINY = Tiny.backbone(0);

    @TempDir Path folder;

    private TunebookException refused(Method method) {
        Path at = folder.resolve("adapter");
        Adapter adapter = Moved.moved(method, TINY);
        TunebookException e =
                assertThrows(TunebookException.class, () -> PeftFolder.write(at, adapter, TINY));
        assertFalse(Files.exists(at), "something was written");
        return e;
    }

    static Stream<Method> formless() {
        return Stream.of(
                new Bottleneck(Bottleneck.Form.HOULSBY),
                new BitFit(),
                new Partial(),
                new Full(),
                new Lora(4).and(new BitFit()));
    }

    @ParameterizedTest
    @MethodSource("formless")
    void whatPeftHasNoFormatForIsNotWritten(Method method) {
        TunebookException e = refused(method);
        assertEquals("adapter clinic", e.where());
        assertEquals("PEFT has no format for " + method.label(), e.what());
        assertTrue(e.mend().contains("write one of LORA, IA3, PROMPT_TUNING"), e.mend());
        String whole = "keep this one as a whole model: tuned.saveModel(folder)";
        boolean fits = method.unmergeable().isEmpty();
        String kept = fits ? whole : "keep this one with SafeTensors.write(";
        assertTrue(e.mend().contains(kept), e.mend());
    }

    @Test
    void whatPeftWouldReadAsSomethingElseIsNotWritten() {
        LoraForm dora = LoraForm.PLAIN.decomposed(true).embeddings(true);
        TunebookException both = refused(new Lora(4).form(dora));
        assertTrue(both.what().contains("decomposes the word table too"), both.what());
        assertTrue(both.mend().contains("leave embeddings()"), both.mend());
        LoraForm pissa = LoraForm.PLAIN.start(LoraForm.Start.PISSA);
        TunebookException high = refused(new Lora(9).form(pissa));
        assertTrue(high.what().contains("rank 9 is written as twice that"), high.what());
        assertTrue(high.mend().contains("with rank 8 at most"), high.mend());
    }
}
