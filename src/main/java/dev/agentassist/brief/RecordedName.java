package dev.agentassist.brief;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.conversation.Conversation;
import java.util.List;

/** The caller's name as the call's record has it, for a caller who did not say it. */
final class RecordedName {

    private static final List<String> FIELDS = List.of("caller_name", "customer_name", "callerName", "customerName", "name", "full_name");
    private static final int LONGEST = 80;

    private RecordedName() {}

    /** The name in {@code custom_metadata} or {@code initial_context}, or null. */
    static String of(Conversation conversation) {
        String name = in(conversation.customMetadata());
        return name != null ? name : in(conversation.initialContext());
    }

    private static String in(JsonNode node) {
        if (node == null || !node.isObject()) {
            return null;
        }
        for (String field : FIELDS) {
            JsonNode value = node.path(field);
            if (value.isTextual() && !value.asText().isBlank() && value.asText().length() <= LONGEST) {
                return value.asText().strip();
            }
        }
        String first = node.path("first_name").asText("").strip();
        String last = node.path("last_name").asText("").strip();
        String both = (first + " " + last).strip();
        return both.isEmpty() || both.length() > LONGEST ? null : both;
    }
}
