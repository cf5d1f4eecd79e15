package dev.agentassist.brief.extractive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.brief.ToolUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Flattens what tools were given and what they returned into named values. */
final class ToolValues {

    /** A named value of a tool. */
    record Named(String key, String value) {}

    private static final int MOST = 8;
    private static final int LONGEST = 80;

    /** Names that mean something only together with what they belong to. */
    private static final Set<String> BARE = Set.of(
            "id", "name", "status", "number", "date", "amount", "type", "total", "result", "value", "code",
            "reference", "time", "title", "description", "price", "balance", "slot", "details", "info", "response",
            "answer", "output", "data", "summary", "with", "at", "by", "on", "for", "previous", "current", "new", "old", "next");

    /** Plumbing. */
    private static final Set<String> SKIPPED = Set.of(
            "success", "ok", "error", "message", "errors", "request_id", "trace_id", "timestamp", "session_id", "version",
            "currency", "url", "token", "cursor", "page", "limit", "count", "html", "metadata", "http_status", "latency_ms",
            "duration_ms", "locale", "timezone", "object", "created_at", "updated_at", "idempotency_key", "call_id",
            "conversation_id", "card_number", "cvv", "cvc", "password", "pin", "ssn", "otp");

    private static final Set<String> VERBS = Set.of(
            "get", "lookup", "look", "up", "find", "fetch", "check", "search", "create", "book", "update", "cancel", "send",
            "verify", "list", "retrieve", "query", "read", "load", "make", "schedule", "reschedule", "process", "issue",
            "submit", "start", "open", "add", "set", "validate", "confirm", "request", "by", "for", "details", "info", "the");

    private ToolValues() {}

    static List<Named> of(JsonNode json, String text, ToolUse use) {
        var named = new ArrayList<Named>();
        String noun = noun(use.name());
        if (json == null) {
            String line = text == null ? "" : text.strip();
            boolean usable = !line.isEmpty() && line.length() <= LONGEST && line.indexOf('\n') < 0 && line.charAt(0) != '<';
            return usable ? List.of(new Named(noun.isEmpty() ? label(use.name()) : label(noun), line)) : List.of();
        }
        flatten(json, "", noun, named, 0);
        return named.size() <= MOST ? named : named.subList(0, MOST);
    }

    /** What a tool is about: {@code lookup_order} is about an order. */
    static String noun(String tool) {
        var words = new ArrayList<String>();
        for (String word : split(tool)) {
            if (!VERBS.contains(word)) {
                words.add(word);
            }
        }
        return String.join(" ", words);
    }

    private static void flatten(JsonNode node, String name, String owner, List<Named> named, int depth) {
        if (depth > 4 || named.size() > MOST) {
            return;
        }
        if (node.isObject()) {
            String inner = name.isEmpty() || Set.of("data", "result", "response", "output").contains(name) ? owner : String.join(" ", split(name));
            node.properties().forEach(e -> flatten(e.getValue(), e.getKey(), inner, named, depth + 1));
        } else if (node.isArray()) {
            array(node, name, owner, named, depth);
        } else if (!name.isEmpty() && !node.isNull() && !SKIPPED.contains(name.toLowerCase(Locale.ROOT))) {
            String value = node.isBoolean() ? node.asBoolean() ? "yes" : "no" : node.asText().strip();
            if (!value.isEmpty() && value.length() <= LONGEST && value.indexOf('\n') < 0) {
                named.add(new Named(key(name, owner), value));
            }
        }
    }

    private static void array(JsonNode node, String name, String owner, List<Named> named, int depth) {
        if (node.size() == 1 && node.get(0).isContainerNode()) {
            flatten(node.get(0), singular(name), owner, named, depth + 1);
            return;
        }
        var parts = new ArrayList<String>();
        for (JsonNode part : node) {
            if (part.isContainerNode() || parts.size() == 4) {
                return;
            }
            parts.add(part.asText().strip());
        }
        String joined = String.join(", ", parts);
        if (!parts.isEmpty() && joined.length() <= LONGEST && !name.isEmpty()) {
            named.add(new Named(key(name, owner), joined));
        }
    }

    private static String key(String name, String owner) {
        String plain = String.join(" ", split(name));
        plain = plain.equals("state") ? "status" : plain;
        return label(BARE.contains(plain) && !owner.isEmpty() && !List.of(owner.split(" ")).contains(plain) ? owner + " " + plain : plain);
    }

    private static String singular(String name) {
        return name.endsWith("s") && !name.endsWith("ss") ? name.substring(0, name.length() - 1) : name;
    }

    /** {@code order_id} and {@code orderId} are “order id”. */
    private static List<String> split(String name) {
        var words = new ArrayList<String>();
        for (String word : name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").split("[^\\p{L}\\p{N}]+")) {
            if (!word.isEmpty()) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }

    static String label(String words) {
        if (words.isEmpty()) {
            return "Value";
        }
        var shown = new StringBuilder();
        for (String word : split(words)) {
            String cased = switch (word) {
                case "id", "eta", "sku", "vin", "url", "imei", "zip", "vat" -> word.toUpperCase(Locale.ROOT);
                default -> word;
            };
            shown.append(shown.isEmpty() ? "" : " ").append(cased);
        }
        return Character.toUpperCase(shown.charAt(0)) + shown.substring(1);
    }
}
