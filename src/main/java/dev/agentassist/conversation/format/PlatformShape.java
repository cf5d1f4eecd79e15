package dev.agentassist.conversation.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationJson;

/** The platform's own conversation objects, see {@link ConversationJson}. */
final class PlatformShape implements JsonShape {

    @Override
    public String name() {
        return "conversation objects";
    }

    @Override
    public boolean matches(JsonNode node) {
        // The fields that the others lack; a broken record is still told as one of these.
        return node.has("created_at") && (node.has("status") || node.has("id"))
                || node.has("status") && node.has("id") && !node.has("artifact")
                || node.has("user_id") && node.has("conversation");
    }

    @Override
    public Conversation read(JsonNode node, FormatHints hints) {
        return ConversationJson.read(node);
    }
}
