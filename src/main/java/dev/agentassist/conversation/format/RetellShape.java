package dev.agentassist.conversation.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.Direction;
import dev.agentassist.conversation.Status;
import dev.agentassist.conversation.Turn.Speaker;
import java.time.Instant;

/**
 * Retell AI: a call of its API ({@code GET /v2/get-call}), or its webhooks ({@code {"event", "call"}}).
 * {@code transcript_with_tool_calls} (else {@code transcript_object}) holds {@code role} agent or user with words and their
 * times in seconds, {@code tool_call_invocation} and {@code tool_call_result}. Source: Retell's API reference, "Get Call".
 */
final class RetellShape implements JsonShape {

    @Override
    public String name() {
        return "Retell calls";
    }

    @Override
    public boolean matches(JsonNode node) {
        JsonNode call = node.has("event") && node.path("call").isObject() ? node.path("call") : node;
        return call.has("call_id") && (call.has("call_status") || call.has("transcript_object"));
    }

    @Override
    public Conversation read(JsonNode node, FormatHints hints) {
        JsonNode source = node.has("event") && node.path("call").isObject() ? node.path("call") : node;
        var call = new HistoryBuilder();
        call.id = Fields.text(source, "call_id");
        call.createdAt = Fields.epochMillis(source, "start_timestamp");
        call.endedAt = Fields.epochMillis(source, "end_timestamp");
        call.agentId = Fields.text(source, "agent_id");
        call.summary = Fields.text(source.path("call_analysis"), "call_summary");
        call.channel = source.path("call_type").asText().equals("web_call") ? Channel.WEBRTC : Channel.TELEPHONE;
        boolean outbound = source.path("direction").asText().equals("outbound");
        call.direction = outbound ? Direction.OUTBOUND : source.has("direction") ? Direction.INBOUND : null;
        call.userId = Fields.text(source, outbound ? "to_number" : "from_number");
        call.agentNumber = Fields.text(source, outbound ? "from_number" : "to_number");
        call.status = status(source);
        JsonNode turns = source.path("transcript_with_tool_calls").isArray()
                ? source.path("transcript_with_tool_calls")
                : source.path("transcript_object");
        for (JsonNode turn : turns) {
            add(call, turn);
        }
        return call.build(hints);
    }

    private static Status status(JsonNode source) {
        return switch (source.path("call_status").asText("ended")) {
            case "registered" -> Status.TRIGGERED;
            case "ongoing" -> Status.IN_PROGRESS;
            case "error" -> Status.FAILED;
            case "not_connected" -> Status.UNANSWERED;
            default -> source.path("disconnection_reason").asText().equals("call_transfer") ? Status.TRANSFERRED : Status.COMPLETED;
        };
    }

    private static void add(HistoryBuilder call, JsonNode turn) {
        JsonNode start = turn.path("words").path(0).path("start");
        Instant at = start.isNumber() && call.createdAt != null
                ? call.createdAt.plusMillis(Math.round(start.asDouble() * 1000))
                : null;
        switch (turn.path("role").asText()) {
            case "agent" -> call.say(Speaker.AGENT, turn.path("content").asText(), at);
            case "user" -> call.say(Speaker.CALLER, turn.path("content").asText(), at);
            case "tool_call_invocation" -> call.toolCall(
                    Fields.text(turn, "tool_call_id"), turn.path("name").asText(), turn.path("arguments"), at);
            case "tool_call_result" -> call.toolResult(
                    Fields.text(turn, "tool_call_id"),
                    "",
                    turn.path("content"),
                    turn.has("successful") && !turn.path("successful").asBoolean(),
                    at);
            default -> {
                // dtmf, node_transition: nothing that was said.
            }
        }
    }
}
