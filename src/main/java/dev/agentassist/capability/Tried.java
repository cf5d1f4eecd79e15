package dev.agentassist.capability;

import java.time.Instant;

/**
 * What came of trying something.
 *
 * @param works whether it did
 * @param detail one sentence, without a secret or anything that was said in a call
 */
public record Tried(Feature feature, boolean works, String detail, Instant at) {

    /** What is tried. The names stand in the file. */
    public enum Feature {
        /** A whole canary call ({@code assist smoke}). */
        CANARY_CALL,
        /** The version that the server tells whoever joins. */
        SERVER_VERSION,
        /** Whether the server names relays (TURN) to whoever joins. */
        RELAYS,
        /** Which way sound went: UDP, TCP or a relay. */
        MEDIA,
        /** {@code RoomService/MoveParticipant}, which open-source servers do not have. */
        MOVE_PARTICIPANT
    }
}
