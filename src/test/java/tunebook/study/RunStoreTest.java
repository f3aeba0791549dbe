package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.stats.Mark;
import tunebook.train.CurvePoint;
import tunebook.train.Ending;
import tunebook.train.Phase;
import tunebook.train.Spent;

class RunStoreTest {
    @TempDir Path folder;

    @Test
    void aRunComesBackAsItWasSaved() {
        RunResult run =
                new RunResult(
                        "lora(8)",
                        Long.MIN_VALUE,
                        "key",
                        Ending.FINISHED,
                        List.of(
                                new Mark("", "a", "b", 1 / 3.0),
                                new Mark("two", "", "12", Double.MIN_VALUE),
                                new Mark("two", "007", "\0 x", Double.NaN)),
                        Runs.metrics(1 / 3.0, Double.MIN_VALUE),
                        Long.MAX_VALUE,
                        Math.PI,
                        1L << 40,
                        "",
                        List.of(
                                new CurvePoint(1, 0.1, Double.NaN, Double.NaN, Double.NaN),
                                new CurvePoint(2, 0.2, Double.MAX_VALUE, 1e-300, 0.1 + 0.2),
                                new CurvePoint(3, 0.3, Double.POSITIVE_INFINITY, 3, 1)),
                        spent(),
                        new Provenance("libtorch, \"NVIDIA\" H100", "0.0.9 \"π\""));
        byte[] weights = new byte[300_000];
        new Random(1).nextBytes(weights);
        Path file = folder.resolve("new/folders/runs.db");
        try (RunStore store = RunStore.open(file)) {
            assertTrue(store.save(run, weights));
        }
        try (RunStore store = RunStore.open(file)) {
            assertEquals(Optional.of(run), store.find("key"));
            assertArrayEquals(weights, store.weights("key").orElseThrow());
            assertEquals(Optional.empty(), store.find("other"));
            assertEquals(Optional.empty(), store.weights("other"));
        }
    }

    private static Spent spent() {
        Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
        for (Phase phase : Phase.values()) seconds.put(phase, (1 + seconds.size()) / 3.0);
        return new Spent(seconds, Long.MAX_VALUE);
    }

    @Test
    void aRunWithoutPredictionsComesBackWithoutThem() {
        RunResult labelled = Runs.run("full", 1, Ending.DIVERGED, new int[] {0, 1}, new int[0]);
        try (RunStore store = RunStore.open(folder.resolve("runs.db"))) {
            store.save(labelled, null);
            assertEquals(Optional.of(labelled), store.find(labelled.key()));
            assertEquals(Optional.empty(), store.weights(labelled.key()));
        }
    }

    @Test
    void onlyAnInterruptedRunIsReplaced() {
        try (RunStore store = RunStore.open(folder.resolve("runs.db"))) {
            RunResult stopped = Runs.silent("full", 1, Ending.INTERRUPTED);
            RunResult finished = Runs.finished("full", 1, 0.8, 20);
            RunResult other = Runs.finished("full", 1, 0.5, 20);
            assertTrue(store.save(stopped, new byte[] {1}));
            assertTrue(store.save(finished, null));
            assertEquals(Optional.empty(), store.weights(finished.key()));
            assertFalse(store.save(other, null));
            assertFalse(store.save(stopped, null));
            assertEquals(List.of(finished), store.all());
            assertEquals(20, store.query("SELECT * FROM predictions").rowCount());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'; DROP TABLE runs; --",
                "\"quoted\" 'single' `tick`",
                "../../etc/passwd",
                "..\\..\\windows",
                "/absolute",
                "emoji 🦊 and ümläut",
                "<script>alert(1)</script>",
                "?open_mode=1&cache=shared",
                "file::memory:",
                "%2e%2e%2f ${jndi:x}",
                "line\nbreak\ttab\r",
                "NUL \0 inside",
                "",
                "   ",
                "\u202egnp.exe"
            })
    void hostileNamesComeBackEqual(String name) {
        RunResult run = Runs.finished(name, 3, 0.8, 4);
        try (RunStore store = RunStore.open(folder.resolve("runs.db"))) {
            store.save(run, null);
            assertEquals(Optional.of(run), store.find(run.key()));
            assertEquals(name, store.query("SELECT recipe FROM runs").stringColumn(0).get(0));
        }
        assertEquals(List.of(folder.resolve("runs.db")), files());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a?mode=memory",
                "b?cache=shared&x=y",
                "c#d",
                "%41",
                "with space",
                "it's",
                ":memory:",
                "e;f",
                "file:g"
            })
    void aFileNameIsNoOptionOfTheDriver(String name) {
        Path file = folder.resolve(name).resolve(name + ".db");
        try (RunStore store = RunStore.open(file)) {
            store.save(Runs.finished("full", 1, 0.8, 4), null);
        }
        assertEquals(List.of(file), files());
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 99, 100, 5000})
    void aFileThatIsNotSqliteIsRefusedAndLeftUntouched(int size) throws Exception {
        byte[] content =
                "notes,".repeat(size / 6 + 1).substring(0, size).getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("notes.csv"), content);
        var error = assertThrows(TunebookException.class, () -> RunStore.open(file));
        assertEquals("run store " + file + ", open", error.where());
        assertEquals("is not a SQLite file", error.what());
        assertEquals("give the path of a run store, or of a new file", error.mend());
        assertArrayEquals(content, Files.readAllBytes(file));
        assertEquals(List.of(file), files());
    }

    @Test
    void anotherProgramsDatabaseIsRefusedAndLeftUntouched() throws Exception {
        Path file = folder.resolve("photos.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE runs (photo TEXT)");
        }
        byte[] content = Files.readAllBytes(file);
        var error = assertThrows(TunebookException.class, () -> RunStore.open(file));
        assertEquals("is a SQLite file of another program", error.what());
        assertArrayEquals(content, Files.readAllBytes(file));
    }

    @Test
    void aNewerStoreIsRefused() throws Exception {
        Path file = folder.resolve("runs.db");
        RunStore.open(file).close();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 7");
        }
        var error = assertThrows(TunebookException.class, () -> RunStore.open(file));
        assertEquals("has version 7, this Tunebook knows up to 5", error.what());
    }

    @Test
    void aFolderIsRefused() {
        var error = assertThrows(TunebookException.class, () -> RunStore.open(folder));
        assertEquals("is a folder", error.what());
    }

    @Test
    void queriesAnswerButCannotWrite() {
        try (RunStore store = RunStore.open(folder.resolve("runs.db"))) {
            store.save(Runs.finished("a", 1, 0.8, 10), new byte[5]);
            store.save(Runs.silent("b", 2, Ending.DIVERGED), null);
            Table table =
                    store.query(
                            "SELECT recipe, seed, value, value, bytes FROM runs"
                                    + " JOIN metrics m ON m.run = id AND metric = 'ACCURACY'"
                                    + " LEFT JOIN weights w ON w.run = id ORDER BY id");
            assertEquals(
                    List.of("recipe", "seed", "value", "value (4)", "bytes"), table.columnNames());
            assertEquals(2L, table.longColumn("seed").get(1));
            assertTrue(table.doubleColumn("value").isMissing(1));
            assertEquals("5 bytes", table.stringColumn("bytes").get(0));
            for (String write :
                    List.of("DELETE FROM runs", "DROP TABLE runs", "PRAGMA user_version = 9")) {
                var error = assertThrows(TunebookException.class, () -> store.query(write));
                assertTrue(error.where().endsWith("runs.db, query"), error.where());
            }
            assertEquals(2, store.all().size());
        }
    }

    @Test
    void severalStoresOnOneFileLoseNothing() throws Exception {
        Path file = folder.resolve("runs.db");
        int writers = 4;
        int each = 25;
        var pool = Executors.newFixedThreadPool(writers);
        try {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                String recipe = "writer " + w % 2;
                int from = w * each;
                work.add(
                        () -> {
                            try (RunStore store = RunStore.open(file)) {
                                for (int i = from; i < from + each; i++) {
                                    store.save(Runs.finished(recipe, i, 0.8, 40), null);
                                    assertTrue(store.find(recipe + "/" + i).isPresent());
                                }
                                return store.all().size();
                            }
                        });
            }
            for (var done : pool.invokeAll(work)) assertTrue(done.get() >= each);
        } finally {
            pool.shutdown();
        }
        try (RunStore store = RunStore.open(file)) {
            assertEquals(writers * each, store.all().size());
            for (RunResult run : store.all()) {
                assertEquals(Runs.finished(run.recipe(), run.seed(), 0.8, 40), run);
            }
        }
    }

    @Test
    void whoeverComesFirstCreatesTheFileAndNobodyIsTurnedAway() throws Exception {
        int openers = 8;
        var pool = Executors.newFixedThreadPool(openers);
        try {
            for (int round = 0; round < 40; round++) {
                Path file = folder.resolve("new-" + round + ".db");
                CyclicBarrier together = new CyclicBarrier(openers);
                Callable<Integer> open =
                        () -> {
                            together.await();
                            try (RunStore store = RunStore.open(file)) {
                                return store.all().size();
                            }
                        };
                for (var done : pool.invokeAll(Collections.nCopies(openers, open)))
                    assertEquals(0, done.get());
            }
        } finally {
            pool.shutdown();
        }
    }

    private List<Path> files() {
        try (var walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).toList();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
