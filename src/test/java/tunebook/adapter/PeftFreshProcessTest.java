package tunebook.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.Tensor;
import tunebook.core.Weights;
import tunebook.data.SafeTensors;
import tunebook.model.Backbone;
import tunebook.recipe.Adapter;
import tunebook.recipe.Lora;
import tunebook.recipe.LoraForm;
import tunebook.recipe.Method;
import tunebook.recipe.PrefixTuning;
import tunebook.support.Tiny;
import tunebook.train.BackboneFolder;

/** A written adapter is whole: another process, which knows of nothing else, answers alike. */
class PeftFreshProcessTest {
    private static final Backbone TINY = Tiny.backbone(0);

    @TempDir Path folder;

    /** The child: reads backbone and adapters, and keeps the logits. */
    static final class Reader {
        private Reader() {}

        public static void main(String[] folders) {
            for (int i = 1; i < folders.length; i++) {
                Path at = Path.of(folders[i]);
                Backbone backbone = BackboneFolder.read(Path.of(folders[0]));
                float[] logits = Moved.logits(PeftFolder.read(at, backbone), backbone);
                SafeTensors.write(
                        at.resolve("logits"),
                        Weights.of(Map.of("logits", Tensor.of(logits, logits.length))),
                        Map.of());
            }
        }
    }

    @Test
    void anotherProcessGivesTheSameLogitsToTheBit() throws Exception {
        Path backbone = folder.resolve("tiny");
        BackboneFolder.write(
                backbone,
                Tiny.model(TINY.tokenizer().vocabulary(), 0),
                TINY.weights(),
                Tiny.tokenizerJson());
        Path lora = folder.resolve("dora");
        Path prefix = folder.resolve("prefix");
        Method dora = new Lora(4).last(1).form(LoraForm.PLAIN.decomposed(true));
        Adapter first = Moved.moved(dora, TINY);
        Adapter second = Moved.moved(new PrefixTuning(3), TINY);
        PeftFolder.write(lora, first, TINY);
        PeftFolder.write(prefix, second, TINY);
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx512m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Reader.class.getName(),
                                backbone.toString(),
                                lora.toString(),
                                prefix.toString())
                        .inheritIO()
                        .start();
        try {
            assertEquals(true, child.waitFor(3, TimeUnit.MINUTES), "the child hangs");
            assertEquals(0, child.exitValue());
        } finally {
            child.destroyForcibly();
        }
        for (Map.Entry<Path, Adapter> written : Map.of(lora, first, prefix, second).entrySet())
            assertArrayEquals(
                    Moved.logits(written.getValue(), TINY),
                    SafeTensors.read(written.getKey().resolve("logits")).get("logits").floats());
        assertEquals(List.of("good", "bad", "so"), PeftFolder.read(lora, TINY).labels());
        assertEquals(false, Files.exists(lora.resolve("config.json")));
    }
}
