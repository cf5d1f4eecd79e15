package dev.agentassist.livekit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Somebody in a room with what may be changed about them.
 *
 * @param sid the server's id for this joining
 * @param kind as LiveKit writes it: {@code STANDARD}, {@code SIP}, {@code AGENT}, {@code EGRESS}…
 * @param joinedAtMillis epoch milliseconds, 0 where it is not known
 * @param permission all of it as the server told it: whoever changes one field must send back every other one
 * @param attributes untrusted
 * @param audio sids of the tracks of sound
 * @param encrypted whether a track is encrypted end to end
 */
public record Member(
        String identity,
        String sid,
        String kind,
        long joinedAtMillis,
        ObjectNode permission,
        Map<String, String> attributes,
        List<String> audio,
        boolean encrypted) {

    public boolean hidden() {
        return permission.path("hidden").asBoolean();
    }

    public boolean agent() {
        return kind.equals("AGENT");
    }

    static Member of(JsonNode json) {
        Map<String, String> attributes = new HashMap<>();
        json.path("attributes").properties().forEach(e -> attributes.put(e.getKey(), e.getValue().asText()));
        List<String> audio = new ArrayList<>();
        boolean encrypted = false;
        for (JsonNode track : json.path("tracks")) {
            // Protobuf leaves out what is zero, and zero is AUDIO.
            if (track.path("type").asText("AUDIO").equals("AUDIO")) {
                audio.add(track.path("sid").asText());
            }
            encrypted |= !track.path("encryption").asText("NONE").equals("NONE");
        }
        long millis = json.path("joined_at_ms").asLong();
        ObjectNode permission = json.path("permission") instanceof ObjectNode o ? o : JsonNodeFactory.instance.objectNode();
        return new Member(
                json.path("identity").asText(),
                json.path("sid").asText(),
                json.path("kind").asText("STANDARD"),
                millis > 0 ? millis : json.path("joined_at").asLong() * 1000,
                permission,
                Map.copyOf(attributes),
                List.copyOf(audio),
                encrypted);
    }
}
