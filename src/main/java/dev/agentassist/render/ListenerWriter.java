package dev.agentassist.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.token.Listener;
import dev.agentassist.json.Json;
import dev.agentassist.terminal.Terminal;
import java.util.List;

/** Hidden listeners of a room, as a table or as JSON. */
public final class ListenerWriter {

    private ListenerWriter() {}

    /** One line a listener under a heading. */
    public static String table(List<Listener> listeners) {
        int wide = listeners.stream().mapToInt(l -> cell(l.identity()).length()).max().orElse(8);
        int who = listeners.stream().mapToInt(l -> cell(l.who()).length()).max().orElse(3);
        String format = "%-" + Math.clamp(wide, 8, 40) + "s  %-20s  %-" + Math.clamp(who, 3, 20) + "s  %s";
        var text = new StringBuilder(String.format(format, "IDENTITY", "SINCE", "WHO", "REASON")).append('\n');
        for (Listener l : listeners) {
            String since = l.since() == null ? "" : l.since().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
            String line = String.format(format, cell(l.identity()), since, cell(l.who()), cell(l.reason()));
            text.append(line.stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String cell(String text) {
        return text == null ? "" : Terminal.printable(text).replaceAll("\\s+", " ");
    }

    /** All of them, as an array. */
    public static String json(List<Listener> listeners) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        listeners.forEach(l -> array.add(node(l)));
        try {
            return Json.pretty().writeValueAsString(array) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written.", e);
        }
    }

    /** One of them, on one line. */
    public static String jsonLine(Listener listener) {
        return node(listener) + "\n";
    }

    private static ObjectNode node(Listener l) {
        ObjectNode node = Json.MAPPER.createObjectNode();
        node.put("identity", l.identity());
        node.put("ours", l.ours());
        node.put("who", l.who());
        node.put("reason", l.reason());
        node.put("since", l.since() == null ? null : l.since().toString());
        return node;
    }
}
