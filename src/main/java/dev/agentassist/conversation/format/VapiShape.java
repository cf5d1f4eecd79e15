package dev.agentassist.conversation.format;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.Direction;
import dev.agentassist.conversation.Status;
import dev.agentassist.conversation.Turn.Speaker;
import java.time.Instant;

/**
 * Vapi: a call of its API ({@code GET /call}), or the {@code end-of-call-report} of its webhook. Messages carry
 * {@code role} (bot, user, system, tool_calls, tool_call_result), {@code message} and {@code time} in epoch milliseconds.
 * Source: Vapi's OpenAPI document, schemas {@code Call}, {@code Artifact}, {@code ServerMessageEndOfCallReport}.
 */
final class VapiShape implements JsonShape {

    @Override
    public String name() {
        return "Vapi calls";
    }

    @Override
    public boolean matches(JsonNode node) {
        return !messages(report(node)).isMissingNode();
    }

    private static JsonNode report(JsonNode node) {
        return node.path("message").path("type").asText().equals("end-of-call-report") ? node.path("message") : node;
    }

    private static JsonNode messages(JsonNode node) {
        for (JsonNode list : new JsonNode[] {node.path("artifact").path("messages"), node.path("messages")}) {
            if (list.isArray() && list.path(0).has("role") && (list.path(0).has("message") || list.path(0).has("secondsFromStart"))) {
                return list;
            }
        }
        return MissingNode.getInstance();
    }

    @Override
    public Conversation read(JsonNode node, FormatHints hints) {
        JsonNode report = report(node);
        JsonNode callNode = report.has("call") ? report.path("call") : report;
        var call = new HistoryBuilder();
        call.id = Fields.text(callNode, "id");
        call.createdAt = Fields.first(Fields.instant(report, "startedAt"), Fields.instant(callNode, "startedAt"), Fields.instant(callNode, "createdAt"));
        call.endedAt = Fields.first(Fields.instant(report, "endedAt"), Fields.instant(callNode, "endedAt"));
        call.agentId = Fields.text(callNode, "assistantId");
        call.summary = Fields.first(Fields.text(report, "summary"), Fields.text(report.path("analysis"), "summary"));
        call.userId = Fields.first(Fields.text(report.path("customer"), "number"), Fields.text(callNode.path("customer"), "number"));
        call.agentNumber = Fields.first(Fields.text(report.path("phoneNumber"), "number"), Fields.text(callNode.path("phoneNumber"), "number"));
        String type = callNode.path("type").asText();
        call.channel = type.equals("webCall") ? Channel.WEBRTC : type.endsWith("PhoneCall") ? Channel.TELEPHONE : null;
        call.direction = type.startsWith("inbound") ? Direction.INBOUND : type.startsWith("outbound") ? Direction.OUTBOUND : null;
        call.status = status(callNode.path("status").asText("ended"), Fields.first(Fields.text(report, "endedReason"), Fields.text(callNode, "endedReason")));
        for (JsonNode message : messages(report)) {
            add(call, message);
        }
        return call.build(hints);
    }

    private static Status status(String status, String reason) {
        return switch (status) {
            case "queued" -> Status.TRIGGERED;
            case "ringing" -> Status.RINGING;
            case "in-progress", "forwarding" -> Status.IN_PROGRESS;
            default -> reason == null
                    ? Status.COMPLETED
                    : reason.equals("customer-did-not-answer") || reason.equals("customer-busy") || reason.equals("voicemail")
                            ? Status.UNANSWERED
                            : reason.contains("forwarded")
                                    ? Status.TRANSFERRED
                                    : reason.contains("error") || reason.contains("failed") ? Status.FAILED : Status.COMPLETED;
        };
    }

    private static void add(HistoryBuilder call, JsonNode message) {
        Instant at = message.path("time").isNumber() ? Instant.ofEpochMilli(message.path("time").asLong()) : null;
        switch (message.path("role").asText()) {
            case "bot", "assistant" -> call.say(Speaker.AGENT, message.path("message").asText(), at);
            case "user" -> call.say(Speaker.CALLER, message.path("message").asText(), at);
            case "tool_calls" -> {
                for (JsonNode tool : message.path("toolCalls")) {
                    call.toolCall(Fields.text(tool, "id"), tool.path("function").path("name").asText(), tool.path("function").path("arguments"), at);
                }
            }
            case "tool_call_result" -> call.toolResult(
                    Fields.text(message, "toolCallId"), message.path("name").asText(), message.path("result"), false, at);
            default -> {
                // system: instructions, not speech.
            }
        }
    }
}
