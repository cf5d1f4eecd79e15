package dev.agentassist.token;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.json.Json;
import dev.agentassist.livekit.Participant;
import java.time.Instant;

/**
 * A hidden participant of a room.
 *
 * @param ours joined with a token of this program's
 * @param who the person, as the token's metadata says, or null; untrusted
 * @param reason or null; untrusted
 * @param since or null
 */
public record Listener(String identity, boolean ours, String who, String reason, Instant since) {

    static Listener of(Participant participant) {
        JsonNode metadata = metadata(participant.metadata());
        return new Listener(
                participant.identity(),
                participant.identity().startsWith(ListenerTokens.IDENTITY_PREFIX),
                metadata.path("listener").textValue(),
                metadata.path("reason").textValue(),
                participant.joinedAt());
    }

    private static JsonNode metadata(String text) {
        try {
            return Json.MAPPER.readTree(text == null ? "" : text);
        } catch (JacksonException e) {
            return Json.MAPPER.createObjectNode();
        }
    }
}
