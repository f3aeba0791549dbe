package tunebook.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import tunebook.core.TunebookException;

/**
 * Opens the run store's file.
 *
 * <p>Nothing but SQLite ever opens it: closing any other handle would drop the locks that this
 * process holds on it. The path is handed over as a percent-encoded URI, so no name can pass for an
 * option of the driver.
 */
final class StoreFile {
    /** "TBRS" in ASCII, where SQLite files say whose they are. */
    private static final int APPLICATION = 0x54425253;

    private static final int VERSION = 5;
    private static final int BUSY_MILLISECONDS = 60_000;

    private static final String[] SCHEMA = {
        """
        CREATE TABLE runs (
          id INTEGER PRIMARY KEY,
          key TEXT NOT NULL UNIQUE,
          recipe TEXT NOT NULL,
          seed INTEGER NOT NULL,
          status TEXT NOT NULL,
          trainable INTEGER NOT NULL,
          seconds REAL,
          peak_bytes INTEGER NOT NULL,
          message TEXT NOT NULL,
          flops INTEGER NOT NULL,
          device TEXT NOT NULL,
          version TEXT NOT NULL)
        """,
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
        CREATE TABLE metrics (
          run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
          position INTEGER NOT NULL,
          metric TEXT NOT NULL,
          value REAL,
          PRIMARY KEY (run, position)) WITHOUT ROWID
        """,
        """
        CREATE TABLE curve (
          run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
          position INTEGER NOT NULL,
          step INTEGER NOT NULL,
          epoch REAL,
          train_loss REAL,
          validation_loss REAL,
          validation_score REAL,
          PRIMARY KEY (run, position)) WITHOUT ROWID
        """,
        """
        CREATE TABLE phases (
          run INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
          phase TEXT NOT NULL,
          seconds REAL NOT NULL,
          PRIMARY KEY (run, phase)) WITHOUT ROWID
        """,
        """
        CREATE TABLE weights (
          run INTEGER PRIMARY KEY REFERENCES runs(id) ON DELETE CASCADE,
          bytes BLOB NOT NULL)
        """
    };

    private StoreFile() {}

    static Connection open(Path path) {
        if (Files.isDirectory(path)) {
            throw new TunebookException(
                    "run store " + path, "is a folder", "give the path of a file");
        }
        try {
            Files.createDirectories(path.getParent());
        } catch (IOException e) {
            throw new TunebookException(
                    "run store " + path,
                    "its folder cannot be created (" + e + ")",
                    "choose a folder you may write to",
                    e);
        }
        Connection connection = null;
        try {
            connection = connect(path, false);
            prepare(path, connection);
            return connection;
        } catch (SQLException e) {
            close(connection, e);
            throw error(path, "open", e);
        } catch (TunebookException e) {
            close(connection, e);
            throw e;
        }
    }

    /** Copies another store as it is at this moment; it need not be of today's version. */
    static void copy(Path from, Path to) {
        if (!Files.isRegularFile(from))
            throw new TunebookException(
                    "run store " + from, "is not there", "give the path of a run store");
        try (Connection connection = connect(from, false);
                PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            look(from, connection);
            copy.setString(1, to.toString());
            copy.execute();
        } catch (SQLException e) {
            throw error(from, "read", e);
        }
    }

    static Connection connect(Path path, boolean readOnly) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(readOnly);
        config.setBusyTimeout(BUSY_MILLISECONDS);
        config.enforceForeignKeys(true);
        return config.createConnection("jdbc:sqlite:" + path.toUri());
    }

    /** Looks before it writes: a file of another kind or a newer version is refused unchanged. */
    private static void prepare(Path path, Connection connection) throws SQLException {
        int version = look(path, connection);
        execute(connection, "PRAGMA synchronous = FULL");
        if (version == 0) create(connection);
        else if (version < VERSION) StoreUpdate.run(connection, VERSION);
    }

    /** The version of a store; 0 of an empty file. */
    private static int look(Path path, Connection connection) throws SQLException {
        execute(connection, "BEGIN");
        int application = number(connection, "PRAGMA application_id");
        int version = number(connection, "PRAGMA user_version");
        boolean empty = number(connection, "PRAGMA schema_version") == 0;
        execute(connection, "COMMIT");
        if (application != APPLICATION && !empty) {
            throw new TunebookException(
                    "run store " + path,
                    "is a SQLite file of another program",
                    "give the path of a run store, or of a new file");
        }
        if (version > VERSION) {
            throw new TunebookException(
                    "run store " + path,
                    "has version " + version + ", this Tunebook knows up to " + VERSION,
                    "use a newer Tunebook, or another file");
        }
        return empty ? 0 : version;
    }

    /** Several processes may come here at once; the first creates, the others find it done. */
    private static void create(Connection connection) throws SQLException {
        writeAhead(connection);
        execute(connection, "BEGIN IMMEDIATE");
        if (number(connection, "PRAGMA user_version") == 0) {
            for (String table : SCHEMA) execute(connection, table);
            execute(connection, "PRAGMA application_id = " + APPLICATION);
            execute(connection, "PRAGMA user_version = " + VERSION);
        }
        execute(connection, "COMMIT");
    }

    /** SQLite does not wait by itself where two switch to a write-ahead log at once. */
    private static void writeAhead(Connection connection) throws SQLException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(BUSY_MILLISECONDS);
        while (true) {
            try {
                execute(connection, "PRAGMA journal_mode = WAL");
                return;
            } catch (SQLiteException e) {
                boolean busy = (e.getErrorCode() & 0xFF) == SQLiteErrorCode.SQLITE_BUSY.code;
                if (!busy || System.nanoTime() > end) throw e;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    static TunebookException error(Path path, String what, SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException sqlite
                        ? sqlite.getResultCode()
                        : SQLiteErrorCode.UNKNOWN_ERROR;
        String mend =
                switch (code) {
                    case SQLITE_NOTADB -> "give the path of a run store, or of a new file";
                    case SQLITE_FULL -> "free space on the disk; nothing of this run was stored";
                    case SQLITE_BUSY -> "another program holds the file; end it and try again";
                    case SQLITE_CANTOPEN, SQLITE_READONLY, SQLITE_PERM ->
                            "choose a file and folder you may write to";
                    default -> "the message above is SQLite's; a copy of the file may help";
                };
        String reason =
                code == SQLiteErrorCode.SQLITE_NOTADB ? "is not a SQLite file" : e.getMessage();
        return new TunebookException("run store " + path + ", " + what, reason, mend, e);
    }

    private static void close(Connection connection, Exception because) {
        if (connection == null) return;
        try {
            connection.close();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }
}
