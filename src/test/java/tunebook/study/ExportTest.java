package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.TunebookException;
import tunebook.nd4j.Nd4jEngine;
import tunebook.recipe.Full;
import tunebook.recipe.Lora;
import tunebook.support.Tiny;

class ExportTest {
    private static final List<String> TEXTS = List.of("the nurse was kind", "words it never saw");

    @TempDir Path folder;

    private Study study() {
        return Study.of("which?", Nd4jEngine::new)
                .backbone(Tiny.backbone(0.1))
                .data(Tiny.data(24, 24))
                .recipes(new Full().learningRate(3e-3), new Lora(2))
                .seeds(2)
                .epochs(2)
                .batchSize(8)
                .workers(1)
                .store(folder.resolve("runs.db"));
    }

    private static Observer noStep() {
        return progress -> assertEquals(0, progress.step(), "trained again");
    }

    @Test
    void anExportedStudyHasItsRunsAloneAndAnswersAlike() {
        study().recipes(new Full().learningRate(1e-4).named("another")).seeds(1).run();
        Result result = study().run();
        Path file = folder.resolve("out/exported.db");
        result.export(file);
        result.export(file);
        try (RunStore exported = RunStore.open(file)) {
            assertEquals(result.comparison().runs(), exported.all());
            assertEquals(2, exported.query("SELECT run FROM weights").rowCount(), "winners");
            assertEquals(
                    Provenance.VERSION,
                    exported.query("SELECT DISTINCT version FROM runs").getString(0, 0));
        }
        Result elsewhere = study().store(file).observer(noStep()).run();
        assertEquals(result.comparison().runs(), elsewhere.comparison().runs());
        for (String recipe : List.of("full", "LoRA r2"))
            assertEquals(
                    result.tuned(recipe).predict(TEXTS), elsewhere.tuned(recipe).predict(TEXTS));
    }

    @Test
    void twoExportedHalvesMergeIntoTheStudy() {
        Result whole = study().run();
        Path merged = folder.resolve("merged.db");
        try (RunStore store = RunStore.open(merged)) {
            for (var recipe : whole.study().recipes()) {
                Path half = folder.resolve(recipe.name() + ".db");
                study().recipes(recipe).run().export(half);
                assertEquals(2, store.merge(half));
            }
        }
        Result result = study().store(merged).observer(noStep()).run();
        assertEquals(whole.comparison().runs(), result.comparison().runs());
        assertEquals(whole.best().predict(TEXTS), result.best().predict(TEXTS));
    }

    @Test
    void aFileThatIsNoStoreIsNotWrittenOver() throws IOException {
        Result result = study().seeds(1).run();
        Path notes = Files.writeString(folder.resolve("notes.txt"), "notes ".repeat(200));
        var error = assertThrows(TunebookException.class, () -> result.export(notes));
        assertEquals("is not a SQLite file", error.what());
        assertTrue(Files.readString(notes).startsWith("notes "));
    }
}
