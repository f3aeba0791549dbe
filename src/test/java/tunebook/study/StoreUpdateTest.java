package tunebook.study;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tunebook.stats.Mark;
import tunebook.train.CurvePoint;
import tunebook.train.Ending;
import tunebook.train.Spent;

class StoreUpdateTest {
    @TempDir Path folder;

    private static final String[] VERSION_1 = {
        "CREATE TABLE runs (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, recipe TEXT NOT NULL,"
                + " seed INTEGER NOT NULL, status TEXT NOT NULL, accuracy REAL, macro_f1 REAL,"
                + " trainable INTEGER NOT NULL, seconds REAL, peak_bytes INTEGER NOT NULL,"
                + " message TEXT NOT NULL)",
        "CREATE TABLE predictions (run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,"
                + " position INTEGER NOT NULL, example TEXT NOT NULL, label INTEGER NOT NULL,"
                + " prediction INTEGER, PRIMARY KEY (run, position)) WITHOUT ROWID",
        "CREATE TABLE curve (run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,"
                + " position INTEGER NOT NULL, step INTEGER NOT NULL, epoch REAL, train_loss REAL,"
                + " validation_loss REAL, validation_accuracy REAL, PRIMARY KEY (run, position))"
                + " WITHOUT ROWID",
        "CREATE TABLE weights (run INTEGER PRIMARY KEY REFERENCES runs(id) ON DELETE CASCADE,"
                + " bytes BLOB NOT NULL)",
        "INSERT INTO runs VALUES (1, 'k1', 'full', 3, 'FINISHED', 0.5, 0.25, 7, 1.5, 99, '')",
        "INSERT INTO runs VALUES (2, 'k2', 'full', 4, 'DIVERGED', NULL, NULL, 7, 1.5, 99, 'oh')",
        "INSERT INTO predictions VALUES (1, 0, 'e0', 1, 1), (1, 1, 'e1', 1, 0)",
        "INSERT INTO predictions VALUES (2, 0, 'e0', 1, NULL)",
        "INSERT INTO curve VALUES (1, 0, 10, 1.0, 0.7, 0.6, 0.5)",
        "INSERT INTO weights VALUES (1, x'0102')",
        "PRAGMA application_id = " + 0x54425253,
        "PRAGMA user_version = 1"
    };

    private static final String[] VERSION_2 = {
        "CREATE TABLE runs (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, recipe TEXT NOT NULL,"
                + " seed INTEGER NOT NULL, status TEXT NOT NULL, trainable INTEGER NOT NULL,"
                + " seconds REAL, peak_bytes INTEGER NOT NULL, message TEXT NOT NULL)",
        "CREATE TABLE predictions (run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,"
                + " position INTEGER NOT NULL, example TEXT NOT NULL, truth TEXT NOT NULL,"
                + " prediction TEXT NOT NULL, score REAL, PRIMARY KEY (run, position))"
                + " WITHOUT ROWID",
        "CREATE TABLE metrics (run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,"
                + " position INTEGER NOT NULL, metric TEXT NOT NULL, value REAL,"
                + " PRIMARY KEY (run, position)) WITHOUT ROWID",
        "CREATE TABLE curve (run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,"
                + " position INTEGER NOT NULL, step INTEGER NOT NULL, epoch REAL, train_loss REAL,"
                + " validation_loss REAL, validation_score REAL, PRIMARY KEY (run, position))"
                + " WITHOUT ROWID",
        "CREATE TABLE weights (run INTEGER PRIMARY KEY REFERENCES runs(id) ON DELETE CASCADE,"
                + " bytes BLOB NOT NULL)",
        "INSERT INTO runs VALUES (1, 'k1', 'full', 3, 'FINISHED', 7, 1.5, 99, '')",
        "INSERT INTO predictions VALUES (1, 0, 'e0', 'a', 'b', 0.0)",
        "INSERT INTO metrics VALUES (1, 0, 'ACCURACY', 0.5), (1, 1, 'MACRO_F1', 0.25)",
        "INSERT INTO curve VALUES (1, 0, 10, 1.0, 0.7, 0.6, 0.5)",
        "PRAGMA application_id = " + 0x54425253,
        "PRAGMA user_version = 2"
    };

    @Test
    void aStoreOfVersionTwoKeepsItsRunsWithoutTheirPhases() throws Exception {
        Path file = folder.resolve("runs.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (String step : VERSION_2) statement.execute(step);
        }
        RunResult old =
                new RunResult(
                        "full",
                        3,
                        "k1",
                        Ending.FINISHED,
                        List.of(new Mark("e0", "a", "b", 0)),
                        Runs.metrics(0.5, 0.25),
                        7,
                        1.5,
                        99,
                        "",
                        List.of(new CurvePoint(10, 1, 0.7, 0.6, 0.5)),
                        Spent.NOTHING,
                        new Provenance("", ""));
        for (int again = 0; again < 2; again++) {
            try (RunStore store = RunStore.open(file)) {
                assertEquals(List.of(old), store.all().subList(0, 1));
                store.save(Runs.finished("new", again, 0.8, 4), null);
                assertEquals(2 + again, store.all().size());
            }
        }
    }

    @Test
    void aStoreOfVersionThreeKeepsItsRunsWithoutADevice() throws Exception {
        RunResult run = Runs.finished("full", 1, 0.8, 4);
        RunResult found = older(run, 3, "version", "device");
        assertEquals("", found.device());
        assertEquals(run.marks(), found.marks());
    }

    @Test
    void aStoreOfVersionFourKeepsItsRunsWithoutTheProgramsVersion() throws Exception {
        RunResult run = Runs.finished("full", 1, 0.8, 4);
        RunResult found = older(run, 4, "version");
        assertEquals(new Provenance(run.device(), ""), found.provenance());
    }

    /** What is found of a run in a store of this version, that did not have these columns yet. */
    private RunResult older(RunResult run, int version, String... columns) throws Exception {
        Path file = folder.resolve("runs.db");
        try (RunStore store = RunStore.open(file)) {
            store.save(run, null);
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (String column : columns)
                statement.execute("ALTER TABLE runs DROP COLUMN " + column);
            statement.execute("PRAGMA user_version = " + version);
        }
        try (RunStore store = RunStore.open(file)) {
            return store.find(run.key()).orElseThrow();
        }
    }

    @Test
    void aStoreOfVersionOneKeepsItsRuns() throws Exception {
        Path file = folder.resolve("runs.db");
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            for (String step : VERSION_1) statement.execute(step);
        }
        for (int again = 0; again < 2; again++) {
            try (RunStore store = RunStore.open(file)) {
                List<RunResult> runs = store.all();
                assertEquals(2, runs.size());
                RunResult run = runs.get(0);
                assertEquals(
                        List.of(new Mark("e0", "1", "1", 1), new Mark("e1", "1", "0", 0)),
                        run.marks());
                assertEquals(Runs.metrics(0.5, 0.25), run.metrics());
                assertEquals(List.of(new CurvePoint(10, 1, 0.7, 0.6, 0.5)), run.curve());
                assertEquals(2, store.weights("k1").orElseThrow().length);
                assertEquals(Runs.metrics(Double.NaN, Double.NaN), runs.get(1).metrics());
                assertEquals(List.of(), runs.get(1).marks());
                store.save(Runs.finished("new", 1, 0.8, 4), null);
                assertEquals(3, store.all().size());
                store.query("SELECT 1");
            }
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    var statement = connection.createStatement()) {
                statement.execute("DELETE FROM runs WHERE recipe = 'new'");
                statement.execute("DELETE FROM predictions WHERE run > 2");
                statement.execute("DELETE FROM metrics WHERE run > 2");
                statement.execute("DELETE FROM curve WHERE run > 2");
                statement.execute("DELETE FROM phases WHERE run > 2");
            }
        }
    }
}
