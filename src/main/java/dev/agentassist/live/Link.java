package dev.agentassist.live;

import dev.agentassist.live.rtc.DataChannel;
import dev.agentassist.live.rtc.IceCandidateInit;
import dev.agentassist.live.rtc.MediaSection;
import dev.agentassist.live.rtc.PeerConfig;
import dev.agentassist.live.rtc.PeerConnection;
import dev.agentassist.live.rtc.PeerListener;
import dev.agentassist.live.rtc.PeerState;
import dev.agentassist.live.rtc.RtpPacket;
import dev.agentassist.live.rtc.RtpSender;
import dev.agentassist.live.signal.ReconnectReason;
import dev.agentassist.live.signal.SignalFailure;
import dev.agentassist.live.signal.SignalRequest;
import dev.agentassist.live.signal.SignalResponse;
import dev.agentassist.live.signal.SignalSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One joining of a room: a signalling connection and the peer connection that it brings about. Everything happens on the
 * engine's working thread; what comes from the network is brought there.
 *
 * <p>Tries LiveKit's single peer connection first ({@code /rtc/v1}: we offer), which takes half the time; a server that
 * does not know it answers 404, and then the server offers ({@code /rtc}).
 */
final class Link {

    /** What a link tells, on the working thread. Nothing after {@link Link#close} and {@link Link#abort}. */
    interface Listener {
        void joined(SignalResponse.Join join);

        /** The data channels are open. */
        void live();

        void resumed();

        /** Messages of the session: updates, leave, refreshed tokens. */
        void signal(SignalResponse response);

        void message(byte[] message, boolean reliable);

        void audio(String trackSid, RtpPacket packet);

        /** No signalling any more. The peer connection may still be up. */
        void signalLost(SignalFailure why);

        /** {@code down}: nothing is heard any more, but it may come back; otherwise it is up again, or has failed. */
        void peer(PeerState state, String why);
    }

    private static final int PUBLISHER = 0;
    private static final int SUBSCRIBER = 1;

    private final LiveEngine engine;
    private final Executor work;
    private final Listener listener;
    private final String url;
    private final String version;
    private final List<IceCandidateInit> unsent = new ArrayList<>();
    private boolean single;
    private boolean over;
    private SignalSocket socket;
    private PeerConnection peer;
    private SignalResponse.Join join;
    private String offer;
    private String answer;
    private int offers = 1;
    private boolean unanswered;
    private boolean offerAgain;
    private int peers;
    private boolean channelOpen;
    private boolean up;
    private boolean live;
    private volatile Map<String, String> trackOfSection = Map.of();

    Link(LiveEngine engine, String url, String version, boolean single, Listener listener) {
        this.engine = engine;
        this.work = engine.work();
        this.url = url;
        this.version = version;
        this.single = single;
        this.listener = listener;
    }

    /** Whether the server knows the single peer connection, as far as we know. */
    boolean single() {
        return single;
    }

    void join(String token) {
        if (!single) {
            socket = SignalSocket.v0(engine.http(url), url, token, version, null, new Signals(token, false));
            return;
        }
        if (peer == null) {
            ReadyPeer ready = engine.readyPeer();
            peer = ready.take(new Peers());
            offer = ready.offer();
            unanswered = true;
        }
        socket = SignalSocket.v1(engine.http(url), url, token, version, offer, null, new Signals(token, false));
    }

    /** Connects the signalling anew to the same session; the peer connection stays, or looks for a new way. */
    void resume(String token, ReconnectReason reason, SignalRequest.SyncState state) {
        socket.abort();
        var whose = new SignalRequest.Resume(join.me().sid(), reason);
        var signals = new Signals(token, true);
        var sync = new SignalRequest.SyncState(offer, answer, state.subscribed(), state.lastSequences());
        socket = single
                ? SignalSocket.v1(engine.http(url), url, token, version, null, whose, signals)
                : SignalSocket.v0(engine.http(url), url, token, version, whose, signals);
        signals.sync = sync;
    }

    boolean joined() {
        return join != null;
    }

    /** Up or likely to come back without help. */
    boolean peerUp() {
        return up;
    }

    void send(byte[] request) {
        if (!over && socket != null) {
            socket.send(request);
        }
    }

    /**
     * A microphone of ours in the single peer connection, which the server must have been told of
     * ({@link SignalRequest#addMicrophone}).
     */
    RtpSender addMicrophone(String clientId) {
        RtpSender sender = peer.addAudioSender(clientId);
        negotiate();
        return sender;
    }

    long silenceMillis() {
        return socket == null ? 0 : socket.silence().toMillis();
    }

    /** Leaves: the server is told. Completes once it has heard, or cannot. */
    CompletableFuture<Void> close() {
        if (over || socket == null) {
            abort();
            return CompletableFuture.completedFuture(null);
        }
        over = true;
        socket.close();
        closePeer();
        return socket.gone();
    }

    /** Drops both connections without a word. */
    void abort() {
        if (!over) {
            over = true;
            if (socket != null) {
                socket.abort();
            }
            closePeer();
        }
    }

    private void closePeer() {
        if (peer != null) {
            peer.close();
        }
    }

    private void response(SignalSocket from, SignalResponse response, Signals signals) {
        if (over || from != socket) {
            return;
        }
        if (response instanceof SignalResponse.Join j) {
            joined(j);
        } else if (response instanceof SignalResponse.Answer a) {
            answered(a);
        } else if (response instanceof SignalResponse.Offer o) {
            offered(o);
        } else if (response instanceof SignalResponse.Trickle t) {
            trickled(t);
        } else if (response instanceof SignalResponse.MediaSections m) {
            mediaSections(m.audios());
        } else if (response instanceof SignalResponse.Reconnect r) {
            reconnected(r, signals);
        } else {
            listener.signal(response);
        }
    }

    private void answered(SignalResponse.Answer a) {
        answer = a.sdp();
        unanswered = false;
        peer.setAnswer(a.sdp());
        sections(a.tracks());
        if (offerAgain) {
            negotiate();
        }
    }

    private void joined(SignalResponse.Join j) {
        join = j;
        if (!single) {
            peer = PeerConnection.on(
                    engine.loop(),
                    engine.peerConfig().withIceServers(j.iceServers()).withRelayOnly(j.relayOnly()),
                    engine.identity(),
                    new Peers());
        } else if (!j.iceServers().isEmpty() || j.relayOnly()) {
            peer.setIceServers(j.iceServers(), j.relayOnly());
        }
        unsent.forEach(this::trickle);
        unsent.clear();
        listener.joined(j);
    }

    private void offered(SignalResponse.Offer o) {
        if (peer == null || single) {
            return;
        }
        offer = o.sdp();
        answer = peer.answer(o.sdp());
        sections(o.tracks());
        send(SignalRequest.answer(answer, o.id()));
    }

    private void trickled(SignalResponse.Trickle t) {
        IceCandidateInit candidate = CandidateJson.read(t.candidateInit());
        if (candidate != null && peer != null && t.target() == (single ? PUBLISHER : SUBSCRIBER)) {
            peer.addRemoteCandidate(candidate);
        }
    }

    /** Without new sections, too: a track may take the place of one that has gone, and is sent only once we offered again. */
    private void mediaSections(int audios) {
        if (single) {
            if (audios > 0) {
                peer.addAudioReceivers(audios);
            }
            negotiate();
        }
    }

    /** One offer at a time: a further one waits for the answer to the last. */
    private void negotiate() {
        if (unanswered) {
            offerAgain = true;
            return;
        }
        unanswered = true;
        offerAgain = false;
        offer = peer.createOffer();
        send(SignalRequest.offer(offer, ++offers));
    }

    private void reconnected(SignalResponse.Reconnect r, Signals signals) {
        if (!r.iceServers().isEmpty()) {
            peer.setIceServers(r.iceServers(), r.relayOnly());
        }
        if (signals.sync != null) {
            send(SignalRequest.syncState(signals.sync));
        }
        if (single) {
            // The other way round the server offers with new ICE credentials by itself.
            peer.restartIce();
            unanswered = false;
            negotiate();
        }
        listener.resumed();
    }

    private void trickle(IceCandidateInit candidate) {
        if (candidate.candidate() == null || candidate.candidate().isEmpty()) {
            return;
        }
        send(SignalRequest.trickle(CandidateJson.write(candidate), single ? PUBLISHER : SUBSCRIBER));
    }

    /** Which track each section carries: by the message where it tells, else by the description. */
    private void sections(Map<String, String> told) {
        Map<String, String> map = new HashMap<>();
        for (MediaSection section : peer.remoteSections()) {
            if (section.mid() != null && section.trackId() != null) {
                map.put(section.mid(), section.trackId());
            }
        }
        map.putAll(told);
        trackOfSection = Map.copyOf(map);
    }

    private void maybeLive() {
        if (!live && up && channelOpen) {
            live = true;
            listener.live();
        }
    }

    private final class Signals implements SignalSocket.Listener {
        private final String token;
        private final boolean resuming;
        private volatile SignalRequest.SyncState sync;

        Signals(String token, boolean resuming) {
            this.token = token;
            this.resuming = resuming;
        }

        @Override
        public void response(SignalSocket from, SignalResponse response) {
            work.execute(() -> Link.this.response(from, response, this));
        }

        @Override
        public void malformed(SignalSocket from, String why) {
            // What cannot be read is not for us.
        }

        @Override
        public void closed(SignalSocket from, SignalFailure why) {
            work.execute(() -> {
                if (over || from != socket) {
                    return;
                }
                if (why.status() == 404 && single && !resuming) {
                    // It may also be the room that it does not know; then the other address says so again.
                    single = false;
                    peer.close();
                    peer = null;
                    unsent.clear();
                    join(token);
                } else {
                    listener.signalLost(why);
                }
            });
        }
    }

    private final class Peers implements PeerListener {

        private final int mine = ++peers;

        /** Unless another peer connection has taken this one's place. */
        private void run(Runnable task) {
            work.execute(() -> {
                if (!over && mine == peers) {
                    task.run();
                }
            });
        }

        @Override
        public void onLocalCandidate(IceCandidateInit candidate) {
            run(() -> {
                if (join == null) {
                    unsent.add(candidate);
                } else {
                    trickle(candidate);
                }
            });
        }

        @Override
        public void onState(PeerState state, String reason) {
            run(() -> {
                up = state == PeerState.CONNECTED;
                listener.peer(state, reason);
                maybeLive();
            });
        }

        @Override
        public void onChannelOpen(DataChannel channel) {
            run(() -> {
                channelOpen |= channel.label().equals("_reliable");
                maybeLive();
            });
        }

        @Override
        public void onMessage(DataChannel channel, byte[] message, boolean text) {
            boolean reliable = channel.label().equals("_reliable");
            if (reliable || channel.label().equals("_lossy")) {
                run(() -> listener.message(message, reliable));
            }
        }

        @Override
        public void onRtp(RtpPacket packet) {
            String track = packet.mid() == null ? null : trackOfSection.get(packet.mid());
            if (track != null) {
                run(() -> listener.audio(track, packet));
            }
        }
    }
}
