package dev.agentassist.store;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.PhoneNumber;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Conversations in one SQLite file. One that does not exist yet reads as empty and is made on the first write. */
final class SqliteStore implements ConversationStore {

    private static final String INFO = "SELECT " + SqliteRow.INFO_COLUMNS + " FROM " + SqliteSchema.TABLE + " WHERE ";
    private static final String NEWEST = " ORDER BY created_at DESC, id DESC LIMIT 1";

    private final SqliteFile file;
    private Optional<Connection> reader = Optional.empty();

    SqliteStore(SqliteFile file) {
        this.file = file;
    }

    @Override
    public Optional<Conversation> get(String id) {
        return first(
                "SELECT " + SqliteRow.COLUMNS + " FROM " + SqliteSchema.TABLE + " WHERE id = ?",
                SqliteRow::conversation,
                id);
    }

    @Override
    public Optional<ConversationInfo> find(String id) {
        return first(INFO + "id = ?", SqliteRow::info, id);
    }

    @Override
    public Optional<ConversationInfo> newest(PhoneNumber number, boolean activeOnly) {
        return first(INFO + "user_id = ?" + active(activeOnly) + NEWEST, SqliteRow::info, number.e164());
    }

    @Override
    public Optional<ConversationInfo> newestInRoom(String roomName, boolean activeOnly) {
        return first(INFO + "room_name = ?" + active(activeOnly) + NEWEST, SqliteRow::info, roomName);
    }

    private static String active(boolean only) {
        return only ? " AND " + SqliteSchema.ACTIVE : "";
    }

    @Override
    public Stream<ConversationInfo> list(ConversationFilter filter) {
        return all(filter, SqliteRow.INFO_COLUMNS, SqliteRow::info);
    }

    @Override
    public Stream<Conversation> read(ConversationFilter filter) {
        return all(filter, SqliteRow.COLUMNS, SqliteRow::conversation);
    }

    @Override
    public Writer write() {
        return new SqliteWriter(file, file.writer());
    }

    @Override
    public Readiness check(boolean create) {
        boolean made = Files.exists(file.path());
        if (create) {
            write().close();
        }
        if (reader().isPresent()) {
            long count = first("SELECT count(*) FROM " + SqliteSchema.TABLE, row -> row.getLong(1)).orElse(0L);
            return new Readiness(true, (made ? "" : "made, ") + count + (count == 1 ? " conversation" : " conversations"), null);
        }
        return new Readiness(true, "nothing is stored yet; it is made on the first import", null);
    }

    @Override
    public String describe() {
        return "sqlite:" + file.path() + (Files.exists(file.path()) ? "" : " (which does not exist yet)");
    }

    @Override
    public void close() {
        try {
            if (reader.isPresent()) {
                reader.get().close();
            }
        } catch (SQLException e) {
            throw file.failure(e);
        }
    }

    private Optional<Connection> reader() {
        if (reader.isEmpty()) {
            reader = file.reader();
        }
        return reader;
    }

    private <T> Optional<T> first(String sql, Rows.Reader<T> read, String... parameters) {
        Optional<Connection> connection = reader();
        if (connection.isEmpty()) {
            return Optional.empty();
        }
        try (PreparedStatement statement = connection.get().prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(read.read(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw file.failure(e);
        }
    }

    private <T> Stream<T> all(ConversationFilter filter, String columns, Rows.Reader<T> read) {
        Optional<Connection> connection = reader();
        if (connection.isEmpty()) {
            return Stream.empty();
        }
        SqliteQuery query = SqliteQuery.of(filter, columns);
        PreparedStatement statement = null;
        try {
            statement = connection.get().prepareStatement(query.sql());
            List<Object> parameters = query.parameters();
            for (int i = 0; i < parameters.size(); i++) {
                statement.setObject(i + 1, parameters.get(i));
            }
            return Rows.stream(statement, statement.executeQuery(), read, file::failure);
        } catch (SQLException e) {
            throw file.failure(e);
        }
    }
}
