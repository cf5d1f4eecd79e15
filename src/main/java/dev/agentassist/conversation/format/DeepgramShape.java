package dev.agentassist.conversation.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.problem.Failure;
import java.time.Duration;

/**
 * Deepgram's answer for a recording: {@code results.utterances} of {@code {start, transcript, channel, speaker}}. With two
 * channels these tell the sides apart, else the speakers do; the first to speak is the agent. Source: Deepgram's API
 * reference, "Pre-recorded audio", with {@code utterances=true}.
 */
final class DeepgramShape implements JsonShape {

    @Override
    public String name() {
        return "Deepgram results";
    }

    @Override
    public boolean matches(JsonNode node) {
        return node.path("results").path("channels").isArray() || node.path("results").path("utterances").isArray();
    }

    @Override
    public Conversation read(JsonNode node, FormatHints hints) {
        JsonNode utterances = node.path("results").path("utterances");
        if (!utterances.isArray()) {
            throw Failure.badInput(
                    "The field “results.utterances” is missing: these results do not tell who spoke.",
                    "Ask Deepgram with utterances=true and diarize=true (or multichannel=true).");
        }
        JsonNode metadata = node.path("metadata");
        var call = new HistoryBuilder();
        call.id = Fields.text(metadata, "request_id");
        call.createdAt = Fields.first(Fields.instant(metadata, "created"), hints.recordedAt());
        if (metadata.path("duration").isNumber()) {
            call.seconds = (int) Math.round(metadata.path("duration").asDouble());
        }
        boolean channels = metadata.path("channels").asInt(1) > 1;
        var speakers = new Speakers(hints.agentLabel());
        var turns = new TurnJoiner(call, call.createdAt);
        for (JsonNode utterance : utterances) {
            // Not “speaker 0”, which says nothing here: who speaks first is whoever was first recorded.
            String label = "voice " + (channels ? utterance.path("channel") : utterance.path("speaker")).asText("0");
            turns.add(
                    speakers.of(label),
                    utterance.path("transcript").asText(),
                    Duration.ofMillis(Math.round(utterance.path("start").asDouble(0) * 1000)));
        }
        turns.end();
        return call.build(hints);
    }
}
