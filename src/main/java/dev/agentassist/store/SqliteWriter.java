package dev.agentassist.store;

import dev.agentassist.conversation.Conversation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Writes to a SQLite store in one transaction, which holds the file's write lock from the first write to the commit. */
final class SqliteWriter implements ConversationStore.Writer {

    private static final String INSERT = "INSERT INTO " + SqliteSchema.TABLE + " (" + SqliteRow.COLUMNS
            + ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT (id) DO NOTHING";

    private static final String UPDATE = "UPDATE " + SqliteSchema.TABLE + " SET (" + SqliteRow.COLUMNS
            + ") = (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) WHERE id = ?1";

    private final SqliteFile file;
    private final Connection connection;
    private final PreparedStatement insert;
    private final PreparedStatement select;
    private final PreparedStatement update;
    private final PreparedStatement delete;
    private boolean begun;

    SqliteWriter(SqliteFile file, Connection connection) {
        this.file = file;
        this.connection = connection;
        try {
            insert = connection.prepareStatement(INSERT);
            select = connection.prepareStatement(
                    "SELECT " + SqliteRow.COLUMNS + " FROM " + SqliteSchema.TABLE + " WHERE id = ?");
            update = connection.prepareStatement(UPDATE);
            delete = connection.prepareStatement("DELETE FROM " + SqliteSchema.TABLE + " WHERE id = ?");
        } catch (SQLException e) {
            close();
            throw file.failure(e);
        }
    }

    @Override
    public ConversationStore.Change put(Conversation conversation) {
        String body = RecordBody.text(conversation);
        try {
            begin();
            SqliteRow.bind(insert, conversation.info(), body);
            return insert.executeUpdate() == 1 ? ConversationStore.Change.ADDED : merge(conversation, body);
        } catch (SQLException e) {
            throw file.failure(e);
        }
    }

    private ConversationStore.Change merge(Conversation incoming, String body) throws SQLException {
        Conversation stored;
        select.setString(1, RecordBody.wellFormed(incoming.id()));
        try (ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new IllegalStateException("A row that stood in the way is gone.");
            }
            if (SqliteRow.body(row).equals(body) && SqliteRow.info(row).equals(incoming.info())) {
                return ConversationStore.Change.UNCHANGED;
            }
            stored = SqliteRow.conversation(row);
        }
        Merge merge = Merge.of(stored, Merge.normal(incoming));
        if (merge.change() == ConversationStore.Change.UPDATED) {
            SqliteRow.bind(update, merge.record().info(), RecordBody.text(merge.record()));
            update.executeUpdate();
        }
        return merge.change();
    }

    @Override
    public boolean delete(String id) {
        try {
            begin();
            delete.setString(1, id);
            return delete.executeUpdate() == 1;
        } catch (SQLException e) {
            throw file.failure(e);
        }
    }

    private void begin() throws SQLException {
        if (!begun) {
            SqliteFile.run(connection, "BEGIN IMMEDIATE");
            begun = true;
        }
    }

    @Override
    public void commit() {
        if (begun) {
            try {
                SqliteFile.run(connection, "COMMIT");
                begun = false;
            } catch (SQLException e) {
                throw file.failure(e);
            }
        }
    }

    /** SQLite rolls back what is open when its connection is closed. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw file.failure(e);
        }
    }
}
