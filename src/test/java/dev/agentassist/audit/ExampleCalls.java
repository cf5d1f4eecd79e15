package dev.agentassist.audit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Calls written down as short lines; see {@code examples/starter.yaml}. */
final class ExampleCalls {

    private static final Pattern TIMES = Pattern.compile(" @([\\d.]+)-([\\d.]+)(?: \\+([\\d.]+))?$");

    private ExampleCalls() {}

    /** Rule id → {@code pass} or {@code fail} → lines. */
    @SuppressWarnings("unchecked")
    static Map<String, Map<String, List<String>>> of(String policy) throws IOException {
        try (InputStream in = ExampleCalls.class.getResourceAsStream("examples/" + policy + ".yaml")) {
            return (Map<String, Map<String, List<String>>>) new Load(LoadSettings.builder().build()).loadFromInputStream(in);
        }
    }

    static Conversation call(String id, List<String> lines) {
        ObjectNode call = Json.MAPPER.createObjectNode();
        call.put("id", id).put("status", "completed").put("direction", "inbound").put("channel", "telephone");
        call.put("created_at", "2026-11-22T10:00:00Z").put("agent_id", "agent_example");
        ArrayNode items = call.putObject("conversation").putArray("items");
        int n = 0;
        for (String line : lines) {
            n++;
            String text = line.substring(line.indexOf(':') + 1).strip();
            switch (line.substring(0, line.indexOf(':'))) {
                case "A" -> said(items.addObject(), "assistant", text, n);
                case "C" -> said(items.addObject(), "user", text, n);
                case "duration" -> call.put("duration", Integer.parseInt(text));
                default -> tool(items, text, n);
            }
        }
        return ConversationJson.read(call);
    }

    private static void said(ObjectNode item, String role, String text, int n) {
        item.put("type", "message").put("id", "item_" + n).put("role", role);
        Matcher times = TIMES.matcher(text);
        boolean timed = times.find();
        item.putArray("content").add(timed ? text.substring(0, times.start()) : text);
        item.put("created_at", 1_795_000_000.0 + n * 5);
        if (timed) {
            ObjectNode metrics = item.putObject("metrics");
            metrics.put("started_speaking_at", Double.parseDouble(times.group(1)));
            metrics.put("stopped_speaking_at", Double.parseDouble(times.group(2)));
            if (times.group(3) != null) {
                metrics.put("e2e_latency", Double.parseDouble(times.group(3)));
            }
        }
    }

    private static void tool(ArrayNode items, String text, int n) {
        String[] parts = text.split(" ", 3);
        items.addObject().put("type", "function_call").put("call_id", "c" + n).put("name", parts[0]).put("arguments", "{}");
        if (!parts[1].equals("unanswered")) {
            items.addObject().put("type", "function_call_output").put("call_id", "c" + n).put("name", parts[0])
                    .put("output", parts.length > 2 ? parts[2] : "{}").put("is_error", parts[1].equals("failed"));
        }
    }
}
