package tunebook.study;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tunebook.stats.Mark;
import tunebook.stats.Metric;
import tunebook.train.CurvePoint;
import tunebook.train.Ending;
import tunebook.train.Phase;
import tunebook.train.Spent;

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
                        "INSERT INTO runs (key, recipe, seed, status,"
                                + " trainable, seconds, peak_bytes, message, flops, device, version)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (key) DO NOTHING",
                        run.key(),
                        run.recipe(),
                        run.seed(),
                        run.status().name(),
                        run.trainable(),
                        run.seconds(),
                        run.peakBytes(),
                        run.message(),
                        run.spent().flops(),
                        run.device(),
                        run.provenance().version());
        if (inserted == 0) return false;
        long id = id(connection, run.key());
        saveMarks(connection, id, run.marks());
        saveMetrics(connection, id, run.metrics());
        saveCurve(connection, id, run.curve());
        savePhases(connection, id, run.spent().seconds());
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

    private static void saveMarks(Connection connection, long id, List<Mark> marks)
            throws SQLException {
        String sql = "INSERT INTO predictions VALUES (?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < marks.size(); i++) {
                Mark m = marks.get(i);
                bind(insert, id, i, m.id(), m.truth(), m.prediction(), m.score());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void saveMetrics(Connection connection, long id, Map<Metric, Double> metrics)
            throws SQLException {
        int position = 0;
        for (Map.Entry<Metric, Double> m : metrics.entrySet()) {
            update(
                    connection,
                    "INSERT INTO metrics VALUES (?, ?, ?, ?)",
                    id,
                    position++,
                    m.getKey().name(),
                    m.getValue());
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
                        p.validationScore());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void savePhases(Connection connection, long id, Map<Phase, Double> seconds)
            throws SQLException {
        for (Map.Entry<Phase, Double> s : seconds.entrySet()) {
            String sql = "INSERT INTO phases VALUES (?, ?, ?)";
            update(connection, sql, id, s.getKey().name(), s.getValue());
        }
    }

    private static RunResult run(Connection connection, ResultSet row) throws SQLException {
        long id = row.getLong("id");
        return new RunResult(
                row.getString("recipe"),
                row.getLong("seed"),
                row.getString("key"),
                Ending.valueOf(row.getString("status")),
                marks(connection, id),
                metrics(connection, id),
                row.getLong("trainable"),
                real(row, "seconds"),
                row.getLong("peak_bytes"),
                row.getString("message"),
                curve(connection, id),
                new Spent(phases(connection, id), row.getLong("flops")),
                new Provenance(row.getString("device"), row.getString("version")));
    }

    private static List<Mark> marks(Connection connection, long id) throws SQLException {
        String sql =
                "SELECT example, truth, prediction, score FROM predictions WHERE run = ?"
                        + " ORDER BY position";
        List<Mark> marks = new ArrayList<>();
        try (PreparedStatement select = prepare(connection, sql, id);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                marks.add(
                        new Mark(
                                row.getString(1),
                                row.getString(2),
                                row.getString(3),
                                real(row, "score")));
            }
        }
        return marks;
    }

    private static Map<Metric, Double> metrics(Connection connection, long id) throws SQLException {
        String sql = "SELECT metric, value FROM metrics WHERE run = ? ORDER BY position";
        Map<Metric, Double> metrics = new LinkedHashMap<>();
        try (PreparedStatement select = prepare(connection, sql, id);
                ResultSet row = select.executeQuery()) {
            while (row.next()) metrics.put(Metric.valueOf(row.getString(1)), real(row, "value"));
        }
        return metrics;
    }

    private static Map<Phase, Double> phases(Connection connection, long id) throws SQLException {
        String sql = "SELECT phase, seconds FROM phases WHERE run = ?";
        Map<Phase, Double> seconds = new LinkedHashMap<>();
        try (PreparedStatement select = prepare(connection, sql, id);
                ResultSet row = select.executeQuery()) {
            while (row.next()) seconds.put(Phase.valueOf(row.getString(1)), row.getDouble(2));
        }
        return seconds;
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
                                real(row, "validation_score")));
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
