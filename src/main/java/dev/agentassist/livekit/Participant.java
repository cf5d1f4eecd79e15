package dev.agentassist.livekit;

import java.time.Instant;
import java.util.Map;

/**
 * Somebody in a room, as {@code RoomService/ListParticipants} tells it.
 *
 * @param name display name, may be empty; untrusted
 * @param hidden joined with the {@code hidden} permission: no other client is told of it
 * @param metadata as its token or its client set it; untrusted
 * @param attributes as livekit-sip, an agent or the client set them; untrusted
 * @param joinedAt or null
 */
public record Participant(
        String identity,
        String name,
        Kind kind,
        boolean hidden,
        String metadata,
        Map<String, String> attributes,
        Instant joinedAt) {

    /** Attribute that livekit-sip sets: the number of the person on the telephone. */
    public static final String SIP_PHONE_NUMBER = "sip.phoneNumber";

    /** Attribute that livekit-sip sets: LiveKit's id of the SIP call. */
    public static final String SIP_CALL_ID = "sip.callID";

    /** {@code livekit.ParticipantInfo.Kind}; kinds newer than this program are {@link #OTHER}. */
    public enum Kind {
        STANDARD,
        INGRESS,
        EGRESS,
        SIP,
        AGENT,
        OTHER;

        /** Agents and egress take no place of a room with {@code max_participants} (LiveKit's {@code IsDependent}). */
        public boolean takesPlace() {
            return this != AGENT && this != EGRESS;
        }
    }

    public Participant {
        attributes = Map.copyOf(attributes);
    }
}
