package dev.agentassist.conversation.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Direction;
import dev.agentassist.conversation.Status;
import dev.agentassist.conversation.Turn.Speaker;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;

/** Collects what a foreign format tells of a call, and makes the conversation of it. */
final class HistoryBuilder {

    private final ArrayNode items = JsonNodeFactory.instance.arrayNode();
    private int callerTurns;
    private Instant last;

    String id;
    Instant createdAt;
    Instant endedAt;
    Integer seconds;
    Status status = Status.COMPLETED;
    Direction direction;
    Channel channel;
    String userId;
    String agentId;
    String agentNumber;
    String summary;
    String roomName;

    /** Adds a turn; blank text is none. {@code at} may be null. */
    HistoryBuilder say(Speaker speaker, String text, Instant at) {
        if (text == null || text.isBlank()) {
            return this;
        }
        ObjectNode item = item("message", at);
        item.put("role", speaker == Speaker.CALLER ? "user" : "assistant");
        item.putArray("content").add(text.strip());
        if (speaker == Speaker.CALLER) {
            callerTurns++;
        }
        return this;
    }

    HistoryBuilder toolCall(String callId, String name, JsonNode arguments, Instant at) {
        ObjectNode item = item("function_call", at);
        item.put("call_id", callId);
        item.put("name", name);
        item.put("arguments", text(arguments));
        return this;
    }

    HistoryBuilder toolResult(String callId, String name, JsonNode output, boolean error, Instant at) {
        ObjectNode item = item("function_call_output", at);
        item.put("call_id", callId);
        item.put("name", name);
        item.put("output", text(output));
        item.put("is_error", error);
        return this;
    }

    private static String text(JsonNode node) {
        return node == null || node.isNull() || node.isMissingNode() ? "" : node.isTextual() ? node.asText() : node.toString();
    }

    private ObjectNode item(String type, Instant at) {
        ObjectNode item = items.addObject();
        item.put("type", type);
        if (at != null) {
            item.put("created_at", BigDecimal.valueOf(at.toEpochMilli(), 3));
            last = at;
        }
        return item;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    /** The conversation; what no format said is filled from the hints, the id from the content. */
    Conversation build(FormatHints hints) {
        Instant created = createdAt != null ? createdAt : hints.recordedAt();
        Integer length = seconds != null && seconds >= 0
                ? seconds
                : endedAt != null
                        ? Integer.valueOf(seconds(created, endedAt))
                        : last != null ? Integer.valueOf(seconds(created, last)) : null;
        Instant updated = endedAt != null ? endedAt : length != null ? created.plusSeconds(length) : created;
        var info = new ConversationInfo(
                id != null && !id.isBlank() ? id : contentId(),
                null,
                direction,
                channel,
                status,
                userId,
                agentId,
                null,
                roomName,
                status.active() ? null : length,
                callerTurns,
                created,
                updated.isBefore(created) ? created : updated);
        ObjectNode history = JsonNodeFactory.instance.objectNode();
        history.set("items", items);
        return new Conversation(
                info, null, agentNumber, null, summary, null, null, history, null, JsonNodeFactory.instance.objectNode());
    }

    private static int seconds(Instant from, Instant to) {
        return (int) Math.clamp(Duration.between(from, to).toSeconds(), 0, Integer.MAX_VALUE);
    }

    /** The same words, the same id: the times of a format that holds no date are the file's, so they do not count. */
    private String contentId() {
        var words = new ArrayList<JsonNode>();
        for (JsonNode item : items) {
            words.add(((ObjectNode) item.deepCopy()).without("created_at"));
        }
        return ContentId.of(words);
    }
}
