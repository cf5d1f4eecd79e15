package dev.agentassist.live.signal;

/** {@code DisconnectReason} of {@code livekit_models.proto}; the numbers are the ordinals. */
public enum LeaveReason {
    UNKNOWN_REASON,
    CLIENT_INITIATED,
    DUPLICATE_IDENTITY,
    SERVER_SHUTDOWN,
    PARTICIPANT_REMOVED,
    ROOM_DELETED,
    STATE_MISMATCH,
    JOIN_FAILURE,
    MIGRATION,
    SIGNAL_CLOSE,
    ROOM_CLOSED,
    USER_UNAVAILABLE,
    USER_REJECTED,
    SIP_TRUNK_FAILURE,
    CONNECTION_TIMEOUT,
    MEDIA_FAILURE,
    AGENT_ERROR;

    private static final LeaveReason[] ALL = values();

    static LeaveReason of(long number) {
        return number >= 0 && number < ALL.length ? ALL[(int) number] : UNKNOWN_REASON;
    }
}
