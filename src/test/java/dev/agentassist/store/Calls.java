package dev.agentassist.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.conversation.Direction;
import dev.agentassist.conversation.Status;
import dev.agentassist.json.Json;
import java.time.Instant;

/** Conversations to test with; one differs from another only in what a test says. */
final class Calls {

    static final String ANNA = "+14155550132";
    static final String BEN = "+14155550133";
    /** Anna's is its beginning. */
    static final String ANNA_LONGER = "+141555501321";
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private Calls() {}

    static Conversation call(String id, String caller, Status status, Instant created) {
        return change(id, """
                {"user_id": "%s", "status": "%s", "created_at": "%s", "updated_at": "%s"}"""
                .formatted(caller, status.wire(), created, created.plusSeconds(60)));
    }

    /** A full one with the given fields instead of its own. */
    static Conversation change(String id, String fields) {
        return change(full(id), fields);
    }

    static Conversation change(Conversation call, String fields) {
        try {
            ObjectNode node = ConversationJson.write(call);
            node.setAll((ObjectNode) Json.MAPPER.readTree(fields));
            return ConversationJson.read(node);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(fields, e);
        }
    }

    /** Every field is set, and texts hold what goes wrong easily. */
    static Conversation full(String id) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        ObjectNode transcript = json.objectNode();
        transcript.putArray("items").addObject()
                .put("type", "message").put("role", "user").put("created_at", new java.math.BigDecimal("1763812800.25"))
                .putArray("content").add("Größe „L“ 😀 '); DROP TABLE conversation; -- \u001b[31m \u2028 \u0000");
        var info = new ConversationInfo(
                id,
                "org_1",
                Direction.INBOUND,
                Channel.TELEPHONE,
                Status.COMPLETED,
                ANNA,
                "agent_1",
                "Bestellungen & Käse",
                "call-" + id,
                185,
                7,
                NOON,
                NOON.plusSeconds(200));
        ObjectNode extra = json.objectNode();
        extra.put("priority", 3).putArray("tags").add("a").add("b");
        return ConversationJson.read(ConversationJson.write(new Conversation(
                info,
                "v12",
                "+14155550199",
                "widget_1",
                "Wanted to know where the parcel is.",
                json.objectNode().put("language", "de"),
                json.objectNode().put("order", "A-1001").put("vip", true).put("ratio", new java.math.BigDecimal("0.5")),
                transcript,
                json.objectNode().put("url", "https://example.com/r.mp3"),
                extra)));
    }
}
