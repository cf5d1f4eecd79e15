package dev.agentassist.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Direction;
import dev.agentassist.conversation.Status;
import dev.agentassist.json.Json;
import dev.agentassist.problem.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;

/**
 * A conversation as a row of a PostgreSQL table or view. JSON stands in columns of type {@code json}, which keeps it as it
 * was written: {@code jsonb} has no zero characters and its own order.
 */
final class PostgresRow {

    private PostgresRow() {}

    static ConversationInfo info(ResultSet row) throws SQLException {
        String id = text(row, PostgresColumns.ID);
        if (id == null) {
            throw Failure.badInput("The store has a row without an id.", "Give the view an id for each conversation.");
        }
        return new ConversationInfo(
                id,
                text(row, PostgresColumns.ORGANIZATION_ID),
                word(row, PostgresColumns.DIRECTION, Direction::ofWire),
                word(row, PostgresColumns.CHANNEL, Channel::ofWire),
                status(row, id),
                text(row, PostgresColumns.USER_ID),
                text(row, PostgresColumns.AGENT_ID),
                text(row, PostgresColumns.AGENT_NAME),
                text(row, PostgresColumns.ROOM_NAME),
                count(row, PostgresColumns.DURATION),
                count(row, PostgresColumns.USER_TURN_COUNT),
                instant(row, PostgresColumns.CREATED_AT, id),
                instant(row, PostgresColumns.UPDATED_AT, id));
    }

    static Conversation conversation(ResultSet row) throws SQLException {
        ConversationInfo info = info(row);
        return new Conversation(
                info,
                text(row, PostgresColumns.AGENT_VERSION_ID),
                text(row, PostgresColumns.AGENT_NUMBER),
                text(row, PostgresColumns.WEB_WIDGET_ID),
                text(row, PostgresColumns.SUMMARY),
                json(row, PostgresColumns.INITIAL_CONTEXT, info.id()),
                object(row, PostgresColumns.CUSTOM_METADATA, info.id()),
                json(row, PostgresColumns.CONVERSATION, info.id()),
                object(row, PostgresColumns.RECORDING_DETAILS, info.id()),
                json(row, PostgresColumns.EXTRA, info.id()) instanceof ObjectNode extra
                        ? extra
                        : JsonNodeFactory.instance.objectNode());
    }

    /** What goes into a column: a text, a number, a time in microseconds, or null. */
    static Object value(PostgresColumns column, Conversation c) {
        ConversationInfo i = c.info();
        return switch (column) {
            case ID -> fit(i.id());
            case ORGANIZATION_ID -> fit(i.organizationId());
            case DIRECTION -> i.direction() == null ? null : i.direction().wire();
            case CHANNEL -> i.channel() == null ? null : i.channel().wire();
            case STATUS -> i.status().wire();
            case USER_ID -> fit(i.userId());
            case AGENT_ID -> fit(i.agentId());
            case AGENT_NAME -> fit(i.agentName());
            case ROOM_NAME -> fit(i.roomName());
            case DURATION -> i.duration();
            case USER_TURN_COUNT -> i.userTurnCount();
            case CREATED_AT -> Micros.of(i.createdAt());
            case UPDATED_AT -> Micros.of(i.updatedAt());
            case AGENT_VERSION_ID -> fit(c.agentVersionId());
            case AGENT_NUMBER -> fit(c.agentNumber());
            case WEB_WIDGET_ID -> fit(c.webWidgetId());
            case SUMMARY -> fit(c.summary());
            case INITIAL_CONTEXT -> json(c.initialContext());
            case CUSTOM_METADATA -> json(c.customMetadata());
            case CONVERSATION -> json(c.transcript());
            case RECORDING_DETAILS -> json(c.recordingDetails());
            case EXTRA -> c.extra().isEmpty() ? null : json(c.extra());
        };
    }

    /** Text that a PostgreSQL text can hold: no half surrogate pairs and no zero characters. */
    static String fit(String text) {
        return text == null ? null : RecordBody.wellFormed(text).replace('\0', '\ufffd');
    }

    /** The same with such text. JSON keeps its zero characters, as escapes. */
    static Conversation fit(Conversation c) {
        ConversationInfo i = c.info();
        var info = new ConversationInfo(
                fit(i.id()), fit(i.organizationId()), i.direction(), i.channel(), i.status(), fit(i.userId()), fit(i.agentId()),
                fit(i.agentName()), fit(i.roomName()), i.duration(), i.userTurnCount(), i.createdAt(), i.updatedAt());
        return new Conversation(
                info, fit(c.agentVersionId()), fit(c.agentNumber()), fit(c.webWidgetId()), fit(c.summary()), c.initialContext(),
                c.customMetadata(), c.transcript(), c.recordingDetails(), c.extra());
    }

    private static String json(JsonNode node) {
        try {
            return node == null || node.isNull() ? null : RecordBody.wellFormed(Json.MAPPER.writeValueAsString(node));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written.", e);
        }
    }

    private static String text(ResultSet row, PostgresColumns column) throws SQLException {
        return row.getString(column.number());
    }

    private static <T> T word(ResultSet row, PostgresColumns column, Function<String, Optional<T>> of) throws SQLException {
        String text = text(row, column);
        return text == null ? null : of.apply(text).orElse(null);
    }

    private static Status status(ResultSet row, String id) throws SQLException {
        String text = text(row, PostgresColumns.STATUS);
        return Status.ofWire(text == null ? "" : text)
                .orElseThrow(() -> Failure.badInput(
                        "The conversation " + id + " in the store has the status “" + text + "”, which is none.",
                        "Give the documented ones in the view, as CASE state WHEN 'done' THEN 'completed' … END."));
    }

    private static Integer count(ResultSet row, PostgresColumns column) throws SQLException {
        long value = row.getLong(column.number());
        return row.wasNull() ? null : Integer.valueOf((int) Math.min(Integer.MAX_VALUE, Math.max(0, value)));
    }

    private static Instant instant(ResultSet row, PostgresColumns column, String id) throws SQLException {
        OffsetDateTime at = row.getObject(column.number(), OffsetDateTime.class);
        if (at == null || at.getYear() > 9999 || at.getYear() < 1) {
            throw Failure.badInput(
                    "The conversation " + id + " in the store has no usable " + column.column() + ".",
                    "Give a time in the view, as COALESCE(" + column.column() + ", now()).");
        }
        return at.toInstant();
    }

    private static JsonNode json(ResultSet row, PostgresColumns column, String id) throws SQLException {
        String text = text(row, column);
        if (text == null) {
            return null;
        }
        try {
            JsonNode node = Json.MAPPER.readTree(text);
            return node.isNull() || node.isMissingNode() ? null : node;
        } catch (JsonProcessingException e) {
            throw Failure.badInput(
                    "The conversation " + id + " in the store has no JSON in " + column.column() + ".",
                    "Give json or jsonb in the view.");
        }
    }

    private static ObjectNode object(ResultSet row, PostgresColumns column, String id) throws SQLException {
        return json(row, column, id) instanceof ObjectNode object ? object : null;
    }
}
