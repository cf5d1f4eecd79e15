package dev.agentassist.store;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.sqlite.JDBC;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The file of a SQLite store: opens it for reading and for writing, makes it on the first write, and says in one sentence
 * what is wrong with it.
 */
final class SqliteFile {

    /** Enough for the indexes of a million conversations, so that an import in random order does not swap pages. */
    private static final int WRITE_CACHE_KIB = 64 * 1024;

    private static final int READ_CACHE_KIB = 8 * 1024;

    /** What SQLite says when a reader may not make its -wal and -shm files: of a file it could write, and of one it could not. */
    private static final Set<SQLiteErrorCode> NO_FILES_BESIDE = Set.of(SQLiteErrorCode.SQLITE_CANTOPEN, SQLiteErrorCode.SQLITE_READONLY);

    private final Path path;
    private final Duration busy;
    private final SqliteSchema schema;

    /** {@code busy}: how long to wait while another process has it locked. */
    SqliteFile(Path path, Duration busy) {
        this(path, busy, SqliteSchema.CURRENT);
    }

    SqliteFile(Path path, Duration busy, SqliteSchema schema) {
        this.path = path;
        this.busy = busy;
        this.schema = schema;
    }

    Path path() {
        return path;
    }

    SqliteSchema schema() {
        return schema;
    }

    /** To read from; empty when nothing has ever been written. Makes nothing. */
    Optional<Connection> reader() {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            checkReachable();
            return Optional.empty();
        }
        checkReadable();
        try {
            return openToRead(false);
        } catch (SQLException e) {
            if (NO_FILES_BESIDE.contains(primaryCode(e)) && nobodyWrites()) {
                // The folder takes no -wal and -shm files, and as there is none, nobody has the file open to write.
                try {
                    return openToRead(true);
                } catch (SQLException again) {
                    throw failure(again);
                }
            }
            throw failure(e);
        }
    }

    /** To write to, one transaction at a time. Makes folder, file and tables where they are missing. */
    Connection writer() {
        make();
        checkReadable();
        if (!Files.isWritable(path)) {
            throw Failure.notAllowed("No permission to write to the store " + path + ".", "Check the file's owner and mode.");
        }
        Connection connection = null;
        try {
            connection = connect(WRITE_CACHE_KIB, "");
            SqliteSchema.Stamp stamp = checked(connection);
            if (stamp.version() < schema.version()) {
                if (stamp.empty()) {
                    run(connection, "PRAGMA page_size = 8192");
                }
                schema.upgrade(connection);
            }
            writeAhead(connection);
            run(connection, "PRAGMA synchronous = FULL");
            return connection;
        } catch (SQLException e) {
            close(connection);
            throw failure(e);
        } catch (RuntimeException e) {
            close(connection);
            throw e;
        }
    }

    private Optional<Connection> openToRead(boolean immutable) throws SQLException {
        Connection connection = connect(READ_CACHE_KIB, immutable ? "?immutable=1" : "");
        boolean kept = false;
        try {
            SqliteSchema.Stamp stamp = checked(connection);
            if (stamp.empty()) {
                return Optional.empty();
            }
            if (stamp.version() < schema.version()) {
                schema.upgrade(connection);
            }
            run(connection, "PRAGMA query_only = 1");
            kept = true;
            return Optional.of(connection);
        } finally {
            if (!kept) {
                close(connection);
            }
        }
    }

    private SqliteSchema.Stamp checked(Connection connection) throws SQLException {
        SqliteSchema.Stamp stamp = SqliteSchema.stamp(connection);
        if (!stamp.empty() && !stamp.ours()) {
            throw Failure.badInput(
                    path + " is a SQLite database of another program.", "Name another file for the store, as sqlite:" + path + ".assist");
        }
        if (stamp.version() > schema.version()) {
            throw Failure.badInput(
                    "The store " + path + " was made by a newer version of assist (its schema is " + stamp.version()
                            + ", this program knows " + schema.version() + ").",
                    "Update assist.");
        }
        return stamp;
    }

    private Connection connect(int cacheKib, String parameters) throws SQLException {
        var config = new SQLiteConfig();
        config.resetOpenMode(org.sqlite.SQLiteOpenMode.CREATE);
        config.setBusyTimeout((int) Math.min(busy.toMillis(), Integer.MAX_VALUE));
        config.setCacheSize(-cacheKib);
        config.setGetGeneratedKeys(false);
        Properties properties = config.toProperties();
        // As a file: URI every character can stand in the path, a question mark too.
        return JDBC.createConnection("jdbc:sqlite:file:" + path.toUri().getRawPath() + parameters, properties);
    }

    /** Readers go on while somebody writes. Where another process prevents the change now, the next writer makes it. */
    private static void writeAhead(Connection connection) throws SQLException {
        try {
            run(connection, "PRAGMA journal_mode = WAL");
            run(connection, "PRAGMA journal_size_limit = 67108864");
        } catch (SQLException e) {
            if (primaryCode(e) != SQLiteErrorCode.SQLITE_BUSY) {
                throw e;
            }
        }
    }

    private void make() {
        if (Files.exists(path)) {
            return;
        }
        try {
            makeFolders(path.getParent());
            Files.createFile(path, mode("rw-------"));
        } catch (FileAlreadyExistsException e) {
            // Another process was faster, or a link leads nowhere: opening it tells.
        } catch (AccessDeniedException e) {
            throw Failure.notAllowed("No permission to make the store " + path + ".", "Check the folder's owner and mode.");
        } catch (NoSuchFileException e) {
            throw Failure.badInput("The store " + path + " cannot be made: no folder can be made there.", "Check the path in --store.");
        } catch (FileSystemException e) {
            throw new Failure(
                    new Problem.Unexpected(
                            "The store " + path + " cannot be made: " + (e.getReason() == null ? e.getClass().getSimpleName() : e.getReason()) + ".",
                            "Check the path in --store."),
                    e);
        } catch (IOException e) {
            throw new Failure(
                    new Problem.Unexpected("The store " + path + " cannot be made.", null), e);
        }
    }

    /** Those that are missing, for this user alone. */
    private static void makeFolders(Path folder) throws IOException {
        if (folder == null || Files.isDirectory(folder)) {
            return;
        }
        makeFolders(folder.getParent());
        try {
            Files.createDirectory(folder, mode("rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw Failure.badInput(folder + " is a file, not a folder for the store.", "Check the path in --store.");
            }
        }
    }

    private static FileAttribute<?>[] mode(String mode) {
        boolean posix = java.nio.file.FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private void checkReadable() {
        if (Files.isDirectory(path)) {
            throw Failure.badInput("The store " + path + " is a directory, not a file.", "Name a file in it, as sqlite:" + path + "/conversations.db");
        }
        if (Files.exists(path) && !Files.isReadable(path)) {
            throw Failure.notAllowed("No permission to read the store " + path + ".", "Check the file's owner and mode.");
        }
    }

    /** A file that is not there may stand in a folder that may not be looked into. */
    private void checkReachable() {
        for (Path folder = path.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder)) {
                if (!Files.isExecutable(folder)) {
                    throw Failure.notAllowed("No permission to look into " + folder + ".", "Check the folder's owner and mode.");
                }
                return;
            }
            if (Files.exists(folder)) {
                throw Failure.badInput(folder + " is a file, not a folder for the store.", "Check the path in --store.");
            }
        }
    }

    private boolean nobodyWrites() {
        try {
            Path log = path.resolveSibling(path.getFileName() + "-wal");
            return !Files.exists(log) || Files.size(log) == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** The sentence for what SQLite says. */
    Failure failure(SQLException e) {
        String store = "The store " + path;
        Problem problem = switch (primaryCode(e)) {
            case SQLITE_BUSY, SQLITE_LOCKED -> Problem.unavailable(
                    store + " is locked by another process that writes to it.", "Try again when it is done, or wait longer with --timeout.");
            case SQLITE_NOTADB -> Problem.badInput(
                    path + " is not a SQLite database.", "Check the path in --store; a new file is made on the first import.");
            case SQLITE_CORRUPT, SQLITE_FORMAT -> Problem.badInput(
                    store + " is damaged.",
                    "Put a backup in its place, or save what can be read: sqlite3 " + path + " .recover | sqlite3 new.db");
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH -> Problem.notAllowed(
                    "No permission to write to the store " + path + ".", "Check the owner and mode of the file and its folder.");
            case SQLITE_CANTOPEN -> Problem.notAllowed(
                    store + " cannot be opened: its folder does not take the files that SQLite keeps beside it.",
                    "Check the owner and mode of " + path.getParent() + ".");
            case SQLITE_FULL -> Problem.unavailable(
                    "The disk that holds the store " + path + " is full; nothing of this was kept.", "Make room and run it again.");
            case SQLITE_IOERR -> new Problem.Unexpected(
                    store + " cannot be read or written (" + e.getMessage().replaceAll("\\s+", " ") + "); nothing of this was kept.",
                    "Check the disk: its space, quota and health.");
            case SQLITE_NOMEM -> new Problem.Unexpected("Memory ran out while using the store " + path + ".", null);
            default -> new Problem.Unexpected(
                    store + " failed (" + primaryCode(e) + ").", "Run it again with --verbose and report what it prints.");
        };
        return new Failure(problem, e);
    }

    private static SQLiteErrorCode primaryCode(SQLException e) {
        return e instanceof SQLiteException s
                ? SQLiteErrorCode.getErrorCode(s.getResultCode().code & 0xff)
                : SQLiteErrorCode.SQLITE_ERROR;
    }

    static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void close(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // What is told is why it could not be used.
            }
        }
    }
}
