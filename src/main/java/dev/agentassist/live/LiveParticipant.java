package dev.agentassist.live;

import dev.agentassist.live.segment.Role;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Somebody in the room whom clients are told of; hidden ones they are not. All texts are untrusted.
 *
 * @param identity unique in the room
 * @param sid the server's id for this joining of it; another one after it has rejoined
 * @param name display name, may be empty
 * @param role agent, caller or other
 * @param attributes as livekit-sip, an agent or the client set them
 * @param joinedAt or null
 * @param tracks what it publishes
 */
public record LiveParticipant(
        String identity,
        String sid,
        String name,
        Role role,
        Map<String, String> attributes,
        Instant joinedAt,
        List<LiveTrack> tracks) {

    public LiveParticipant {
        attributes = Map.copyOf(attributes);
        tracks = List.copyOf(tracks);
    }

    /** The display name, or the identity where there is none. */
    public String label() {
        return name.isBlank() ? identity : name;
    }
}
