package dev.agentassist.store;

import dev.agentassist.conversation.Status;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The tables in a SQLite file, by version: {@code user_version} counts the steps that were taken, {@code application_id}
 * says that the file is ours.
 *
 * @param steps the statements that lead from one version to the next; published steps never change
 */
record SqliteSchema(List<List<String>> steps) {

    /** “AgAs”. */
    static final int APPLICATION_ID = 0x41674173;

    static final String TABLE = "conversation";

    /** In this wording an index and a query must both say it, or SQLite does not see that the index fits. */
    static final String ACTIVE = "status IN ("
            + Arrays.stream(Status.values())
                    .filter(Status::active)
                    .map(s -> "'" + s.wire() + "'")
                    .collect(Collectors.joining(", "))
            + ")";

    /*
     * Times are microseconds since 1970. The id is no part of the indexes that give the order: rows of the same
     * microsecond are few, and SQLite sorts such a handful as it goes along. The body stands last, so that what a list
     * shows is on a row's first page.
     */
    static final SqliteSchema CURRENT = new SqliteSchema(List.of(List.of(
            """
            CREATE TABLE conversation (
              id TEXT NOT NULL,
              organization_id TEXT,
              direction TEXT,
              channel TEXT,
              status TEXT NOT NULL,
              user_id TEXT,
              agent_id TEXT,
              agent_name TEXT,
              room_name TEXT,
              duration INTEGER,
              user_turn_count INTEGER,
              created_at INTEGER NOT NULL,
              updated_at INTEGER NOT NULL,
              body TEXT NOT NULL
            )""",
            "CREATE UNIQUE INDEX conversation_id ON conversation (id)",
            "CREATE INDEX conversation_created ON conversation (created_at)",
            "CREATE INDEX conversation_user ON conversation (user_id, created_at) WHERE user_id IS NOT NULL",
            "CREATE INDEX conversation_status ON conversation (status, created_at)",
            "CREATE INDEX conversation_room ON conversation (room_name, created_at) WHERE room_name IS NOT NULL",
            "CREATE INDEX conversation_active_user ON conversation (user_id, created_at) WHERE " + ACTIVE)));

    int version() {
        return steps.size();
    }

    /** What a file says of itself. */
    record Stamp(int applicationId, int version, boolean empty) {

        boolean ours() {
            return applicationId == APPLICATION_ID;
        }
    }

    static Stamp stamp(Connection connection) throws SQLException {
        return new Stamp(
                number(connection, "PRAGMA application_id"),
                number(connection, "PRAGMA user_version"),
                number(connection, "SELECT count(*) FROM sqlite_schema") == 0);
    }

    /** Takes the steps that the file lacks; all or none. Another process may do the same at the same time. */
    void upgrade(Connection connection) throws SQLException {
        try (Statement sql = connection.createStatement()) {
            sql.execute("BEGIN IMMEDIATE");
            try {
                for (List<String> step : steps.subList(stamp(connection).version(), steps.size())) {
                    for (String statement : step) {
                        sql.execute(statement);
                    }
                }
                sql.execute("PRAGMA application_id = " + APPLICATION_ID);
                sql.execute("PRAGMA user_version = " + version());
                sql.execute("COMMIT");
            } catch (SQLException e) {
                rollback(sql, e);
                throw e;
            }
        }
    }

    private static void rollback(Statement sql, SQLException cause) {
        try {
            sql.execute("ROLLBACK");
        } catch (SQLException e) {
            // SQLite has rolled back by itself where the disk is full.
            cause.addSuppressed(e);
        }
    }

    private static int number(Connection connection, String query) throws SQLException {
        try (Statement sql = connection.createStatement(); ResultSet row = sql.executeQuery(query)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }
}
