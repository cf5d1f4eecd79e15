package dev.agentassist.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened in a call, in order. {@code system} and {@code developer} messages are instructions to the agent, not
 * speech: they are left out, never shown as if spoken.
 *
 * @param items speech, tool calls and their results, in the order of the record
 * @param warnings what was skipped, counted: one sentence a kind
 */
public record Transcript(List<Item> items, List<String> warnings) {

    /** One thing that happened. */
    public sealed interface Item {
        /** When, or null. */
        Instant at();
    }

    /** A spoken turn. */
    public record Spoken(Turn turn) implements Item {
        @Override
        public Instant at() {
            return turn.timestamp();
        }
    }

    /**
     * The agent called a tool.
     *
     * @param callId pairs it with its result; may be null
     * @param arguments a JSON text as the model wrote it; may be malformed
     * @param afterTurn the number of the spoken turn before it, 0 at the start
     */
    public record ToolCall(String callId, String name, String arguments, int afterTurn, Instant at) implements Item {}

    /** What a tool answered. {@code output} is usually JSON, but any text is possible. */
    public record ToolResult(String callId, String name, String output, boolean error, int afterTurn, Instant at)
            implements Item {}

    /** Another agent took over. */
    public record Handoff(String newAgent, int afterTurn, Instant at) implements Item {}

    public static final Transcript EMPTY = new Transcript(List.of(), List.of());

    public Transcript {
        items = List.copyOf(items);
        warnings = List.copyOf(warnings);
    }

    /** The spoken turns, numbered from 1. */
    public List<Turn> turns() {
        var turns = new ArrayList<Turn>();
        for (Item item : items) {
            if (item instanceof Spoken spoken) {
                turns.add(spoken.turn());
            }
        }
        return List.copyOf(turns);
    }

    /**
     * Reads LiveKit Agents' chat history, a bare list of its items, or a list of {@code {role, content|text}}.
     *
     * @param node the {@code conversation} field; null or JSON null gives {@link #EMPTY}
     */
    public static Transcript read(JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode()) {
            return EMPTY;
        }
        JsonNode list = node.isArray() ? node : node.path("items");
        if (!list.isArray()) {
            return node.isObject() && node.isEmpty()
                    ? EMPTY
                    : new Transcript(List.of(), List.of("The transcript has no list of items and was skipped."));
        }
        return new Reader().read(list);
    }

    /** Holds what accumulates while the items are walked once. */
    private static final class Reader {
        private final List<Item> items = new ArrayList<>();
        private final Map<String, Integer> skipped = new LinkedHashMap<>();
        private int turns;

        Transcript read(JsonNode list) {
            for (JsonNode item : list) {
                one(item);
            }
            var warnings = new ArrayList<String>();
            skipped.forEach((what, n) -> warnings.add("Skipped " + n + (n == 1 ? " item" : " items") + " of " + what + "."));
            return new Transcript(items, warnings);
        }

        private void one(JsonNode item) {
            if (!item.isObject()) {
                skip("a kind that is no object");
                return;
            }
            Instant at = instant(item);
            switch (item.path("type").asText("message")) {
                case "message" -> message(item, at);
                case "function_call" -> items.add(new ToolCall(
                        textOrNull(item, "call_id"), item.path("name").asText(""), json(item.path("arguments")), turns, at));
                case "function_call_output" -> items.add(new ToolResult(
                        textOrNull(item, "call_id"),
                        item.path("name").asText(""),
                        json(item.path("output")),
                        item.path("is_error").asBoolean(false),
                        turns,
                        at));
                case "agent_handoff" -> items.add(new Handoff(textOrNull(item, "new_agent_id"), turns, at));
                case "agent_config_update" -> { }
                default -> skip("unknown type “" + clip(item.path("type").asText()) + "”");
            }
        }

        private void message(JsonNode item, Instant at) {
            String role = item.path("role").asText("");
            Turn.Speaker speaker = switch (role) {
                case "user", "caller", "customer", "human" -> Turn.Speaker.CALLER;
                case "assistant", "agent", "bot", "ai" -> Turn.Speaker.AGENT;
                case "system", "developer" -> null;
                default -> {
                    skip("unknown role “" + clip(role) + "”");
                    yield null;
                }
            };
            String text = text(item.has("content") ? item.path("content") : item.path("text")).strip();
            if (speaker != null && !text.isEmpty()) {
                items.add(new Spoken(
                        new Turn(++turns, speaker, text, at, item.path("interrupted").asBoolean(false))));
            }
        }

        private String text(JsonNode content) {
            if (content.isArray()) {
                var joined = new StringBuilder();
                for (JsonNode part : content) {
                    String said = part.isObject()
                            ? part.path("transcript").asText(part.path("text").asText(""))
                            : part.isTextual() ? part.asText() : "";
                    if (!said.isBlank()) {
                        joined.append(joined.isEmpty() ? "" : "\n").append(said);
                    }
                }
                return joined.toString();
            }
            return content.isTextual() ? content.asText() : "";
        }

        private void skip(String what) {
            skipped.merge(what, 1, Integer::sum);
        }

        private static String clip(String text) {
            return text.length() <= 40 ? text : text.substring(0, 40) + "…";
        }

        private static String json(JsonNode node) {
            return node.isTextual() ? node.asText() : node.isMissingNode() ? "" : node.toString();
        }

        private static String textOrNull(JsonNode item, String field) {
            return item.path(field).isTextual() ? item.path(field).asText() : null;
        }

        /** {@code created_at} is epoch seconds as a float in LiveKit's history; an ISO string is taken too. */
        private static Instant instant(JsonNode item) {
            JsonNode at = item.path("created_at");
            if (at.isNumber()) {
                double seconds = at.asDouble();
                return seconds >= 0 && seconds < 253402300800.0 ? Instant.ofEpochMilli(Math.round(seconds * 1000)) : null;
            }
            if (at.isTextual()) {
                try {
                    return Timestamps.parse(at.asText());
                } catch (java.time.DateTimeException e) {
                    return null;
                }
            }
            return null;
        }
    }
}
