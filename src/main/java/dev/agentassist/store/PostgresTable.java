package dev.agentassist.store;

import dev.agentassist.conversation.Status;
import dev.agentassist.problem.Failure;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The table or view that holds the conversations: one that {@code assist config check --create} made, or a team's own, which
 * may lack what {@link PostgresColumns#needed} does not name.
 *
 * @param name with its schema, quoted
 * @param view whether it can only be read
 * @param types PostgreSQL's names of the types of the columns that it has
 * @param byBytes whether its ids are in the order of their bytes as they are
 * @param canRead whether this user may select from it
 * @param canWrite whether this user may insert, update and delete
 */
record PostgresTable(
        String name, boolean view, Map<PostgresColumns, String> types, boolean byBytes, boolean canRead, boolean canWrite) {

    /** In this wording an index and a query must both say it. */
    static final String ACTIVE = "status IN ("
            + Arrays.stream(Status.values())
                    .filter(Status::active)
                    .map(s -> "'" + s.wire() + "'")
                    .collect(Collectors.joining(", "))
            + ")";

    static Optional<PostgresTable> find(Connection connection, PostgresUrl url) throws SQLException {
        try (PreparedStatement sql = connection.prepareStatement(
                """
                SELECT n.nspname, c.relname, c.relkind, a.attname, format_type(a.atttypid, NULL),
                  (SELECT k.collname = 'C' FROM pg_collation k WHERE k.oid = a.attcollation),
                  has_table_privilege(c.oid, 'SELECT'),
                  has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'UPDATE')
                    AND has_table_privilege(c.oid, 'DELETE')
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
                WHERE c.oid = to_regclass(?)""")) {
            sql.setString(1, url.table());
            try (ResultSet rows = sql.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                String name = quoted(rows.getString(1)) + "." + quoted(rows.getString(2));
                boolean view = !List.of("r", "p").contains(rows.getString(3));
                boolean byBytes = false;
                boolean read = rows.getBoolean(7);
                boolean write = rows.getBoolean(8);
                var types = new EnumMap<PostgresColumns, String>(PostgresColumns.class);
                do {
                    String attribute = rows.getString(4);
                    byBytes |= PostgresColumns.ID.column().equals(attribute) && rows.getBoolean(6);
                    for (PostgresColumns column : PostgresColumns.ALL) {
                        if (column.column().equals(attribute)) {
                            types.put(column, rows.getString(5));
                        }
                    }
                } while (rows.next());
                return Optional.of(new PostgresTable(name, view, types, byBytes, read, write));
            }
        }
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** What keeps it from being read, as sentences without a full stop; empty when nothing does. */
    List<String> faults() {
        var faults = new java.util.ArrayList<String>();
        for (PostgresColumns column : PostgresColumns.ALL) {
            String type = types.get(column);
            if (type == null && column.needed()) {
                faults.add("it has no column " + column.column() + " (" + column.type() + ")");
            } else if (type != null && !column.takes(type)) {
                faults.add("its column " + column.column() + " is " + type + ", not " + column.type());
            }
        }
        return faults;
    }

    /** Fails when it cannot be read. */
    PostgresTable readable(PostgresUrl url) {
        List<String> faults = faults();
        if (!faults.isEmpty()) {
            throw Failure.badInput(
                    url.table() + " in " + url.place() + " holds no conversations: " + faults.getFirst() + ".",
                    "assist config check says what it needs.");
        }
        return this;
    }

    /** Fails when it cannot be written to. */
    PostgresTable writable(PostgresUrl url) {
        readable(url);
        if (view) {
            throw Failure.notAllowed(
                    url.table() + " in " + url.place() + " is a view: conversations can only be read from it.",
                    "Write to the table behind it with your own program, or name another with ?table=NAME in --store.");
        }
        if (types.size() < PostgresColumns.ALL.size()) {
            throw Failure.badInput(
                    url.table() + " in " + url.place() + " lacks columns that are needed to write: "
                            + PostgresColumns.ALL.stream()
                                    .filter(c -> !types.containsKey(c))
                                    .map(c -> c.column() + " " + c.type())
                                    .collect(Collectors.joining(", "))
                            + ".",
                    "Add them, or name another table with ?table=NAME in --store and run assist config check --create.");
        }
        return this;
    }

    static Failure missing(PostgresUrl url) {
        return Failure.badInput(
                "There is no table or view " + url.table() + " in " + url.place() + ".",
                "assist config check --create makes the table; assist config check says what a view of that name needs.");
    }

    /** The expression of a column in a query. */
    String expression(PostgresColumns column) {
        return types.containsKey(column) ? column.column() : "NULL::" + column.type() + " AS " + column.column();
    }

    String select(List<PostgresColumns> columns) {
        return columns.stream().map(this::expression).collect(Collectors.joining(", ", "SELECT ", " FROM " + name));
    }

    /** Of two of the same moment the larger id, by its bytes: a language's order is not that of the other stores. */
    String newestFirst() {
        return " ORDER BY created_at DESC, id" + (byBytes ? "" : " COLLATE \"C\"") + " DESC";
    }

    /**
     * Makes the table and what finds its rows quickly; all or nothing. Others may do the same at the same time: one makes
     * it, the others find it made.
     */
    static void create(Connection connection, PostgresUrl url) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement sql = connection.createStatement()) {
            sql.execute("SELECT pg_advisory_xact_lock(hashtext('assist config check --create'))");
            if (find(connection, url).isEmpty()) {
                for (String statement : statements(url.table())) {
                    sql.execute(statement);
                }
            }
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /**
     * Ids are ordered by their bytes, as everywhere else, and the indexes run in the order of the lists. JSON is kept as
     * {@code json}, as it was written.
     */
    private static List<String> statements(String table) {
        String columns = PostgresColumns.ALL.stream()
                .map(c -> c.column() + " " + c.type()
                        + (c == PostgresColumns.ID ? " COLLATE \"C\" PRIMARY KEY" : c.needed() ? " NOT NULL" : ""))
                .collect(Collectors.joining(", "));
        String index = "CREATE INDEX ON " + table;
        return List.of(
                "CREATE TABLE " + table + " (" + columns + ")",
                index + " (created_at, id)",
                index + " (status, created_at, id)",
                index + " (user_id, created_at, id) WHERE user_id IS NOT NULL",
                index + " (room_name, created_at, id) WHERE room_name IS NOT NULL",
                index + " (user_id, created_at, id) WHERE " + ACTIVE);
    }
}
