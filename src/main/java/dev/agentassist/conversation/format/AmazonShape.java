package dev.agentassist.conversation.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.Turn.Speaker;
import java.time.Duration;

/**
 * Amazon Transcribe Call Analytics, and Amazon Connect's Contact Lens, which writes the same: {@code Transcript} is a list of
 * {@code {ParticipantRole|ParticipantId, Content, BeginOffsetMillis}}. Source: Amazon Transcribe's developer guide,
 * "Post-call analytics output".
 */
final class AmazonShape implements JsonShape {

    @Override
    public String name() {
        return "Amazon Transcribe call analytics";
    }

    @Override
    public boolean matches(JsonNode node) {
        JsonNode first = node.path("Transcript").path(0);
        return first.has("Content") && (first.has("ParticipantRole") || first.has("ParticipantId"));
    }

    @Override
    public Conversation read(JsonNode node, FormatHints hints) {
        var call = new HistoryBuilder();
        call.id = Fields.first(
                Fields.text(node.path("CustomerMetadata"), "ContactId"), Fields.text(node, "JobName"));
        call.createdAt = hints.recordedAt();
        call.channel = Channel.TELEPHONE;
        JsonNode length = node.path("ConversationCharacteristics").path("TotalConversationDurationMillis");
        if (length.isNumber()) {
            call.seconds = (int) (length.asLong() / 1000);
        }
        var turns = new TurnJoiner(call, call.createdAt);
        for (JsonNode turn : node.path("Transcript")) {
            String role = turn.has("ParticipantRole") ? turn.path("ParticipantRole").asText() : turn.path("ParticipantId").asText();
            turns.add(
                    role.equalsIgnoreCase("AGENT") ? Speaker.AGENT : Speaker.CALLER,
                    turn.path("Content").asText(),
                    Duration.ofMillis(turn.path("BeginOffsetMillis").asLong(0)));
        }
        turns.end();
        return call.build(hints);
    }
}
