package dev.agentassist.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.problem.Failure;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;

/**
 * Conversations as JSON objects, in the platform's fields and ours ({@code room_name}). Reads leniently, writes every
 * field in the documented order; unknown fields survive the way through.
 */
public final class ConversationJson {

    private static final Set<String> KNOWN = Set.of(
            "id", "organization_id", "direction", "channel", "status", "user_id", "agent_id", "agent_version_id",
            "agent_number", "web_widget_id", "duration", "user_turn_count", "created_at", "updated_at", "agent",
            "summary", "initial_context", "custom_metadata", "conversation", "recording_details", "room_name");

    private ConversationJson() {}

    /** Fails with {@code BadInput} whose sentence names the field; the caller adds the place. */
    public static Conversation read(JsonNode node) {
        if (!node.isObject()) {
            throw Failure.badInput("This is not a conversation object.", "Write {\"id\": …, \"status\": …, \"created_at\": …}.");
        }
        String id = text(node, "id");
        if (id == null || id.isBlank()) {
            throw bad("id", "is missing", "Give each conversation a unique id.");
        }
        Instant created = instant(node, "created_at");
        if (created == null) {
            throw bad("created_at", "is missing", "Write it as 2026-11-23T09:30:00Z.");
        }
        Instant updated = instant(node, "updated_at");
        JsonNode agent = node.path("agent");
        String agentId = text(node, "agent_id");
        var info = new ConversationInfo(
                id,
                text(node, "organization_id"),
                word(node, "direction", Direction::ofWire),
                word(node, "channel", Channel::ofWire),
                status(node),
                text(node, "user_id"),
                agentId == null ? text(agent, "id") : agentId,
                text(agent, "name"),
                text(node, "room_name"),
                count(node, "duration"),
                count(node, "user_turn_count"),
                created,
                updated == null ? created : updated);
        ObjectNode extra = JsonNodeFactory.instance.objectNode();
        node.properties().forEach(e -> {
            if (!KNOWN.contains(e.getKey())) {
                extra.set(e.getKey(), e.getValue());
            }
        });
        return new Conversation(
                info,
                text(node, "agent_version_id"),
                text(node, "agent_number"),
                text(node, "web_widget_id"),
                text(node, "summary"),
                present(node, "initial_context"),
                object(node, "custom_metadata"),
                present(node, "conversation"),
                object(node, "recording_details"),
                extra);
    }

    public static ObjectNode write(Conversation c) {
        ConversationInfo i = c.info();
        ObjectNode o = JsonNodeFactory.instance.objectNode();
        writeInfo(i, o);
        o.put("agent_version_id", c.agentVersionId());
        o.put("agent_number", c.agentNumber());
        o.put("web_widget_id", c.webWidgetId());
        o.put("summary", c.summary());
        o.set("initial_context", c.initialContext());
        o.set("custom_metadata", c.customMetadata());
        o.set("conversation", c.transcript());
        o.set("recording_details", c.recordingDetails());
        o.setAll(c.extra());
        return o;
    }

    /** The fields of a list's row. */
    public static ObjectNode writeInfo(ConversationInfo i) {
        ObjectNode o = JsonNodeFactory.instance.objectNode();
        writeInfo(i, o);
        return o;
    }

    private static void writeInfo(ConversationInfo i, ObjectNode o) {
        o.put("id", i.id());
        o.put("organization_id", i.organizationId());
        o.put("direction", i.direction() == null ? null : i.direction().wire());
        o.put("channel", i.channel() == null ? null : i.channel().wire());
        o.put("status", i.status().wire());
        o.put("user_id", i.userId());
        o.put("agent_id", i.agentId());
        if (i.agentId() == null && i.agentName() == null) {
            o.putNull("agent");
        } else {
            o.putObject("agent").put("id", i.agentId()).put("name", i.agentName());
        }
        o.put("room_name", i.roomName());
        o.put("duration", i.duration());
        o.put("user_turn_count", i.userTurnCount());
        o.put("created_at", i.createdAt().toString());
        o.put("updated_at", i.updatedAt().toString());
    }

    private static Status status(JsonNode node) {
        String text = text(node, "status");
        if (text == null) {
            throw bad("status", "is missing", "Use one of the documented statuses, as completed.");
        }
        return Status.ofWire(text)
                .orElseThrow(() -> bad("status", "is “" + clip(text) + "”", "Use a documented status, as completed."));
    }

    private static <T> T word(JsonNode node, String field, java.util.function.Function<String, java.util.Optional<T>> of) {
        String text = text(node, field);
        if (text == null) {
            return null;
        }
        return of.apply(text)
                .orElseThrow(() -> bad(field, "is “" + clip(text) + "”", "Use one of its documented values."));
    }

    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isValueNode()) {
            throw bad(field, "is not a text", "Write it as a string.");
        }
        return value.asText();
    }

    private static Integer count(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isNumber() || value.asDouble() < 0 || value.asDouble() > Integer.MAX_VALUE) {
            throw bad(field, "is not a whole number from 0 up", "Write seconds or a count as a number, or null.");
        }
        return (int) Math.round(value.asDouble());
    }

    private static Instant instant(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try {
            if (value.isNumber()) {
                return Instant.ofEpochMilli(Math.round(value.asDouble() * 1000));
            }
            return Timestamps.parse(value.asText());
        } catch (DateTimeException e) {
            throw bad(field, "is “" + clip(value.asText()) + "”", "Write it as 2026-11-23T09:30:00Z.");
        }
    }

    private static JsonNode present(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull() ? null : value;
    }

    private static ObjectNode object(JsonNode node, String field) {
        JsonNode value = present(node, field);
        if (value != null && !value.isObject()) {
            throw bad(field, "is not an object", "Write it as {…}, or null.");
        }
        return (ObjectNode) value;
    }

    private static String clip(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    private static Failure bad(String field, String what, String mend) {
        return Failure.badInput("The field “" + field + "” " + what + ".", mend);
    }
}
