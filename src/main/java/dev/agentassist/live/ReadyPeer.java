package dev.agentassist.live;

import dev.agentassist.live.rtc.DataChannel;
import dev.agentassist.live.rtc.IceCandidateInit;
import dev.agentassist.live.rtc.PeerConfig;
import dev.agentassist.live.rtc.PeerConnection;
import dev.agentassist.live.rtc.PeerListener;
import dev.agentassist.live.rtc.PeerState;
import dev.agentassist.live.rtc.RtpPacket;
import dev.agentassist.live.rtc.dtls.DtlsIdentity;
import dev.agentassist.live.rtc.net.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A peer connection with the offer for LiveKit's single peer connection, made before it is known which call it is for:
 * neither needs a server. Whoever takes it is told everything that it has told so far.
 */
final class ReadyPeer {

    private static final long FRESH_NANOS = 5_000_000_000L;

    private final Listener listener = new Listener();
    private final PeerConnection peer;
    private final String offer;
    private final long madeNanos = System.nanoTime();

    ReadyPeer(EventLoop loop, PeerConfig config, DtlsIdentity identity) {
        peer = PeerConnection.on(loop, config, identity, listener);
        peer.createChannel("_reliable", true, null);
        peer.createChannel("_lossy", false, 0);
        offer = peer.createOffer();
    }

    /** Whether the network is likely to be the one that it looked at. */
    boolean fresh() {
        return System.nanoTime() - madeNanos < FRESH_NANOS;
    }

    String offer() {
        return offer;
    }

    PeerConnection take(PeerListener taker) {
        listener.hand(taker);
        return peer;
    }

    void close() {
        peer.close();
    }

    private static final class Listener implements PeerListener {
        private final List<Consumer<PeerListener>> untold = new ArrayList<>();
        private PeerListener taker;

        synchronized void hand(PeerListener to) {
            untold.forEach(told -> told.accept(to));
            untold.clear();
            taker = to;
        }

        private synchronized void tell(Consumer<PeerListener> told) {
            if (taker == null) {
                untold.add(told);
            } else {
                told.accept(taker);
            }
        }

        @Override
        public void onLocalCandidate(IceCandidateInit candidate) {
            tell(t -> t.onLocalCandidate(candidate));
        }

        @Override
        public void onState(PeerState state, String reason) {
            tell(t -> t.onState(state, reason));
        }

        @Override
        public void onChannelOpen(DataChannel channel) {
            tell(t -> t.onChannelOpen(channel));
        }

        @Override
        public void onChannelClosed(DataChannel channel) {
            tell(t -> t.onChannelClosed(channel));
        }

        @Override
        public void onMessage(DataChannel channel, byte[] message, boolean text) {
            tell(t -> t.onMessage(channel, message, text));
        }

        @Override
        public void onRtp(RtpPacket packet) {
            tell(t -> t.onRtp(packet));
        }
    }
}
