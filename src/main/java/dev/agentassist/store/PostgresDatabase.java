package dev.agentassist.store;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import org.postgresql.Driver;
import org.postgresql.util.PSQLException;

/** The database of a PostgreSQL store: opens connections, and says in one sentence what is wrong with it. */
final class PostgresDatabase {

    /** The driver logs what it throws; held here, for the logging system forgets loggers that nobody holds. */
    private static final Logger DRIVER = Logger.getLogger("org.postgresql");

    private final PostgresUrl url;
    private final StoreAccess access;

    PostgresDatabase(PostgresUrl url, StoreAccess access) {
        this.url = url;
        this.access = access;
    }

    PostgresUrl url() {
        return url;
    }

    /** The driver waits in whole seconds. */
    private long seconds() {
        return Math.max(1, (access.timeout().toMillis() + 999) / 1000);
    }

    Connection connect() {
        String user = user();
        String database = url.database() == null ? user : url.database();
        var properties = new Properties();
        url.parameters().forEach(properties::setProperty);
        properties.setProperty("user", user);
        password(database, user).ifPresent(p -> properties.setProperty("password", p));
        properties.putIfAbsent("ApplicationName", url.parameters().getOrDefault("application_name", "assist"));
        properties.setProperty("connectTimeout", Long.toString(seconds()));
        // The server's own limits come first, so that it can say what it waited for.
        properties.setProperty("socketTimeout", Long.toString(seconds() + 2));
        properties.setProperty("gssEncMode", "disable");
        trust(properties);
        DRIVER.setLevel(Level.OFF);
        Connection connection = null;
        try {
            connection = new Driver()
                    .connect(
                            "jdbc:postgresql://" + String.join(",", url.hosts()) + "/"
                                    + URLEncoder.encode(database, StandardCharsets.UTF_8),
                            properties);
            try (Statement sql = connection.createStatement()) {
                long millis = Math.max(1, access.timeout().toMillis());
                sql.execute("SET statement_timeout = " + millis + "; SET lock_timeout = " + Math.max(1, millis * 9 / 10));
            }
            return connection;
        } catch (SQLException e) {
            close(connection);
            throw failure(e);
        }
    }

    private String user() {
        String variable = access.environment().get("PGUSER");
        return url.user() != null ? url.user() : variable != null && !variable.isBlank() ? variable : access.user();
    }

    /** The key of the settings, the URL's, {@code PGPASSWORD}, or the password file's. */
    private Optional<String> password(String database, String user) {
        String key = access.key().get();
        if (key != null) {
            return Optional.of(key);
        }
        if (url.password() != null) {
            return Optional.of(url.password());
        }
        String variable = access.environment().get("PGPASSWORD");
        if (variable != null && !variable.isEmpty()) {
            return Optional.of(variable);
        }
        return url.hosts().stream()
                .map(host -> {
                    int colon = host.lastIndexOf(':');
                    return PgPass.find(passFile(), host.substring(0, colon), host.substring(colon + 1), database, user);
                })
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Path passFile() {
        return PgPass.file(access.environment(), access.home());
    }

    /** As libpq does: an authority to check against means that the server is checked. */
    private void trust(Properties properties) {
        if (access.caFile() != null) {
            properties.putIfAbsent("sslrootcert", access.caFile().toString());
            properties.putIfAbsent("sslmode", "verify-full");
        }
        boolean authority = properties.getProperty("sslrootcert") != null;
        String mode = properties.getProperty("sslmode", "prefer");
        if (authority && mode.equals("require")) {
            properties.setProperty("sslmode", "verify-ca");
        } else if (!authority && mode.startsWith("verify")) {
            properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
    }

    /** The sentence for what PostgreSQL, or the way to it, says. */
    Failure failure(SQLException e) {
        return new Failure(problem(e), e);
    }

    private Problem problem(SQLException e) {
        String store = "The store " + url.place();
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        if (isTls(e, state)) {
            return Problem.unavailable(
                    store + " cannot be reached over TLS as sslmode wants it.",
                    "Check sslmode in --store, and --ca-file when the server has an authority of its own.");
        }
        return switch (state) {
            case "28P01", "28000" -> Problem.notAllowed(
                    store + " does not take user " + user() + " with this password.", passwordHint());
            case "08004" -> Problem.notAllowed(store + " asks for a password of user " + user() + ", and none is set.", passwordHint());
            case "42501" -> Problem.notAllowed(
                    "User " + user() + " has no permission for this in " + url.place() + ".",
                    "Ask for the right: SELECT to read " + url.table() + ", INSERT, UPDATE and DELETE to write it, CREATE to make it.");
            case "25006" -> Problem.notAllowed(
                    store + " is read-only.", "It may be a replica: name the primary server in --store to write.");
            case "3D000" -> Problem.badInput("There is no such database: " + url.place() + ".", "Check the name after the last / of --store.");
            case "42P01", "3F000" -> PostgresTable.missing(url).problem();
            case "42P10" -> Problem.badInput(
                    url.table() + " in " + url.place() + " has no unique index on id, so it can only be read.",
                    "Run: CREATE UNIQUE INDEX ON " + url.table() + " (id)");
            case "55P03" -> Problem.unavailable(
                    store + " is locked by another process that writes the same conversations.",
                    "Try again when it is done, or wait longer with --timeout.");
            case "40P01", "40001" -> Problem.unavailable(
                    store + " gave this up in favour of another process that writes the same conversations.", "Run it again.");
            case "57014" -> Problem.unavailable(
                    store + " did not answer within " + access.timeout().toMillis() + " ms.", "Wait longer with --timeout.");
            case "53300" -> Problem.unavailable(store + " has no free connection.", "Try again in a moment.");
            case "57P01", "57P02", "57P03" -> Problem.unavailable(store + " is starting or stopping.", "Try again in a moment.");
            case "53100" -> new Problem.Unexpected(
                    "The disk of " + url.place() + " is full; nothing of this was kept.", "Make room and run it again.");
            case "22P05", "22021" -> Problem.badInput(
                    "The database " + url.place() + " cannot hold all characters: its encoding is not UTF8.",
                    "Make one with: createdb --encoding UTF8 --template template0");
            default -> state.startsWith("08") || cause(e, IOException.class) != null
                    ? Problem.unavailable(store + " " + connectionTrouble(e) + ".", "Check --store, and that the server runs.")
                    : new Problem.Unexpected(
                            store + " failed (" + (state.isEmpty() ? e.getClass().getSimpleName() : "SQLSTATE " + state) + serverSays(e) + ").",
                            "Run it again with --verbose and report what it prints.");
        };
    }

    /** The driver has no state of its own for these; the words are names, which it does not translate. */
    private static boolean isTls(SQLException e, String state) {
        String message = String.valueOf(e.getMessage());
        return cause(e, SSLException.class) != null
                || state.startsWith("08") && (message.contains("SSL") || message.contains("HostnameVerifier"));
    }

    private String passwordHint() {
        Path file = passFile();
        try {
            if (java.nio.file.Files.isRegularFile(file) && PgPass.openToOthers(file)) {
                return "The password file " + file + " was not used, for others can read it. Run: chmod 600 " + file;
            }
        } catch (IOException e) {
            // Then it has no password for us.
        }
        return "Set ASSIST_STORE_KEY or run: assist config set store.key (PGPASSWORD and " + file + " are read too).";
    }

    private static String connectionTrouble(SQLException e) {
        if (cause(e, UnknownHostException.class) != null) {
            return "has a host whose name cannot be resolved";
        }
        if (cause(e, SocketTimeoutException.class) != null) {
            return "did not answer in time";
        }
        return cause(e, ConnectException.class) != null ? "refuses the connection" : "lost the connection";
    }

    private static String serverSays(SQLException e) {
        return e instanceof PSQLException p && p.getServerErrorMessage() != null && p.getServerErrorMessage().getMessage() != null
                ? ": " + p.getServerErrorMessage().getMessage()
                : "";
    }

    private static <T extends Throwable> T cause(Throwable e, Class<T> type) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return type.cast(t);
            }
        }
        return null;
    }

    static void close(Connection connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // What is told is why it could not be used.
            }
        }
    }
}
