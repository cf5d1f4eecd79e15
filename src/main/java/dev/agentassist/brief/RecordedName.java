package dev.agentassist.brief;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.brief.injection.InstructionScreen;
import dev.agentassist.conversation.Conversation;
import java.util.List;

/** The caller's name as the call's record has it, for a caller who did not say it. */
final class RecordedName {

    private static final List<String> FIELDS = List.of("caller_name", "customer_name", "callerName", "customerName", "name", "full_name");
    private static final int LONGEST = 60;
    private static final int MOST_WORDS = 6;

    private RecordedName() {}

    /** The name in {@code custom_metadata} or {@code initial_context}, or null. */
    static String of(Conversation conversation) {
        String name = in(conversation.customMetadata());
        return name != null ? name : in(conversation.initialContext());
    }

    /** A name, and nothing else that somebody may have put into its place: no sentence, number, address or markup. */
    private static boolean isName(String text) {
        return !text.isBlank()
                && text.length() <= LONGEST
                && text.strip().split("\\s+").length <= MOST_WORDS
                && text.codePoints().allMatch(c -> Character.isLetter(c) || Character.getType(c) == Character.NON_SPACING_MARK
                        || Character.getType(c) == Character.COMBINING_SPACING_MARK || " .,'’-()".indexOf(c) >= 0)
                && !InstructionScreen.instructs(text);
    }

    private static String in(JsonNode node) {
        if (node == null || !node.isObject()) {
            return null;
        }
        for (String field : FIELDS) {
            JsonNode value = node.path(field);
            if (value.isTextual() && isName(value.asText())) {
                return value.asText().strip();
            }
        }
        String first = node.path("first_name").asText("").strip();
        String last = node.path("last_name").asText("").strip();
        String both = (first + " " + last).strip();
        return isName(both) ? both : null;
    }
}
