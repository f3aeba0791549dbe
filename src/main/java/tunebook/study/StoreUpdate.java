package tunebook.study;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Brings a run store of version 1, which knew classes by number and two metrics only, to today's
 * form, in one transaction. Its runs stay readable; their keys are no longer asked for.
 */
final class StoreUpdate {
    private static final String[] STEPS = {
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

    private StoreUpdate() {}

    /** Several processes may come here at once; the first updates, the others find it done. */
    static void run(Connection connection, int version) throws SQLException {
        StoreFile.execute(connection, "BEGIN IMMEDIATE");
        if (StoreFile.number(connection, "PRAGMA user_version") < version) {
            for (String step : STEPS) StoreFile.execute(connection, step);
            StoreFile.execute(connection, "PRAGMA user_version = " + version);
        }
        StoreFile.execute(connection, "COMMIT");
    }
}
