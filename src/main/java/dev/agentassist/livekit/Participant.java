package dev.agentassist.livekit;

import java.time.Instant;
import java.util.Map;

/**
 * Somebody in a room, as {@code RoomService/ListParticipants} tells it.
 *
 * @param hidden joined with the {@code hidden} permission: no other client is told of it
 * @param agent joined with kind agent
 * @param attributes as the participant set them; untrusted
 * @param joinedAt or null
 */
public record Participant(
        String identity,
        String name,
        boolean hidden,
        boolean agent,
        boolean sip,
        String metadata,
        Map<String, String> attributes,
        Instant joinedAt) {

    /** Attribute that livekit-sip sets: the number of the person on the telephone. */
    public static final String SIP_PHONE_NUMBER = "sip.phoneNumber";

    /** Attribute that livekit-sip sets: LiveKit's id of the SIP call. */
    public static final String SIP_CALL_ID = "sip.callID";

    public Participant {
        attributes = Map.copyOf(attributes);
    }
}
