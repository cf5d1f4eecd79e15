package dev.agentassist.live.signal;

/** Why a client resumes ({@code ReconnectReason} of {@code livekit_models.proto}; the numbers are the ordinals). */
public enum ReconnectReason {
    UNKNOWN,
    SIGNAL_DISCONNECTED,
    PUBLISHER_FAILED,
    SUBSCRIBER_FAILED,
    SWITCH_CANDIDATE
}
