package dev.agentassist.conversation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A conversation as the platform's API describes it, with its transcript.
 *
 * @param info the fields that lists and look-ups use
 * @param agentVersionId or null
 * @param agentNumber the number that was called or called from, or null
 * @param webWidgetId or null
 * @param summary the platform's own summary, or null
 * @param initialContext what the agent knew when the call began; any JSON or null
 * @param customMetadata an object, or null
 * @param transcript the {@code conversation} field: LiveKit Agents' chat history ({@code {"items": […]}}) or one of the
 *     shapes that {@link Transcript#read} accepts; null when there is none or the key may not see it
 * @param recordingDetails an object, or null
 * @param extra fields that this version does not know, kept for export; never null
 */
public record Conversation(
        ConversationInfo info,
        String agentVersionId,
        String agentNumber,
        String webWidgetId,
        String summary,
        JsonNode initialContext,
        ObjectNode customMetadata,
        JsonNode transcript,
        ObjectNode recordingDetails,
        ObjectNode extra) {

    public String id() {
        return info.id();
    }

    public Status status() {
        return info.status();
    }
}
