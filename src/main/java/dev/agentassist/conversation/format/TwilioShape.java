package dev.agentassist.conversation.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.Turn.Speaker;
import java.time.Duration;

/**
 * Twilio Conversational Intelligence: the sentences of a transcript ({@code GET …/Transcripts/{sid}/Sentences}), each with
 * {@code media_channel}, {@code start_time} in seconds and {@code transcript}. By Twilio's default channel 1 is the agent
 * and channel 2 the customer. Sentences of one side in a row are one turn. Source: Twilio's API reference, "Transcript
 * Sentences resource".
 */
final class TwilioShape implements JsonShape {

    @Override
    public String name() {
        return "Twilio sentences";
    }

    @Override
    public boolean matches(JsonNode node) {
        return node.path("sentences").isArray() && node.path("sentences").path(0).has("media_channel");
    }

    @Override
    public Conversation read(JsonNode node, FormatHints hints) {
        var call = new HistoryBuilder();
        call.id = Fields.first(
                Fields.text(node.path("sentences").path(0), "transcript_sid"), Fields.text(node, "transcript_sid"));
        call.createdAt = Fields.first(Fields.instant(node.path("sentences").path(0), "date_created"), hints.recordedAt());
        call.channel = Channel.TELEPHONE;
        var turns = new TurnJoiner(call, call.createdAt);
        for (JsonNode sentence : node.path("sentences")) {
            turns.add(
                    sentence.path("media_channel").asInt(1) == 1 ? Speaker.AGENT : Speaker.CALLER,
                    sentence.path("transcript").asText(),
                    Duration.ofMillis(Math.round(sentence.path("start_time").asDouble(0) * 1000)));
        }
        turns.end();
        return call.build(hints);
    }
}
