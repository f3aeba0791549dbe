package tunebook.study;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import tech.tablesaw.api.Table;
import tunebook.core.TunebookException;
import tunebook.train.Ending;

/**
 * Where runs are kept: one SQLite file, which several threads, processes and notebooks may use at
 * once. A run is written in one transaction, so it is there as a whole or not at all, and once
 * {@link #save} has returned it outlives a killed process.
 *
 * <p>Predictions and curves are rows, not blobs, so that {@link #query} can ask which examples two
 * recipes disagree on. Weights are a blob.
 */
public final class RunStore implements AutoCloseable {
    private final Path path;
    private final Connection connection;

    private RunStore(Path path, Connection connection) {
        this.path = path;
        this.connection = connection;
    }

    /**
     * Opens the store, and creates the file and its folders where they are absent.
     *
     * @throws TunebookException where the file is something else, which is then left as it is
     */
    public static RunStore open(Path path) {
        Path absolute = path.toAbsolutePath();
        return new RunStore(absolute, StoreFile.open(absolute));
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** The run of this key. */
    public synchronized Optional<RunResult> find(String key) {
        return call(
                "find " + key, () -> inTransaction("BEGIN", () -> StoreRows.find(connection, key)));
    }

    /**
     * Keeps a run. Only an interrupted run is replaced by another of its key: what has ended stays
     * as it is.
     *
     * @param weights what learned, or null to keep none
     * @return whether it was stored; false where a run of this key had ended already
     */
    public synchronized boolean save(RunResult run, byte[] weights) {
        return call(
                "save run " + run.recipe() + " seed " + run.seed(),
                () ->
                        inTransaction(
                                "BEGIN IMMEDIATE", () -> StoreRows.save(connection, run, weights)));
    }

    /** Forgets the weights of a run; the run itself stays. */
    public synchronized void dropWeights(String key) {
        call(
                "drop weights of " + key,
                () ->
                        inTransaction(
                                "BEGIN IMMEDIATE",
                                () -> {
                                    StoreRows.dropWeights(connection, key);
                                    return key;
                                }));
    }

    /** The weights kept with the run of this key. */
    public synchronized Optional<byte[]> weights(String key) {
        return call("weights of " + key, () -> StoreRows.weights(connection, key));
    }

    /**
     * Takes over every run of another store, with its weights, that is not here or was only
     * interrupted here: what has ended stays as it is. The other file is only read.
     *
     * @param other file of a run store, of this version or an older one
     * @return how many were taken over
     * @throws TunebookException where the other file is absent, or is something else
     */
    public int merge(Path other) {
        try (TemporaryFolder folder = TemporaryFolder.create()) {
            Path copy = folder.file("runs.db");
            StoreFile.copy(other.toAbsolutePath(), copy);
            try (RunStore from = open(copy)) {
                return (int) from.keys().stream().filter(key -> take(from, key)).count();
            }
        }
    }

    private boolean take(RunStore from, String key) {
        RunResult run = from.find(key).orElseThrow();
        if (run.status() == Ending.INTERRUPTED && find(key).isPresent()) return false;
        return save(run, from.weights(key).orElse(null));
    }

    private List<String> keys() {
        return query("SELECT key FROM runs ORDER BY id").column(0).asList().stream()
                .map(Object::toString)
                .toList();
    }

    /** Every run, in the order they were saved. */
    public synchronized List<RunResult> all() {
        return call("all runs", () -> inTransaction("BEGIN", () -> StoreRows.all(connection)));
    }

    /**
     * Asks the store in SQL, over a connection that cannot write. Tables: {@code runs}, {@code
     * predictions}, {@code metrics}, {@code curve}, {@code phases}, {@code weights}.
     *
     * @param selectSql one SELECT statement
     */
    public Table query(String selectSql) {
        return call(
                "query",
                () -> {
                    try (Connection reader = StoreFile.connect(path, true);
                            Statement statement = reader.createStatement();
                            ResultSet rows = statement.executeQuery(selectSql)) {
                        return QueryTable.of(rows);
                    }
                });
    }

    /** Closes the file; what was saved stays. */
    @Override
    public synchronized void close() {
        call(
                "close",
                () -> {
                    connection.close();
                    return true;
                });
    }

    private <R> R inTransaction(String begin, Sql<R> body) throws SQLException {
        StoreFile.execute(connection, begin);
        try {
            R result = body.call();
            StoreFile.execute(connection, "COMMIT");
            return result;
        } catch (SQLException | RuntimeException e) {
            try {
                StoreFile.execute(connection, "ROLLBACK");
            } catch (SQLException alreadyRolledBack) {
                e.addSuppressed(alreadyRolledBack);
            }
            throw e;
        }
    }

    private <R> R call(String what, Sql<R> body) {
        try {
            return body.call();
        } catch (SQLException e) {
            throw StoreFile.error(path, what, e);
        }
    }

    private interface Sql<R> {
        R call() throws SQLException;
    }
}
