package tunebook.study;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Brings an older run store to today's form, in one transaction. Version 1 knew classes by number
 * and two metrics only: its runs stay readable, their keys are no longer asked for. Version 2 did
 * not know where the seconds went, version 3 not what computed, version 4 not which Tunebook ran.
 */
final class StoreUpdate {
    private static final String[] FROM_1 = {
        "ALTER TABLE predictions RENAME TO old_predictions",
        """
        CREATE TABLE predictions (
          run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
          position INTEGER NOT NULL,
          example TEXT NOT NULL,
          truth TEXT NOT NULL,
          prediction TEXT NOT NULL,
          score REAL,
          PRIMARY KEY (run, position)) WITHOUT ROWID
        """,
        """
        INSERT INTO predictions
          SELECT run, position, example, label, prediction, label = prediction
          FROM old_predictions WHERE prediction IS NOT NULL
        """,
        "DROP TABLE old_predictions",
        """
        CREATE TABLE metrics (
          run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
          position INTEGER NOT NULL,
          metric TEXT NOT NULL,
          value REAL,
          PRIMARY KEY (run, position)) WITHOUT ROWID
        """,
        "INSERT INTO metrics SELECT id, 0, 'ACCURACY', accuracy FROM runs",
        "INSERT INTO metrics SELECT id, 1, 'MACRO_F1', macro_f1 FROM runs",
        "ALTER TABLE runs DROP COLUMN accuracy",
        "ALTER TABLE runs DROP COLUMN macro_f1",
        "ALTER TABLE curve RENAME COLUMN validation_accuracy TO validation_score",
    };

    private static final String[] FROM_2 = {
        "ALTER TABLE runs ADD COLUMN flops INTEGER NOT NULL DEFAULT 0",
        """
        CREATE TABLE phases (
          run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
          phase TEXT NOT NULL,
          seconds REAL NOT NULL,
          PRIMARY KEY (run, phase)) WITHOUT ROWID
        """,
    };

    private static final String[] FROM_3 = {
        "ALTER TABLE runs ADD COLUMN device TEXT NOT NULL DEFAULT ''",
    };

    private static final String[] FROM_4 = {
        "ALTER TABLE runs ADD COLUMN version TEXT NOT NULL DEFAULT ''",
    };

    private static final List<String[]> STEPS = List.of(FROM_1, FROM_2, FROM_3, FROM_4);

    private StoreUpdate() {}

    /** Several processes may come here at once; the first updates, the others find it done. */
    static void run(Connection connection, int version) throws SQLException {
        StoreFile.execute(connection, "BEGIN IMMEDIATE");
        int now = StoreFile.number(connection, "PRAGMA user_version");
        for (String[] steps : STEPS.subList(now - 1, version - 1))
            for (String step : steps) StoreFile.execute(connection, step);
        StoreFile.execute(connection, "PRAGMA user_version = " + version);
        StoreFile.execute(connection, "COMMIT");
    }
}
