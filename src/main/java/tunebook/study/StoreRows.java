package tunebook.study;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tunebook.train.CurvePoint;
import tunebook.train.Ending;

/** Runs as rows of the store, and back; NaN is NULL there. Transactions are the caller's. */
final class StoreRows {
    private static final String RUN = "SELECT * FROM runs";

    private StoreRows() {}

    static Optional<RunResult> find(Connection connection, String key) throws SQLException {
        try (PreparedStatement select = prepare(connection, RUN + " WHERE key = ?", key);
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(run(connection, row)) : Optional.empty();
        }
    }

    static List<RunResult> all(Connection connection) throws SQLException {
        try (PreparedStatement select = prepare(connection, RUN + " ORDER BY id");
                ResultSet row = select.executeQuery()) {
            List<RunResult> runs = new ArrayList<>();
            while (row.next()) runs.add(run(connection, row));
            return runs;
        }
    }

    static Optional<byte[]> weights(Connection connection, String key) throws SQLException {
        String sql = "SELECT bytes FROM weights JOIN runs ON run = id WHERE key = ?";
        try (PreparedStatement select = prepare(connection, sql, key);
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        }
    }

    static void dropWeights(Connection connection, String key) throws SQLException {
        update(
                connection,
                "DELETE FROM weights WHERE run = (SELECT id FROM runs WHERE key = ?)",
                key);
    }

    static boolean save(Connection connection, RunResult run, byte[] weights) throws SQLException {
        String stopped = "DELETE FROM runs WHERE key = ? AND status = ?";
        update(connection, stopped, run.key(), Ending.INTERRUPTED.name());
        int inserted =
                update(
                        connection,
                        "INSERT INTO runs (key, recipe, seed, status, accuracy, macro_f1,"
                                + " trainable, seconds, peak_bytes, message)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (key) DO NOTHING",
                        run.key(),
                        run.recipe(),
                        run.seed(),
                        run.status().name(),
                        run.accuracy(),
                        run.macroF1(),
                        run.trainable(),
                        run.seconds(),
                        run.peakBytes(),
                        run.message());
        if (inserted == 0) return false;
        long id = id(connection, run.key());
        savePredictions(connection, id, run);
        saveCurve(connection, id, run.curve());
        if (weights != null) {
            update(connection, "INSERT INTO weights (run, bytes) VALUES (?, ?)", id, weights);
        }
        return true;
    }

    private static long id(Connection connection, String key) throws SQLException {
        try (PreparedStatement select =
                        prepare(connection, "SELECT id FROM runs WHERE key = ?", key);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void savePredictions(Connection connection, long id, RunResult run)
            throws SQLException {
        int[] labels = run.labels();
        int[] predictions = run.predictions();
        String[] examples = run.exampleIds();
        String sql = "INSERT INTO predictions VALUES (?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < labels.length; i++) {
                Integer prediction = run.predicted() ? (Integer) predictions[i] : null;
                bind(insert, id, i, examples[i], labels[i], prediction);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void saveCurve(Connection connection, long id, List<CurvePoint> curve)
            throws SQLException {
        String sql = "INSERT INTO curve VALUES (?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < curve.size(); i++) {
                CurvePoint p = curve.get(i);
                bind(
                        insert,
                        id,
                        i,
                        p.step(),
                        p.epoch(),
                        p.trainLoss(),
                        p.validationLoss(),
                        p.validationAccuracy());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static RunResult run(Connection connection, ResultSet row) throws SQLException {
        long id = row.getLong("id");
        Answers answers = answers(connection, id);
        return new RunResult(
                row.getString("recipe"),
                row.getLong("seed"),
                row.getString("key"),
                Ending.valueOf(row.getString("status")),
                answers.labels.stream().mapToInt(Integer::intValue).toArray(),
                answers.predictions.stream().mapToInt(Integer::intValue).toArray(),
                answers.examples.toArray(String[]::new),
                real(row, "accuracy"),
                real(row, "macro_f1"),
                row.getLong("trainable"),
                real(row, "seconds"),
                row.getLong("peak_bytes"),
                row.getString("message"),
                curve(connection, id));
    }

    private record Answers(
            List<String> examples, List<Integer> labels, List<Integer> predictions) {}

    private static Answers answers(Connection connection, long id) throws SQLException {
        String sql =
                "SELECT example, label, prediction FROM predictions WHERE run = ? ORDER BY position";
        Answers answers = new Answers(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        try (PreparedStatement select = prepare(connection, sql, id);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                answers.examples.add(row.getString(1));
                answers.labels.add(row.getInt(2));
                int prediction = row.getInt(3);
                if (!row.wasNull()) answers.predictions.add(prediction);
            }
        }
        return answers;
    }

    private static List<CurvePoint> curve(Connection connection, long id) throws SQLException {
        String sql = "SELECT * FROM curve WHERE run = ? ORDER BY position";
        List<CurvePoint> curve = new ArrayList<>();
        try (PreparedStatement select = prepare(connection, sql, id);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                curve.add(
                        new CurvePoint(
                                row.getInt("step"),
                                real(row, "epoch"),
                                real(row, "train_loss"),
                                real(row, "validation_loss"),
                                real(row, "validation_accuracy")));
            }
        }
        return curve;
    }

    private static double real(ResultSet row, String column) throws SQLException {
        double value = row.getDouble(column);
        return row.wasNull() ? Double.NaN : value;
    }

    private static int update(Connection connection, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        bind(statement, values);
        return statement;
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) statement.setObject(i + 1, values[i]);
    }
}
