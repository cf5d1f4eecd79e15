package dev.agentassist.brief;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.conversation.Transcript;
import dev.agentassist.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A tool that the agent called, with what came of it.
 *
 * @param arguments as JSON, or null where they are malformed or missing
 * @param output as the tool gave it; null when the call never returned
 * @param result the output as JSON, or null where it is none
 * @param outcome whether there is a result to go by
 * @param afterTurn the spoken turn before the call, 0 at the start
 * @param answeredAfter the spoken turn before its answer
 */
public record ToolUse(
        String name,
        JsonNode arguments,
        String output,
        JsonNode result,
        Outcome outcome,
        int afterTurn,
        int answeredAfter) {

    /** What came of a call. Only {@link #OK} is a result. */
    public enum Outcome {
        OK,
        FAILED,
        /** No answer is in the record: interrupted, or still running. */
        UNANSWERED
    }

    /** All calls of tools, in order, and results whose call is not in the record. */
    public static List<ToolUse> in(Transcript transcript) {
        List<Transcript.Item> items = transcript.items();
        var uses = new ArrayList<ToolUse>();
        var taken = new boolean[items.size()];
        for (int i = 0; i < items.size(); i++) {
            Transcript.Item item = items.get(i);
            if (item instanceof Transcript.ToolCall call) {
                uses.add(of(call, answer(items, i, call, taken)));
            } else if (item instanceof Transcript.ToolResult result && !taken[i]) {
                uses.add(of(null, result));
            }
        }
        return List.copyOf(uses);
    }

    private static Transcript.ToolResult answer(
            List<Transcript.Item> items, int from, Transcript.ToolCall call, boolean[] taken) {
        for (int i = from + 1; i < items.size(); i++) {
            if (items.get(i) instanceof Transcript.ToolResult result && !taken[i] && belongs(call, result)) {
                taken[i] = true;
                return result;
            }
        }
        return null;
    }

    private static boolean belongs(Transcript.ToolCall call, Transcript.ToolResult result) {
        return call.callId() != null && result.callId() != null
                ? call.callId().equals(result.callId())
                : call.name().equals(result.name());
    }

    private static ToolUse of(Transcript.ToolCall call, Transcript.ToolResult result) {
        String name = call != null && !call.name().isBlank() ? call.name() : result == null ? "" : result.name();
        JsonNode parsed = result == null ? null : json(result.output());
        Outcome outcome = result == null
                ? Outcome.UNANSWERED
                : result.error() || tellsOfFailure(parsed, result.output()) ? Outcome.FAILED : Outcome.OK;
        int after = call == null ? result.afterTurn() : call.afterTurn();
        return new ToolUse(
                name.isBlank() ? "tool" : name,
                call == null ? null : json(call.arguments()),
                result == null ? null : result.output(),
                parsed,
                outcome,
                after,
                result == null ? after : result.afterTurn());
    }

    /** Tools often answer that they failed without the record marking it as an error. */
    private static boolean tellsOfFailure(JsonNode json, String text) {
        if (json != null && json.isObject()) {
            JsonNode error = json.path("error");
            boolean named = !error.isMissingNode() && !error.isNull() && !(error.isBoolean() && !error.asBoolean())
                    && !(error.isTextual() && error.asText().isBlank());
            boolean denied = json.path("success").isBoolean() && !json.path("success").asBoolean()
                    || json.path("ok").isBoolean() && !json.path("ok").asBoolean();
            String status = json.path("status").asText("").toLowerCase(Locale.ROOT);
            return named || denied || status.equals("error") || status.equals("failed") || status.equals("failure");
        }
        String start = text.strip().toLowerCase(Locale.ROOT);
        return start.startsWith("error") || start.startsWith("failed") || start.startsWith("timeout")
                || start.startsWith("traceback") || start.startsWith("exception");
    }

    private static JsonNode json(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        char first = text.strip().charAt(0);
        if (first != '{' && first != '[') {
            return null;
        }
        try {
            return JsonTree.read(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
