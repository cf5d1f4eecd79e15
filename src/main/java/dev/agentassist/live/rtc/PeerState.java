package dev.agentassist.live.rtc;

/** How a {@link PeerConnection} fares. */
public enum PeerState {
    /** Nothing known of the other side yet. */
    NEW,
    /** Looking for a way, or shaking hands. */
    CONNECTING,
    /** DTLS is up: data channels can open, media can flow. */
    CONNECTED,
    /** Nothing heard on the selected pair for some seconds; it may come back by itself, and goes on trying. */
    DISCONNECTED,
    /** Given up: ICE found no way or lost consent, DTLS failed, the other side aborted. Only a new connection helps, or
     * a {@link PeerConnection#restartIce() restart} where ICE failed. */
    FAILED,
    /** Closed by us. */
    CLOSED
}
