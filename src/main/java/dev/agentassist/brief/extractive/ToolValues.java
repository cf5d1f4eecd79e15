package dev.agentassist.brief.extractive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.brief.ToolUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Flattens what tools were given and what they returned into named values. */
final class ToolValues {

    /**
     * A named value of a tool.
     *
     * @param key by its own name
     * @param full the name with what it belongs to, for where the own name is taken by another
     * @param several it is one of several of its kind, of which the call may be about another
     */
    record Named(String key, String full, String value, boolean several) {}

    private static final int MOST = 24;
    private static final int LONGEST = 80;
    private static final int DEEPEST = 4;

    /** Items of a list beyond which it is a list to choose from. */
    private static final int LIST = 4;

    /** Names that mean nothing without what they belong to. */
    private static final Set<String> EMPTY = Set.of("id", "number", "code", "value", "no", "key", "uid", "name");

    /** Wrappings of an answer. */
    private static final Set<String> WRAPPINGS = Set.of("result", "data", "info", "response", "answer", "output", "payload", "body", "details", "record");

    /** Names that are clearer with what they belong to. */
    private static final Set<String> BARE = Set.of(
            "status", "date", "amount", "type", "total", "reference", "ref", "time", "title", "description", "balance", "slot", "summary", "with", "at", "by", "on",
            "for", "previous", "current", "new", "old", "next", "state", "until", "from", "to", "start", "end", "reason");

    /** Plumbing. */
    private static final Set<String> SKIPPED = Set.of(
            "success", "ok", "error", "message", "errors", "request_id", "trace_id", "timestamp", "session_id", "version",
            "currency", "url", "token", "cursor", "page", "limit", "count", "html", "metadata", "http_status", "latency_ms",
            "duration_ms", "locale", "object", "created_at", "updated_at", "idempotency_key", "call_id", "conversation_id", "card_number", "cvv", "cvc", "password", "pin", "ssn",
            "otp", "query", "q", "note", "notes", "text", "instructions", "system", "prompt", "comment", "comments", "remark", "remarks", "lang", "language", "link", "uri", "hint", "trace", "alerts", "warnings", "flags", "erreur", "fehler");

    /** Lists of what could be chosen: nothing of it is settled. */
    private static final Set<String> CHOICES = Set.of(
            "slots", "options", "available", "alternatives", "candidates", "choices", "offers", "suggestions", "results", "matches", "times", "dates", "available_slots", "free_slots",
            "open_slots", "openings", "availability", "horarios", "termine", "creneaux");

    private static final Set<String> VERBS = Set.of(
            "get", "lookup", "look", "up", "find", "fetch", "check", "search", "create", "book", "update", "cancel", "send",
            "verify", "list", "retrieve", "query", "read", "load", "make", "schedule", "reschedule", "process", "issue",
            "submit", "start", "open", "add", "set", "validate", "confirm", "request", "block", "freeze", "unblock", "refund", "raise", "file",
            "register", "hold", "lock", "unlock", "reset", "renew", "change", "move", "escalate", "assign", "track", "undo", "by", "for", "details", "info", "the");

    private ToolValues() {}

    static List<Named> of(JsonNode json, String text, ToolUse use) {
        var named = new ArrayList<Named>();
        String noun = noun(use.name());
        if (json == null) {
            String line = text == null ? "" : text.strip();
            boolean usable = !line.isEmpty() && line.length() <= LONGEST && line.indexOf('\n') < 0 && line.charAt(0) != '<';
            String key = noun.isEmpty() ? label(use.name()) : label(noun);
            return usable ? List.of(new Named(key, key, line, false)) : List.of();
        }
        flatten(json, "", noun, named, 0, false);
        return named;
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

    private static void flatten(JsonNode node, String name, String owner, List<Named> named, int depth, boolean several) {
        if (depth > DEEPEST || named.size() >= MOST) {
            return;
        }
        if (node.isObject()) {
            String inner = name.isEmpty() || WRAPPINGS.contains(name) ? owner : String.join(" ", split(name));
            node.properties().forEach(e -> flatten(e.getValue(), e.getKey(), inner, named, depth + 1, several));
        } else if (node.isArray()) {
            array(node, name, owner, named, depth, several);
        } else if (!name.isEmpty() && !node.isNull() && !node.isBoolean() && !SKIPPED.contains(name.toLowerCase(Locale.ROOT))) {
            String value = node.asText().strip();
            boolean nothing = value.isEmpty() || value.equals("0") || value.equals("0.0") || value.equalsIgnoreCase("none") || value.equalsIgnoreCase("null") || value.equalsIgnoreCase("n/a");
            if (!nothing && value.length() <= LONGEST && value.indexOf('\n') < 0) {
                named.add(named(name, owner, value, several, depth));
            }
        }
    }

    private static void array(JsonNode node, String name, String owner, List<Named> named, int depth, boolean several) {
        if (node.isEmpty()) {
            return;
        }
        boolean choice = CHOICES.contains(name.toLowerCase(Locale.ROOT)) && (node.size() > 1 || !node.get(0).isContainerNode());
        if (choice && !node.get(0).isContainerNode()) {
            return;
        }
        if (node.get(0).isContainerNode()) {
            String one = singular(name);
            for (int i = 0; i < node.size() && i < LIST * 2; i++) {
                flatten(node.get(i), one, owner, named, depth + 1, several || node.size() > 1);
            }
            return;
        }
        var parts = new ArrayList<String>();
        for (JsonNode part : node) {
            if (part.isContainerNode() || parts.size() == LIST) {
                return;
            }
            parts.add(part.asText().strip());
        }
        String joined = String.join(", ", parts);
        if (joined.length() <= LONGEST && !name.isEmpty() && !SKIPPED.contains(name.toLowerCase(Locale.ROOT))) {
            named.add(named(name, owner, joined, several, depth));
        }
    }

    private static Named named(String name, String owner, String value, boolean several, int depth) {
        List<String> words = split(name);
        String plain = String.join(" ", words);
        plain = plain.equals("state") ? "status" : plain;
        boolean own = !owner.isEmpty() && !List.of(owner.split(" ")).contains(plain);
        String full = own && (BARE.contains(plain) || EMPTY.contains(plain)) ? owner + " " + plain : plain;
        if (plain.equals("name") && own && depth > 1) {
            // What is nested under “item” and called its name is the item.
            return new Named(label(owner), label(owner + " name"), value, several);
        }
        if (plain.equals("number") && value.length() >= 10 && value.length() <= 16 && "+0123456789".indexOf(value.charAt(0)) >= 0 && Keys.comparable(value).chars().allMatch(Character::isDigit)) {
            return new Named("Phone number", "Phone number", value, several);
        }
        return new Named(label(EMPTY.contains(plain) ? full : plain), label(full), value, several);
    }

    private static String singular(String name) {
        return name.endsWith("s") && !name.endsWith("ss") ? name.substring(0, name.length() - 1) : name;
    }

    /** {@code order_id} and {@code orderId} are “order id”. */
    private static List<String> split(String name) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        for (int i = 0; i <= name.length(); i++) {
            char c = i < name.length() ? name.charAt(i) : ' ';
            boolean hump = c >= 'A' && c <= 'Z' && i > 0 && (name.charAt(i - 1) >= 'a' && name.charAt(i - 1) <= 'z' || name.charAt(i - 1) >= '0' && name.charAt(i - 1) <= '9');
            boolean part = Character.isLetterOrDigit(c);
            if ((!part || hump) && !word.isEmpty()) {
                words.add(word.toString().toLowerCase(Locale.ROOT));
                word.setLength(0);
            }
            if (part) {
                word.append(c);
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
                case "id", "eta", "sku", "vin", "url", "imei", "zip", "vat", "pnr" -> word.toUpperCase(Locale.ROOT);
                case "ref" -> "reference";
                case "dob" -> "date of birth";
                case "qty" -> "quantity";
                case "amt" -> "amount";
                case "addr" -> "address";
                case "tel" -> "phone";
                case "reg" -> "registration";
                default -> word;
            };
            shown.append(shown.isEmpty() ? "" : " ").append(cased);
        }
        return Character.toUpperCase(shown.charAt(0)) + shown.substring(1);
    }
}
