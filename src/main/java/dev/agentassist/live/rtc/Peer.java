package dev.agentassist.live.rtc;

import dev.agentassist.live.rtc.dtls.DtlsAssociation;
import dev.agentassist.live.rtc.dtls.DtlsIdentity;
import dev.agentassist.live.rtc.dtls.Fingerprint;
import dev.agentassist.live.rtc.dtls.SrtpKeys;
import dev.agentassist.live.rtc.ice.IceAgent;
import dev.agentassist.live.rtc.ice.IceCandidate;
import dev.agentassist.live.rtc.ice.IceConfig;
import dev.agentassist.live.rtc.ice.IceCredentials;
import dev.agentassist.live.rtc.net.EventLoop;
import dev.agentassist.live.rtc.sctp.SctpAssociation;
import dev.agentassist.live.rtc.sdp.SdpDescription;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** A {@link PeerConnection}'s insides: joins ICE, DTLS, SCTP and SRTP. Loop's thread only, but where said otherwise. */
final class Peer {

    /** What an SCTP packet may be so that the datagram fits 1,200 bytes with DTLS's header and tag around it. */
    private static final int MAX_SCTP_PACKET = 1148;

    private final EventLoop loop;
    private final PeerListener listener;
    private final SecureRandom random = new SecureRandom();
    private final DtlsIdentity identity;
    private final IceAgent ice;
    private final Channels channels;
    private final Descriptions descriptions;
    private final Media media;
    private DtlsAssociation dtls;
    private SctpAssociation sctp;
    private EventLoop.Timer sctpTimer;
    private long sctpTimerAt = -1;
    private List<Fingerprint> fingerprints = List.of();
    private boolean client = true;
    private boolean secure;
    private boolean paused;
    private boolean describing;
    private volatile PeerState state = PeerState.NEW;
    private volatile int buffered;

    Peer(PeerConnection connection, EventLoop loop, PeerConfig config, DtlsIdentity identity, PeerListener listener) {
        this.loop = loop;
        this.identity = identity;
        this.listener = listener;
        this.channels = new Channels(connection, listener);
        this.media = new Media(loop, random, listener, this::sendDatagram);
        this.descriptions = new Descriptions(random, identity.fingerprint(), connection, media);
        var iceConfig = new IceConfig(
                servers(config.iceServers()),
                config.relayOnly(),
                config.udp(),
                config.loopback(),
                config.tls(),
                config.disconnectedAfter().toNanos(),
                config.failedAfter().toNanos());
        this.ice = new IceAgent(loop, iceConfig, new Ice());
    }

    private static List<IceConfig.Server> servers(List<IceServer> servers) {
        return servers.stream()
                .flatMap(s -> s.urls().stream().map(u -> new IceConfig.Server(u, s.username(), s.credential())))
                .toList();
    }

    /** Any thread. */
    PeerState state() {
        return state;
    }

    /** Any thread: bytes that wait to be sent or acknowledged. */
    int buffered() {
        return buffered;
    }

    void createChannel(DataChannel channel) {
        descriptions.wantChannels();
        channels.open(channel);
    }

    void setAudioReceivers(int count) {
        descriptions.setAudioReceivers(count);
    }

    void addAudioReceivers(int more) {
        descriptions.addAudioReceivers(more);
    }

    RtpSender addAudioSender(String trackId) {
        return descriptions.addAudioSender(trackId);
    }

    String createOffer() {
        gather();
        return descriptions.offer(ice.credentials(), ice.localCandidates());
    }

    void setAnswer(String sdp) {
        SdpDescription answer = SdpDescription.parse(sdp);
        take(answer, true);
        descriptions.answered(answer);
    }

    String answer(String sdp) {
        SdpDescription offer = SdpDescription.parse(sdp);
        gather();
        take(offer, false);
        // An offer that insists on the client's role gets the server's; all others leave the choice to us.
        client = !"active".equals(offer.setup());
        return descriptions.answer(offer, ice.credentials(), ice.localCandidates(), client);
    }

    private void gather() {
        if (state == PeerState.NEW) {
            // Those go into the description itself.
            describing = true;
            ice.gather();
            describing = false;
        }
    }

    private void take(SdpDescription theirs, boolean weOffered) {
        List<Fingerprint> named = theirs.fingerprints().stream()
                .map(Fingerprint::parse)
                .filter(Objects::nonNull)
                .toList();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("The description has no fingerprint that can be checked.");
        }
        if (weOffered && "active".equals(theirs.setup())) {
            throw new IllegalArgumentException("The answer wants DTLS's client role, which was taken.");
        }
        fingerprints = named;
        ice.setRemote(new IceCredentials(theirs.ufrag(), theirs.password()), theirs.lite(), weOffered);
        theirs.candidates().forEach(ice::addRemoteCandidate);
    }

    List<MediaSection> remoteSections() {
        return descriptions.remoteSections();
    }

    void addRemoteCandidate(IceCandidateInit candidate) {
        if (candidate.candidate() != null && !candidate.candidate().isEmpty()) {
            ice.addRemoteCandidate(candidate.candidate());
        }
    }

    void setIceServers(List<IceServer> servers, boolean relayOnly) {
        ice.setServers(servers(servers), relayOnly);
    }

    void restartIce() {
        ice.restart();
    }

    void setReceivePaused(boolean wanted) {
        paused = wanted;
        media.pause(wanted);
        if (sctp != null) {
            guarded(() -> sctp.pause(wanted));
            rearm();
        }
    }

    void send(DataChannel channel, byte[] message, boolean text) {
        if (!ended()) {
            channels.send(channel, message, text);
            rearm();
        }
    }

    void sendRtp(RtpSender sender, byte[] opus, long timestamp, boolean marker) {
        if (!ended()) {
            media.send(sender, opus, timestamp, marker);
        }
    }

    private void sendDatagram(byte[] bytes, int offset, int length) {
        ice.send(bytes, offset, length);
    }

    private boolean ended() {
        return state == PeerState.CLOSED || state == PeerState.FAILED;
    }

    /** What ICE tells. */
    private final class Ice implements IceAgent.Listener {

        @Override
        public void candidate(IceCandidate candidate) {
            if (!describing) {
                guarded(() -> listener.onLocalCandidate(new IceCandidateInit(
                        candidate.text(), descriptions.firstMid(), 0, ice.credentials().ufrag())));
            }
        }

        @Override
        public void state(IceAgent.State next, String reason) {
            switch (next) {
                case CHECKING -> become(PeerState.CONNECTING, reason);
                case CONNECTED -> way(reason);
                case DISCONNECTED -> {
                    if (secure) {
                        become(PeerState.DISCONNECTED, reason);
                    }
                }
                case FAILED -> fail(reason);
                default -> {
                    // New and closed are this side's own doing.
                }
            }
        }

        @Override
        public void received(byte[] bytes, int offset, int length) {
            // RFC 7983.
            int first = bytes[offset] & 0xff;
            if (first >= 20 && first <= 63) {
                if (dtls != null) {
                    dtls.input(bytes, offset, length);
                }
            } else if (first >= 128 && first <= 191) {
                guarded(() -> media.received(bytes, offset, length));
            }
        }
    }

    private void way(String reason) {
        if (dtls == null) {
            dtls = new DtlsAssociation(loop, client, identity, fingerprints, this::sendFromAnywhere, new Dtls());
            dtls.start();
        } else if (secure) {
            become(PeerState.CONNECTED, reason);
            if (sctp != null) {
                sctp.pathRestored();
                rearm();
            }
        }
    }

    /** The handshake's thread sends too. */
    private void sendFromAnywhere(byte[] bytes, int offset, int length) {
        if (loop.inLoop()) {
            ice.send(bytes, offset, length);
        } else {
            byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
            loop.execute(() -> ice.send(copy, 0, copy.length));
        }
    }

    /** What DTLS tells. */
    private final class Dtls implements DtlsAssociation.Listener {

        @Override
        public void connected(SrtpKeys keys) {
            secure = true;
            if (keys != null) {
                media.start(keys);
            }
            sctp = new SctpAssociation(loop::now, random, MAX_SCTP_PACKET, dtls::send, new Sctp());
            channels.attach(sctp, client);
            sctp.pause(paused);
            become(PeerState.CONNECTED, ice.selectedPair() == null ? "connected" : ice.selectedPair());
            sctp.connect();
            rearm();
        }

        @Override
        public void received(byte[] bytes, int offset, int length) {
            guarded(() -> sctp.input(bytes, offset, length));
            rearm();
        }

        @Override
        public void closed(String reason) {
            fail(reason);
        }
    }

    /** What SCTP tells. */
    private final class Sctp implements SctpAssociation.Listener {

        @Override
        public void established() {
            channels.established();
        }

        @Override
        public void message(int stream, int ppid, byte[] data) {
            if (!ended()) {
                channels.message(stream, ppid, data);
            }
        }

        @Override
        public void streamReset(int stream) {
            channels.reset(stream);
        }

        @Override
        public void closed(String reason) {
            fail(reason);
        }
    }

    /** One timer for SCTP, at its next deadline. */
    private void rearm() {
        buffered = channels.buffered();
        if (sctp == null || ended()) {
            return;
        }
        long at = sctp.deadline();
        if (at < 0 || sctpTimerAt >= 0 && sctpTimerAt <= at) {
            return;
        }
        if (sctpTimer != null) {
            sctpTimer.cancel();
        }
        sctpTimerAt = at;
        sctpTimer = loop.schedule(at - loop.now(), () -> {
            sctpTimerAt = -1;
            sctpTimer = null;
            if (!ended()) {
                guarded(sctp::tick);
                rearm();
            }
        });
    }

    /** What the listener throws, or a defect here, ends this connection, not the loop that others use too. */
    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            fail("a failure while handling what arrived: " + e);
        }
    }

    private void become(PeerState next, String reason) {
        if (state != next && !ended()) {
            state = next;
            guarded(() -> listener.onState(next, reason));
        }
    }

    private void fail(String reason) {
        if (!ended()) {
            // Before the listener is told: it may throw, or close.
            shut();
            become(PeerState.FAILED, reason);
        }
    }

    void close() {
        if (state != PeerState.CLOSED) {
            if (!ended()) {
                shut();
            }
            state = PeerState.CLOSED;
            try {
                listener.onState(PeerState.CLOSED, "closed");
            } catch (RuntimeException e) {
                // There is nothing left to be failed.
            }
        }
    }

    private void shut() {
        if (sctp != null) {
            sctp.abort();
        }
        if (dtls != null) {
            dtls.close();
        }
        media.close();
        ice.close();
        if (sctpTimer != null) {
            sctpTimer.cancel();
        }
        try {
            channels.closeAll();
        } catch (RuntimeException e) {
            // The listener threw once more.
        }
    }

    PeerStats stats() {
        long malformed = ice.malformed() + media.malformed();
        malformed += dtls == null ? 0 : dtls.malformed();
        malformed += sctp == null ? 0 : sctp.malformed();
        return new PeerStats(
                ice.selectedPair(),
                ice.relayed(),
                ice.rttNanos() < 0 ? -1 : ice.rttNanos() / 1e6,
                ice.bytesReceived(),
                ice.bytesSent(),
                channels.received(),
                channels.sent(),
                sctp == null ? 0 : sctp.retransmitted(),
                sctp == null ? 0 : sctp.duplicates(),
                sctp == null ? 0 : sctp.abandoned(),
                malformed,
                media.received(),
                media.lost());
    }
}
