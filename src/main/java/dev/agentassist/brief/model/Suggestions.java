package dev.agentassist.brief.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a model suggests, read leniently: whatever has another shape than asked for is left out, as is all that is too
 * long or too many.
 *
 * @param reason or null
 */
record Suggestions(Item reason, List<Item> bullets, List<Item> values, List<Item> steps, List<Item> concerns) {

    /** Where an item belongs, and what a message calls it. */
    enum Kind {
        REASON("the reason"),
        BULLET("summary bullet"),
        VALUE("collected value"),
        STEP("next step"),
        CONCERN("concern");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * @param place its number in its list, from 1
     * @param key null for anything but a value
     * @param value null for anything but a value
     */
    record Item(Kind kind, int place, int turn, String quote, String key, String value) {

        String name() {
            return kind == Kind.REASON ? kind.words() : kind.words() + " " + place;
        }
    }

    static Suggestions read(ObjectNode answer) {
        List<Item> reason = items(Kind.REASON, answer.path("reason"), 1);
        return new Suggestions(
                reason.isEmpty() ? null : reason.getFirst(),
                items(Kind.BULLET, answer.path("bullets"), Prompt.MOST_BULLETS),
                items(Kind.VALUE, answer.path("values"), Prompt.MOST_VALUES),
                items(Kind.STEP, answer.path("steps"), Prompt.MOST_STEPS),
                items(Kind.CONCERN, answer.path("concerns"), Prompt.MOST_CONCERNS));
    }

    /** All of them, the reason first. */
    List<Item> all() {
        var all = new ArrayList<Item>();
        if (reason != null) {
            all.add(reason);
        }
        all.addAll(bullets);
        all.addAll(values);
        all.addAll(steps);
        all.addAll(concerns);
        return all;
    }

    private static List<Item> items(Kind kind, JsonNode node, int most) {
        var items = new ArrayList<Item>();
        Iterable<JsonNode> nodes = node.isArray() ? node : List.of(node);
        int place = 0;
        for (JsonNode one : nodes) {
            if (++place > most) {
                break;
            }
            String quote = text(one, "quote", 2 * Prompt.LONGEST_QUOTE);
            String key = kind == Kind.VALUE ? text(one, "key", Prompt.LONGEST_KEY) : null;
            String value = kind == Kind.VALUE ? text(one, "value", Prompt.LONGEST_VALUE) : null;
            boolean whole = quote != null && (kind != Kind.VALUE || key != null && value != null);
            if (whole) {
                items.add(new Item(kind, place, turn(one.path("turn")), quote, key, value));
            }
        }
        return items;
    }

    private static int turn(JsonNode node) {
        if (node.isInt()) {
            return node.intValue();
        }
        return node.isTextual() && node.asText().strip().matches("\\d{1,6}") ? Integer.parseInt(node.asText().strip()) : 0;
    }

    private static String text(JsonNode node, String field, int longest) {
        JsonNode value = node.path(field);
        String text = value.isTextual() || value.isNumber() ? value.asText().strip() : "";
        return text.isEmpty() || text.length() > longest ? null : text;
    }
}
