package tunebook.study;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.core.TunebookException;
import tunebook.train.Ending;

class RunStoreMergeTest {
    @TempDir Path folder;

    private Path store(String name, RunResult... runs) {
        Path file = folder.resolve(name);
        try (RunStore store = RunStore.open(file)) {
            for (RunResult run : runs) store.save(run, run.key().getBytes(UTF_8));
        }
        return file;
    }

    @Test
    void mergedStoresLoseNothing() throws IOException {
        RunResult both = Runs.finished("full", 1, 0.8, 20);
        RunResult others = Runs.finished("full", 1, 0.5, 20);
        RunResult stopped = Runs.silent("full", 2, Ending.INTERRUPTED);
        RunResult finished = Runs.finished("full", 2, 0.8, 20);
        RunResult diverged = Runs.silent("lora", 1, Ending.DIVERGED);
        Path here = store("here.db", both, stopped);
        Path there = store("there.db", others, finished, diverged);
        byte[] before = Files.readAllBytes(there);
        try (RunStore store = RunStore.open(here)) {
            assertEquals(2, store.merge(there));
            assertEquals(List.of(both, finished, diverged), store.all());
            for (RunResult run : store.all())
                assertArrayEquals(
                        run.key().getBytes(UTF_8),
                        store.weights(run.key()).orElseThrow(),
                        run.key());
            assertEquals(0, store.merge(there), "nothing is left to take");
        }
        assertArrayEquals(before, Files.readAllBytes(there));
        try (var files = Files.list(folder)) {
            assertEquals(2, files.count());
        }
    }

    @Test
    void anInterruptedRunReplacesNothing() {
        RunResult stopped = Runs.silent("full", 1, Ending.INTERRUPTED);
        Path there = store("there.db", stopped);
        try (RunStore store = RunStore.open(folder.resolve("here.db"))) {
            assertEquals(1, store.merge(there));
            assertEquals(0, store.merge(there));
            assertEquals(List.of(stopped), store.all());
        }
    }

    @Test
    void aStoreThatIsOpenElsewhereIsMergedAsItIsThen() {
        RunResult run = Runs.finished("full", 1, 0.8, 20);
        Path there = folder.resolve("there.db");
        try (RunStore open = RunStore.open(there);
                RunStore store = RunStore.open(folder.resolve("here.db"))) {
            open.save(run, null);
            assertEquals(1, store.merge(there));
            open.save(Runs.finished("full", 2, 0.8, 20), null);
            assertEquals(1, store.merge(there));
        }
    }

    @Test
    void anOlderStoreIsMergedAndStaysAnOlderOne() throws Exception {
        RunResult run = Runs.finished("full", 1, 0.8, 20);
        Path there = store("there.db", run);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + there);
                var statement = connection.createStatement()) {
            statement.execute("ALTER TABLE runs DROP COLUMN version");
            statement.execute("PRAGMA user_version = 4");
        }
        try (RunStore store = RunStore.open(folder.resolve("here.db"))) {
            assertEquals(1, store.merge(there));
            assertEquals(run.marks(), store.find(run.key()).orElseThrow().marks());
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + there)) {
            assertEquals(4, StoreFile.number(connection, "PRAGMA user_version"));
        }
    }

    @Test
    void whatIsNoStoreIsRefusedAndLeftAsItIs() throws IOException {
        Path notes = Files.writeString(folder.resolve("notes.csv"), "notes,".repeat(200));
        Path absent = folder.resolve("absent.db");
        try (RunStore store = RunStore.open(folder.resolve("here.db"))) {
            var error = assertThrows(TunebookException.class, () -> store.merge(notes));
            assertEquals("run store " + notes + ", read", error.where());
            assertEquals("is not a SQLite file", error.what());
            error = assertThrows(TunebookException.class, () -> store.merge(absent));
            assertEquals("is not there", error.what());
            assertEquals(List.of(), store.all());
        }
        assertEquals("notes,".repeat(200), Files.readString(notes));
        assertFalse(Files.exists(absent));
    }
}
