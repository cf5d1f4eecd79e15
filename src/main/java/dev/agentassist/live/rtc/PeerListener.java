package dev.agentassist.live.rtc;

/**
 * What a {@link PeerConnection} tells. All calls come from the loop's thread, one at a time, in order; they must not
 * block, and what they throw fails the connection. To slow the sender down see {@link
 * PeerConnection#setReceivePaused(boolean)}.
 */
public interface PeerListener {

    /** A candidate of ours to be sent to the other side; an empty {@code candidate} says that there will be no more. */
    default void onLocalCandidate(IceCandidateInit candidate) {}

    /** A new state, with one sentence why; never holds a credential. */
    default void onState(PeerState state, String reason) {}

    /** A channel is open: one of ours that the other side has acknowledged, or one that it has opened. */
    default void onChannelOpen(DataChannel channel) {}

    /** A channel was closed by the other side (its stream was reset), or with the connection. */
    default void onChannelClosed(DataChannel channel) {}

    /** A whole message; {@code text} where it was sent as a string (UTF-8). The array is the listener's. */
    default void onMessage(DataChannel channel, byte[] message, boolean text) {}

    /** A packet of sound, decrypted and authenticated, no packet twice, but in the order of arrival. */
    default void onRtp(RtpPacket packet) {}
}
