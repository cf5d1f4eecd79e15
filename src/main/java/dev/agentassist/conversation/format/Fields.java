package dev.agentassist.conversation.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.conversation.Timestamps;
import java.time.DateTimeException;
import java.time.Instant;

/** Reads optional fields of foreign JSON: what is missing or of another kind is null. */
final class Fields {

    private Fields() {}

    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.asText().isBlank() ? value.asText() : null;
    }

    static Instant instant(JsonNode node, String field) {
        try {
            String text = text(node, field);
            return text == null ? null : Timestamps.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    static Instant epochMillis(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isIntegralNumber() && value.canConvertToLong() && value.asLong() > 0 && value.asLong() < 253402300800000L
                ? Instant.ofEpochMilli(value.asLong())
                : null;
    }

    @SafeVarargs
    static <T> T first(T... values) {
        for (T value : values) {
            if (value != null) {
                return value;
            }
        }
        return null;
    }
}
