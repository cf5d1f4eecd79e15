package dev.agentassist.conversation.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.Transcript;
import dev.agentassist.conversation.Turn;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * LiveKit Agents' chat history: {@code ChatContext.to_dict()}, {@code {"items": […]}}, alone or in a session report's
 * {@code chat_history} beside its {@code room} and {@code started_at}; also {@code {"messages": […]}} of chat models.
 * Source: {@code livekit-agents}, {@code llm/chat_context.py} and {@code voice/report.py}.
 */
final class ChatHistoryShape implements JsonShape {

    @Override
    public String name() {
        return "LiveKit Agents' chat history";
    }

    @Override
    public boolean matches(JsonNode node) {
        return history(node) != null;
    }

    private static JsonNode history(JsonNode node) {
        if (node.path("items").isArray()) {
            return node;
        }
        if (node.path("chat_history").path("items").isArray()) {
            return node.path("chat_history");
        }
        JsonNode messages = node.path("messages");
        return messages.isArray() && messages.path(0).has("role") && messages.path(0).has("content") ? messages : null;
    }

    @Override
    public Conversation read(JsonNode node, FormatHints hints) {
        JsonNode history = history(node);
        Transcript transcript = Transcript.read(history);
        var call = new HistoryBuilder();
        for (Turn turn : transcript.turns()) {
            call.say(turn.speaker(), turn.text(), turn.timestamp());
        }
        List<Instant> times = transcript.items().stream().map(Transcript.Item::at).filter(Objects::nonNull).toList();
        if (!times.isEmpty()) {
            call.createdAt = times.getFirst();
            call.endedAt = times.getLast();
        }
        call.id = id(node, history);
        call.roomName = node.path("room").isTextual() ? node.path("room").asText() : null;
        Conversation read = call.build(hints);
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        kept.set("items", history.isArray() ? history : history.path("items"));
        return new Conversation(read.info(), null, null, null, null, null, null, kept, null, read.extra());
    }

    /**
     * A history has no id, but its items do, and times: they part calls with the same words, a greeting and a hang-up
     * say, and calls without any. A report's session counts too.
     */
    private static String id(JsonNode node, JsonNode history) {
        return ContentId.of(List.of(node.path("job_id"), node.path("room_id"), node.path("room"), history));
    }
}
