package dev.agentassist.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.json.Json;

/** The fields of a conversation that no list needs, as one JSON object; what is null is left out. */
final class RecordBody {

    private static final String EXTRA = "extra";

    private RecordBody() {}

    static ObjectNode node(Conversation c) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        put(body, "agent_version_id", c.agentVersionId());
        put(body, "agent_number", c.agentNumber());
        put(body, "web_widget_id", c.webWidgetId());
        put(body, "summary", c.summary());
        put(body, "initial_context", c.initialContext());
        put(body, "custom_metadata", c.customMetadata());
        put(body, "conversation", c.transcript());
        put(body, "recording_details", c.recordingDetails());
        if (!c.extra().isEmpty()) {
            body.set(EXTRA, c.extra());
        }
        return body;
    }

    /** Compact JSON, fit for UTF-8. */
    static String text(Conversation c) {
        try {
            return wellFormed(Json.MAPPER.writeValueAsString(node(c)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written.", e);
        }
    }

    static ObjectNode parse(String text) {
        try {
            return Json.MAPPER.readTree(text) instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The store holds a body that is not JSON.", e);
        }
    }

    static Conversation conversation(ConversationInfo info, ObjectNode body) {
        return new Conversation(
                info,
                text(body, "agent_version_id"),
                text(body, "agent_number"),
                text(body, "web_widget_id"),
                text(body, "summary"),
                body.get("initial_context"),
                object(body, "custom_metadata"),
                body.get("conversation"),
                object(body, "recording_details"),
                body.get(EXTRA) instanceof ObjectNode extra ? extra : JsonNodeFactory.instance.objectNode());
    }

    /** What the newer one leaves out, the older one keeps. */
    static ObjectNode merge(ObjectNode older, ObjectNode newer) {
        ObjectNode merged = older.objectNode();
        merged.setAll(older);
        merged.setAll(newer);
        if (older.get(EXTRA) instanceof ObjectNode before && newer.get(EXTRA) instanceof ObjectNode after) {
            ObjectNode extra = before.objectNode();
            extra.setAll(before);
            extra.setAll(after);
            merged.set(EXTRA, extra);
        }
        return merged;
    }

    /** Half a surrogate pair, which a transcript cut in the middle of an emoji has, becomes U+FFFD: UTF-8 has none. */
    static String wellFormed(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            if (mended == null) {
                mended = new StringBuilder(text);
            }
            mended.setCharAt(i, '\ufffd');
        }
        return mended == null ? text : mended.toString();
    }

    private static void put(ObjectNode body, String field, String value) {
        if (value != null) {
            body.put(field, value);
        }
    }

    private static void put(ObjectNode body, String field, JsonNode value) {
        if (value != null && !value.isNull()) {
            body.set(field, value);
        }
    }

    private static String text(ObjectNode body, String field) {
        JsonNode value = body.get(field);
        return value == null ? null : value.asText();
    }

    private static ObjectNode object(ObjectNode body, String field) {
        return body.get(field) instanceof ObjectNode object ? object : null;
    }
}
