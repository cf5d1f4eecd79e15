package dev.agentassist.store;

import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Direction;
import dev.agentassist.conversation.Status;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;

/** A conversation as a row of the SQLite table. */
final class SqliteRow {

    static final String INFO_COLUMNS = "id, organization_id, direction, channel, status, user_id, agent_id, agent_name,"
            + " room_name, duration, user_turn_count, created_at, updated_at";

    static final String COLUMNS = INFO_COLUMNS + ", body";

    private static final int BODY = 14;

    private SqliteRow() {}

    static ConversationInfo info(ResultSet row) throws SQLException {
        return new ConversationInfo(
                row.getString(1),
                row.getString(2),
                word(row.getString(3), Direction::ofWire),
                word(row.getString(4), Channel::ofWire),
                Status.ofWire(row.getString(5)).orElseThrow(),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                count(row, 10),
                count(row, 11),
                Micros.instant(row.getLong(12)),
                Micros.instant(row.getLong(13)));
    }

    static Conversation conversation(ResultSet row) throws SQLException {
        return RecordBody.conversation(info(row), RecordBody.parse(row.getString(BODY)));
    }

    static String body(ResultSet row) throws SQLException {
        return row.getString(BODY);
    }

    /** Sets the parameters 1 to 14 in the order of {@link #COLUMNS}. */
    static void bind(PreparedStatement sql, ConversationInfo i, String body) throws SQLException {
        sql.setString(1, text(i.id()));
        sql.setString(2, text(i.organizationId()));
        sql.setString(3, i.direction() == null ? null : i.direction().wire());
        sql.setString(4, i.channel() == null ? null : i.channel().wire());
        sql.setString(5, i.status().wire());
        sql.setString(6, text(i.userId()));
        sql.setString(7, text(i.agentId()));
        sql.setString(8, text(i.agentName()));
        sql.setString(9, text(i.roomName()));
        sql.setObject(10, i.duration());
        sql.setObject(11, i.userTurnCount());
        sql.setLong(12, Micros.of(i.createdAt()));
        sql.setLong(13, Micros.of(i.updatedAt()));
        sql.setString(BODY, body);
    }

    private static String text(String text) {
        return text == null ? null : RecordBody.wellFormed(text);
    }

    private static <T> T word(String text, Function<String, Optional<T>> of) {
        return text == null ? null : of.apply(text).orElse(null);
    }

    private static Integer count(ResultSet row, int column) throws SQLException {
        int value = row.getInt(column);
        return value == 0 && row.wasNull() ? null : value;
    }
}
