package dev.agentassist.store;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.PhoneNumber;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Conversations in a table or view of a PostgreSQL database. */
final class PostgresStore implements ConversationStore {

    private static final int ROWS = 1000;

    /** Transcripts can be long. */
    private static final int TRANSCRIPTS = 50;

    /** Counting more takes long, and says no more. */
    private static final int COUNTED = 100_000;

    private final PostgresDatabase database;
    private final PostgresUrl url;
    private Connection connection;
    private PostgresTable table;
    private int cursors;
    private int open;

    PostgresStore(PostgresDatabase database) {
        this.database = database;
        this.url = database.url();
    }

    @Override
    public Optional<Conversation> get(String id) {
        return first(PostgresColumns.ALL, "id", id, false, PostgresRow::conversation);
    }

    @Override
    public Optional<ConversationInfo> find(String id) {
        return first(PostgresColumns.INFO, "id", id, false, PostgresRow::info);
    }

    @Override
    public Optional<ConversationInfo> newest(PhoneNumber number, boolean activeOnly) {
        return newest(PostgresColumns.USER_ID, number.e164(), activeOnly);
    }

    @Override
    public Optional<ConversationInfo> newestInRoom(String roomName, boolean activeOnly) {
        return newest(PostgresColumns.ROOM_NAME, roomName, activeOnly);
    }

    private Optional<ConversationInfo> newest(PostgresColumns column, String value, boolean activeOnly) {
        table();
        return table.types().containsKey(column)
                ? first(PostgresColumns.INFO, column.column(), value, activeOnly, PostgresRow::info)
                : Optional.empty();
    }

    @Override
    public Stream<ConversationInfo> list(ConversationFilter filter) {
        return stream(filter, PostgresColumns.INFO, ROWS, PostgresRow::info);
    }

    @Override
    public Stream<Conversation> read(ConversationFilter filter) {
        return stream(filter, PostgresColumns.ALL, TRANSCRIPTS, PostgresRow::conversation);
    }

    @Override
    public Writer write() {
        Connection writing = database.connect();
        try {
            PostgresTable found = PostgresTable.find(writing, url).orElseThrow(() -> PostgresTable.missing(url)).writable(url);
            writing.setAutoCommit(false);
            return new PostgresWriter(database, writing, found);
        } catch (SQLException e) {
            PostgresDatabase.close(writing);
            throw database.failure(e);
        } catch (RuntimeException e) {
            PostgresDatabase.close(writing);
            throw e;
        }
    }

    @Override
    public Readiness check(boolean create) {
        try {
            Optional<PostgresTable> found = PostgresTable.find(connection(), url);
            boolean make = found.isEmpty() && create;
            if (make) {
                PostgresTable.create(connection(), url);
                found = PostgresTable.find(connection(), url);
            }
            if (found.isEmpty()) {
                return new Readiness(
                        false,
                        "there is no table or view " + url.table(),
                        "Run assist config check --create to make the table. Or make a view of that name, to read only, with "
                                + PostgresColumns.described(true) + "; and what you have of "
                                + PostgresColumns.described(false) + ".");
            }
            return readiness(found.get(), make);
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    private Readiness readiness(PostgresTable found, boolean made) throws SQLException {
        if (!found.faults().isEmpty()) {
            return new Readiness(
                    false,
                    url.table() + " cannot be used: " + String.join(", ", found.faults()),
                    "Make a view with such columns and name it with ?table=NAME in the store's address.");
        }
        if (!found.canRead()) {
            return new Readiness(false, "this user may not read " + url.table(), "Run: GRANT SELECT ON " + url.table() + " TO the user.");
        }
        table = found;
        String count = count();
        if (found.view()) {
            return new Readiness(true, "the view " + url.table() + " can be read, and only read; " + count, null);
        }
        boolean whole = found.types().size() == PostgresColumns.ALL.size();
        return new Readiness(
                true,
                (made ? "made, " : "") + "the table " + url.table() + " can be read"
                        + (whole && found.canWrite() ? " and written" : ", and only read") + "; " + count,
                null);
    }

    private String count() throws SQLException {
        try (PreparedStatement sql = connection().prepareStatement(
                        "SELECT count(*) FROM (SELECT 1 FROM " + table.name() + " LIMIT " + (COUNTED + 1) + ") AS first_ones");
                ResultSet row = sql.executeQuery()) {
            row.next();
            long count = row.getLong(1);
            return count > COUNTED ? "more than 100,000 conversations" : count + (count == 1 ? " conversation" : " conversations");
        }
    }

    @Override
    public String describe() {
        return url.place() + " (" + url.table() + ")";
    }

    @Override
    public void close() {
        PostgresDatabase.close(connection);
        connection = null;
    }

    private Connection connection() {
        if (connection == null) {
            connection = database.connect();
        }
        return connection;
    }

    private PostgresTable table() {
        if (table == null) {
            try {
                table = PostgresTable.find(connection(), url).orElseThrow(() -> PostgresTable.missing(url)).readable(url);
            } catch (SQLException e) {
                throw database.failure(e);
            }
        }
        return table;
    }

    private <T> Optional<T> first(
            List<PostgresColumns> columns, String column, String value, boolean activeOnly, Rows.Reader<T> read) {
        String sql = table().select(columns) + " WHERE " + column + " = ?"
                + (activeOnly ? " AND " + PostgresTable.ACTIVE : "") + table().newestFirst() + " LIMIT 1";
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            statement.setString(1, PostgresRow.fit(value));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(read.read(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    private <T> Stream<T> stream(ConversationFilter filter, List<PostgresColumns> columns, int rows, Rows.Reader<T> read) {
        PostgresQuery query = PostgresQuery.of(table(), columns, filter);
        try {
            connection().setAutoCommit(false);
            open++;
            try {
                return PostgresCursor.open(connection, "assist_" + ++cursors, query, rows, read, database::failure)
                        .onClose(this::streamClosed);
            } catch (SQLException e) {
                streamClosed();
                throw e;
            }
        } catch (SQLException e) {
            throw database.failure(e);
        }
    }

    /** The last one ends the transaction in which they all are read. */
    private void streamClosed() {
        try {
            if (--open == 0 && connection != null && !connection.isClosed()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            PostgresDatabase.close(connection);
            connection = null;
        }
    }
}
