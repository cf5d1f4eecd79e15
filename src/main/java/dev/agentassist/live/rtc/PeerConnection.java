package dev.agentassist.live.rtc;

import dev.agentassist.live.rtc.dtls.DtlsIdentity;
import dev.agentassist.live.rtc.net.EventLoop;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One WebRTC connection with one other side, over one way (BUNDLE, rtcp-mux).
 *
 * <p>As the offerer (LiveKit's single peer connection, {@code /rtc/v1}): {@link #createChannel}, {@link
 * #setAudioReceivers} as many as are wanted, {@link #createOffer}, {@link #setAnswer}. As the answerer (the subscriber of
 * {@code /rtc}): {@link #answer}. Either can be repeated on a connection that is up: a description with new ICE
 * credentials restarts ICE, DTLS and SCTP stay. DTLS's client is us ({@code a=setup:active}), but for an offer that insists
 * on being it.
 *
 * <p>Methods may be called from any thread and do not block, but for {@link #createOffer}, {@link #setAnswer}, {@link
 * #answer}, {@link #remoteSections} and {@link #stats}, which wait for the loop (at most 5 s).
 */
public final class PeerConnection implements AutoCloseable {

    private final EventLoop loop;
    private final boolean ownLoop;
    private final Peer peer;
    private final AtomicInteger posted = new AtomicInteger();

    private PeerConnection(
            EventLoop loop, boolean ownLoop, PeerConfig config, DtlsIdentity identity, PeerListener listener) {
        this.loop = loop;
        this.ownLoop = ownLoop;
        this.peer = loop.call(() -> new Peer(this, loop, config, identity, Objects.requireNonNull(listener)));
    }

    /** On a loop that others may use too; the loop stays open. */
    public static PeerConnection on(EventLoop loop, PeerConfig config, PeerListener listener) {
        return on(loop, config, DtlsIdentity.create(Instant.now()), listener);
    }

    /** With a key and certificate that other connections may have too (WebRTC 1.0, section 4.9). */
    public static PeerConnection on(EventLoop loop, PeerConfig config, DtlsIdentity identity, PeerListener listener) {
        return new PeerConnection(loop, false, config, identity, listener);
    }

    /** On a loop of its own, which ends with {@link #close()}. */
    public static PeerConnection open(PeerConfig config, PeerListener listener) {
        return new PeerConnection(new EventLoop("rtc"), true, config, DtlsIdentity.create(Instant.now()), listener);
    }

    /**
     * Opens a data channel (RFC 8832). Before the first offer or at any time later.
     *
     * @param maxRetransmits null for a reliable one; LiveKit's {@code _lossy} is unordered with 0
     */
    public DataChannel createChannel(String label, boolean ordered, Integer maxRetransmits) {
        var channel = new DataChannel(this, label, ordered, maxRetransmits);
        loop.execute(() -> peer.createChannel(channel));
        return channel;
    }

    /** How many audio tracks the next offer can receive (recvonly sections); never fewer than before. */
    public void setAudioReceivers(int count) {
        loop.execute(() -> peer.setAudioReceivers(count));
    }

    /**
     * So many more audio tracks than before in the next offer: what LiveKit's {@code MediaSectionsRequirement} asks for is
     * such a number, not a total (livekit-server, {@code sendUnmatchedMediaRequirement}).
     */
    public void addAudioReceivers(int more) {
        loop.execute(() -> peer.addAudioReceivers(more));
    }

    /** A sendonly section of Opus in the next offer. {@code trackId} goes into its {@code msid}. */
    public RtpSender addAudioSender(String trackId) {
        return loop.call(() -> peer.addAudioSender(trackId));
    }

    /** The offer's SDP, host candidates included; further ones are trickled. */
    public String createOffer() {
        return loop.call(peer::createOffer);
    }

    /**
     * The other side's answer to the last offer.
     *
     * @throws IllegalArgumentException where it cannot be read, or has no ICE credentials or fingerprint
     */
    public void setAnswer(String sdp) {
        loop.call(() -> {
            peer.setAnswer(sdp);
            return null;
        });
    }

    /**
     * The answer to an offer: audio is received, data channels are taken, all else is refused.
     *
     * @throws IllegalArgumentException as {@link #setAnswer}
     */
    public String answer(String offer) {
        return loop.call(() -> peer.answer(offer));
    }

    /** The other side's media sections by its last description, in its order. */
    public List<MediaSection> remoteSections() {
        return loop.call(peer::remoteSections);
    }

    /** A trickled candidate of the other side. One that cannot be read or used is ignored. */
    public void addRemoteCandidate(IceCandidateInit candidate) {
        loop.execute(() -> peer.addRemoteCandidate(candidate));
    }

    /** The servers, where they become known only after the offer went out; gathering starts or goes on with them. */
    public void setIceServers(List<IceServer> servers, boolean relayOnly) {
        loop.execute(() -> peer.setIceServers(servers, relayOnly));
    }

    /** New ICE credentials with the next {@link #createOffer}; the old way stays in use until the new one is found. */
    public void restartIce() {
        loop.execute(peer::restartIce);
    }

    /**
     * Holds messages back: while paused none is delivered, SCTP's window closes when its buffer is full, and the sender
     * waits. Packets of sound are dropped.
     */
    public void setReceivePaused(boolean paused) {
        loop.execute(() -> peer.setReceivePaused(paused));
    }

    public PeerState state() {
        return peer.state();
    }

    public PeerStats stats() {
        return loop.call(peer::stats);
    }

    boolean send(DataChannel channel, byte[] message, boolean text) {
        PeerState state = peer.state();
        boolean ended = state == PeerState.CLOSED || state == PeerState.FAILED;
        if (ended || posted.get() + peer.buffered() + message.length > DataChannel.MAX_BUFFERED) {
            return false;
        }
        posted.addAndGet(message.length);
        loop.execute(() -> {
            posted.addAndGet(-message.length);
            peer.send(channel, message, text);
        });
        return true;
    }

    void sendRtp(RtpSender sender, byte[] opus, long timestamp, boolean marker) {
        loop.execute(() -> peer.sendRtp(sender, opus, timestamp, marker));
    }

    /**
     * Says goodbye (SCTP ABORT, DTLS close_notify, TURN refresh of 0), frees the ports and ends; within a second. The
     * listener is told {@link PeerState#CLOSED} and nothing after it.
     */
    @Override
    public void close() {
        loop.execute(peer::close);
        if (ownLoop) {
            loop.close();
        }
    }
}
