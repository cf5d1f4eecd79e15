package dev.agentassist.live.rtc;

import dev.agentassist.live.rtc.net.EventLoop;
import java.util.List;

/**
 * One WebRTC connection with one other side, over one way (BUNDLE, rtcp-mux).
 *
 * <p>As the offerer (LiveKit's single peer connection, {@code /rtc/v1}): {@link #createChannel}, {@link
 * #setAudioReceivers} as many as are wanted, {@link #createOffer}, {@link #setAnswer}. As the answerer (the subscriber of
 * {@code /rtc}): {@link #answer}. Either can be repeated on a connection that is up: a description with new ICE
 * credentials restarts ICE, DTLS and SCTP stay. DTLS's client role is always ours ({@code a=setup:active}).
 *
 * <p>Methods may be called from any thread and do not block, but for {@link #createOffer}, {@link #answer} and {@link
 * #stats}, which wait for the loop (at most 5 s).
 */
public final class PeerConnection implements AutoCloseable {

    /** On a loop that others may use too; the loop stays open. */
    public static PeerConnection on(EventLoop loop, PeerConfig config, PeerListener listener) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** On a loop of its own, which ends with {@link #close()}. */
    public static PeerConnection open(PeerConfig config, PeerListener listener) {
        throw new UnsupportedOperationException("not written yet");
    }

    private PeerConnection() {}

    /**
     * Opens a data channel (RFC 8832). Before the first offer or at any time later.
     *
     * @param maxRetransmits null for a reliable one; LiveKit's {@code _lossy} is unordered with 0
     */
    public DataChannel createChannel(String label, boolean ordered, Integer maxRetransmits) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** How many audio tracks the next offer can receive (recvonly sections); never fewer than before. */
    public void setAudioReceivers(int count) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** A sendonly section of Opus in the next offer. {@code trackId} goes into its {@code msid}. */
    public RtpSender addAudioSender(String trackId) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The offer's SDP, host candidates included; further ones are trickled. */
    public String createOffer() {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * The other side's answer to the last offer.
     *
     * @throws IllegalArgumentException where it cannot be read, or has no ICE credentials or fingerprint
     */
    public void setAnswer(String sdp) {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * The answer to an offer: audio is received, data channels are taken, all else is refused.
     *
     * @throws IllegalArgumentException as {@link #setAnswer}
     */
    public String answer(String offer) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The other side's media sections by its last description, in its order. */
    public List<MediaSection> remoteSections() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** A trickled candidate of the other side. One that cannot be read or used is ignored. */
    public void addRemoteCandidate(IceCandidateInit candidate) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The servers, where they become known only after the offer went out; gathering starts or goes on with them. */
    public void setIceServers(List<IceServer> servers, boolean relayOnly) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** New ICE credentials with the next {@link #createOffer}; the old way stays in use until the new one is found. */
    public void restartIce() {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * Holds messages back: while paused none is delivered, SCTP's window closes when its buffer is full, and the sender
     * waits. Packets of sound are dropped.
     */
    public void setReceivePaused(boolean paused) {
        throw new UnsupportedOperationException("not written yet");
    }

    public PeerState state() {
        throw new UnsupportedOperationException("not written yet");
    }

    public PeerStats stats() {
        throw new UnsupportedOperationException("not written yet");
    }

    boolean send(DataChannel channel, byte[] message, boolean text) {
        throw new UnsupportedOperationException("not written yet");
    }

    void sendRtp(RtpSender sender, byte[] opus, long timestamp, boolean marker) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Says goodbye (SCTP ABORT, DTLS close_notify, TURN refresh of 0), frees the ports and ends; within a second. */
    @Override
    public void close() {}
}
