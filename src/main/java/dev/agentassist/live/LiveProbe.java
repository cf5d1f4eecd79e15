package dev.agentassist.live;

import dev.agentassist.live.rtc.DataChannel;
import dev.agentassist.live.rtc.IceCandidateInit;
import dev.agentassist.live.rtc.IceServer;
import dev.agentassist.live.rtc.PeerConnection;
import dev.agentassist.live.rtc.PeerListener;
import dev.agentassist.live.rtc.PeerState;
import dev.agentassist.live.rtc.PeerStats;
import dev.agentassist.live.rtc.RtpSender;
import dev.agentassist.live.signal.ParticipantInfo;
import dev.agentassist.live.signal.SignalFailure;
import dev.agentassist.live.signal.SignalRequest;
import dev.agentassist.live.signal.SignalResponse;
import dev.agentassist.live.signal.SignalSocket;
import dev.agentassist.live.stream.DataPacket;
import dev.agentassist.live.stream.TextStreamWriter;
import dev.agentassist.live.wire.MalformedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Tries a LiveKit room out: joins it with any token, publishes sound as Opus packets, what is said as text streams, and
 * bytes, allowed or not; and notes everybody of whom the server tells it, hidden or not. It subscribes to nobody's sound. A
 * connection that is lost stays lost: this is for what lasts a minute.
 *
 * <p>Methods may be called from any thread and do not block; the futures complete on the engine's working thread.
 */
public final class LiveProbe implements AutoCloseable {

    private static final int PUBLISHER = 0;
    private static final int SUBSCRIBER = 1;
    private static final long PING_MILLIS = 3_000;
    /** Bytes of others' packets that are kept for {@link #received}. */
    private static final int MOST_KEPT = 1 << 20;

    /** What came of asking to publish sound. */
    public enum Granted {
        /** The server took the track. */
        YES,
        /** The server said that it is not allowed. */
        REFUSED,
        /** The server did not answer, as servers before 1.9 do to those who may not. */
        UNANSWERED
    }

    private final LiveEngine engine;
    private final String url;
    private final String token;
    private final String version;
    private final Set<String> toldOf = ConcurrentHashMap.newKeySet();
    private final List<byte[]> packets = new ArrayList<>();
    private final List<IceCandidateInit> unsent = new ArrayList<>();
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<String> lost = new CompletableFuture<>();
    private final String cid = "sound-" + UUID.randomUUID();
    private boolean single;
    private boolean over;
    private SignalSocket socket;
    private PeerConnection publisher;
    private PeerConnection subscriber;
    private DataChannel reliable;
    private volatile SignalResponse.Join join;
    private volatile RtpSender sender;
    private volatile String trackSid = "";
    private CompletableFuture<Granted> asked;
    private ScheduledFuture<?> pings;
    private boolean publisherUp;
    private boolean channelOpen;
    private boolean unanswered;
    private boolean offerAgain;
    private int offers;
    private int keptBytes;
    private int sequence;

    private LiveProbe(LiveEngine engine, String url, String token, String version, boolean single) {
        this.engine = engine;
        this.url = url;
        this.token = token;
        this.version = version;
        this.single = single;
    }

    /**
     * Begins to join; {@link #connected} tells when it is done.
     *
     * @param token one that may join; never logged
     * @param version what the client calls itself towards the server
     */
    public static LiveProbe join(LiveEngine engine, String url, String token, String version) {
        return join(engine, url, token, version, true);
    }

    /** {@code single}: whether to try one peer connection for both ways first, as servers from 1.9 on take it. */
    static LiveProbe join(LiveEngine engine, String url, String token, String version, boolean single) {
        var joining = new LiveProbe(engine, url, token, version, single);
        engine.work().execute(joining::begin);
        return joining;
    }

    /** Completes once data can be sent; fails with {@link LiveListenException} where that does not come about. */
    public CompletableFuture<Void> connected() {
        return connected;
    }

    /** Completes with one sentence when the connection is lost, or was never had; not when it was {@link #close}d. */
    public CompletableFuture<String> lost() {
        return lost;
    }

    /** The identity that the token gave; null before the server has said so. */
    public String identity() {
        return join == null ? null : join.me().identity();
    }

    /** What the server says of this participant's permissions; null before, and where it does not say. */
    public ParticipantInfo.Permission permission() {
        return join == null ? null : join.me().permission();
    }

    /** The server's version as it told it; null before, may be empty. */
    public String serverVersion() {
        return join == null ? null : join.serverVersion();
    }

    /** The relays that the server names; null before. */
    public List<IceServer> iceServers() {
        return join == null ? null : join.iceServers();
    }

    /** The identities of all others that the server has named so far, in whatever message. */
    public Set<String> toldOf() {
        return Set.copyOf(toldOf);
    }

    /** Figures of the connection that is sent on; null before there is one. */
    public PeerStats stats() {
        PeerConnection open = publisher;
        return open == null ? null : open.stats();
    }

    /** Whether a packet of somebody else's held these bytes. */
    public boolean received(byte[] part) {
        String wanted = new String(part, StandardCharsets.ISO_8859_1);
        synchronized (packets) {
            return packets.stream().anyMatch(p -> new String(p, StandardCharsets.ISO_8859_1).contains(wanted));
        }
    }

    // --- publishing

    /**
     * Asks to publish a microphone, and offers one whatever the answer is, so that {@link #sound} really sends. Once.
     *
     * @param patienceMillis until silence counts as {@link Granted#UNANSWERED}
     */
    public CompletableFuture<Granted> publishSound(long patienceMillis) {
        var answer = new CompletableFuture<Granted>();
        execute(() -> {
            asked = answer;
            socket.send(SignalRequest.addMicrophone(cid, "microphone"));
        });
        return answer.completeOnTimeout(Granted.UNANSWERED, patienceMillis, TimeUnit.MILLISECONDS)
                .thenApplyAsync(granted -> {
                    if (!over) {
                        sender = publisher.addAudioSender(cid);
                        negotiate();
                    }
                    return granted;
                }, engine.work());
    }

    /** The server's id of the sound; empty where it has none. */
    public String trackSid() {
        return trackSid;
    }

    /**
     * Sends one Opus packet.
     *
     * @param timestamp in units of 1/48,000 s
     * @param first the first one after silence
     */
    public void sound(byte[] opus, long timestamp, boolean first) {
        RtpSender open = sender;
        if (open != null) {
            open.send(opus, timestamp, first);
        }
    }

    /** Sends bytes to everybody in the room, reliably. False where it cannot be sent. */
    public CompletableFuture<Boolean> data(String topic, byte[] payload) {
        return sending(() -> reliable.send(TextStreamWriter.user(++sequence, topic, payload)));
    }

    /**
     * Publishes a text stream: all chunks at once.
     *
     * @param atBeginning attributes of its header
     * @param atEnd attributes of its trailer
     */
    public CompletableFuture<Boolean> text(
            String topic, Map<String, String> atBeginning, List<String> chunks, Map<String, String> atEnd) {
        return sending(() -> {
            var stream = new TextStreamWriter(UUID.randomUUID().toString());
            boolean sent = reliable.send(stream.header(++sequence, topic, System.currentTimeMillis(), atBeginning));
            for (String chunk : chunks) {
                sent &= reliable.send(stream.chunk(++sequence, chunk.getBytes(StandardCharsets.UTF_8)));
            }
            return sent & reliable.send(stream.trailer(++sequence, atEnd));
        });
    }

    /** Something to be sent, on the working thread. */
    private interface Sending {
        boolean send();
    }

    private CompletableFuture<Boolean> sending(Sending what) {
        var sent = new CompletableFuture<Boolean>();
        execute(() -> sent.complete(!over && reliable != null && what.send()));
        return sent;
    }

    // --- connecting

    private void execute(Runnable task) {
        try {
            engine.work().execute(task);
        } catch (RejectedExecutionException e) {
            // The engine is closed, and all connections with it.
        }
    }

    private void begin() {
        if (over) {
            return;
        }
        if (single) {
            open(List.of(), false);
            socket = SignalSocket.v1(engine.http(url), url, token, version, offer(), null, new Signals());
        } else {
            socket = SignalSocket.v0(engine.http(url), url, token, version, null, new Signals());
        }
    }

    private void open(List<IceServer> servers, boolean relayOnly) {
        publisher = PeerConnection.on(
                engine.loop(), engine.peerConfig().withIceServers(servers).withRelayOnly(relayOnly), new Peers(PUBLISHER));
        reliable = publisher.createChannel("_reliable", true, null);
        publisher.createChannel("_lossy", false, 0);
    }

    private String offer() {
        unanswered = true;
        offerAgain = false;
        offers++;
        return publisher.createOffer();
    }

    /** One offer at a time: a further one waits for the answer to the last. */
    private void negotiate() {
        if (unanswered) {
            offerAgain = true;
        } else {
            socket.send(SignalRequest.offer(offer(), offers));
        }
    }

    private void response(SignalResponse response) {
        if (response instanceof SignalResponse.Join j) {
            joined(j);
        } else if (response instanceof SignalResponse.Answer a) {
            unanswered = false;
            publisher.setAnswer(a.sdp());
            if (offerAgain) {
                negotiate();
            }
        } else if (response instanceof SignalResponse.Offer o && subscriber != null) {
            socket.send(SignalRequest.answer(subscriber.answer(o.sdp()), o.id()));
        } else if (response instanceof SignalResponse.Trickle t) {
            IceCandidateInit candidate = CandidateJson.read(t.candidateInit());
            PeerConnection to = t.target() == PUBLISHER ? publisher : subscriber;
            if (candidate != null && to != null) {
                to.addRemoteCandidate(candidate);
            }
        } else if (response instanceof SignalResponse.Update update) {
            told(update.participants());
        } else if (response instanceof SignalResponse.Published published) {
            trackSid = published.track().sid();
            answer(Granted.YES);
        } else if (response instanceof SignalResponse.RequestAnswer refusal) {
            if (refusal.reason() == SignalResponse.RequestAnswer.NOT_ALLOWED) {
                answer(Granted.REFUSED);
            }
        } else if (response instanceof SignalResponse.Leave leave) {
            end("the server said goodbye (" + leave.reason().name().toLowerCase(java.util.Locale.ROOT) + ")");
        }
    }

    private void answer(Granted granted) {
        if (asked != null) {
            asked.complete(granted);
        }
    }

    private void joined(SignalResponse.Join j) {
        if (j.me() == null) {
            end("the server sends this client to another address");
            return;
        }
        join = j;
        told(j.others());
        if (single) {
            publisher.setIceServers(j.iceServers(), j.relayOnly());
        } else {
            subscriber = PeerConnection.on(
                    engine.loop(), engine.peerConfig().withIceServers(j.iceServers()).withRelayOnly(j.relayOnly()), new Peers(SUBSCRIBER));
            open(j.iceServers(), j.relayOnly());
            socket.send(SignalRequest.offer(offer(), offers));
        }
        unsent.forEach(c -> trickle(c, PUBLISHER));
        unsent.clear();
        pings = engine.work().scheduleWithFixedDelay(
                () -> socket.send(SignalRequest.ping(System.currentTimeMillis(), 0)), PING_MILLIS, PING_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void told(List<ParticipantInfo> participants) {
        participants.stream().map(ParticipantInfo::identity).filter(i -> !i.equals(identity())).forEach(toldOf::add);
    }

    private void trickle(IceCandidateInit candidate, int target) {
        if (candidate.candidate() != null && !candidate.candidate().isEmpty()) {
            socket.send(SignalRequest.trickle(CandidateJson.write(candidate), target));
        }
    }

    private void maybeConnected() {
        if (publisherUp && channelOpen && join != null) {
            connected.complete(null);
        }
    }

    private void message(byte[] message) {
        try {
            DataPacket packet = DataPacket.read(message);
            if (!packet.sender().isEmpty()) {
                toldOf.add(packet.sender());
            }
        } catch (MalformedMessage e) {
            // Kept all the same.
        }
        synchronized (packets) {
            if (keptBytes + message.length <= MOST_KEPT) {
                packets.add(message);
                keptBytes += message.length;
            }
        }
    }

    // --- ending

    private void end(String why) {
        if (!over) {
            close(false);
            connected.completeExceptionally(
                    new LiveListenException(new Ending(Ending.Reason.CONNECTION_LOST, why), null));
            lost.complete(why);
        }
    }

    private void close(boolean farewell) {
        over = true;
        if (pings != null) {
            pings.cancel(false);
        }
        if (socket != null && farewell) {
            socket.close();
        } else if (socket != null) {
            socket.abort();
        }
        if (publisher != null) {
            publisher.close();
        }
        if (subscriber != null) {
            subscriber.close();
        }
    }

    /** Leaves the room: the server is told. Waits for a second at most until it has heard. */
    @Override
    public void close() {
        var gone = new CompletableFuture<Void>();
        execute(() -> {
            if (over || socket == null) {
                over = true;
                gone.complete(null);
                return;
            }
            close(true);
            socket.gone().whenComplete((x, e) -> gone.complete(null));
        });
        gone.completeOnTimeout(null, 1, TimeUnit.SECONDS).join();
    }

    private final class Signals implements SignalSocket.Listener {

        private void run(SignalSocket from, Runnable task) {
            execute(() -> {
                if (!over && from == socket) {
                    task.run();
                }
            });
        }

        @Override
        public void response(SignalSocket from, SignalResponse response) {
            run(from, () -> LiveProbe.this.response(response));
        }

        @Override
        public void malformed(SignalSocket from, String why) {
            // What cannot be read is not for us.
        }

        @Override
        public void closed(SignalSocket from, SignalFailure why) {
            run(from, () -> {
                if (why.status() == 404 && single && join == null) {
                    // A server that does not know the single peer connection.
                    single = false;
                    publisher.close();
                    publisher = null;
                    reliable = null;
                    unsent.clear();
                    unanswered = false;
                    begin();
                } else {
                    end(why.status() == 0 ? why.detail() : why.detail() + " (HTTP status " + why.status() + ")");
                }
            });
        }
    }

    private final class Peers implements PeerListener {

        private final int target;
        private final boolean ofSingle = single;

        Peers(int target) {
            this.target = target;
        }

        private void run(Runnable task) {
            execute(() -> {
                if (!over && ofSingle == single) {
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
                    trickle(candidate, target);
                }
            });
        }

        @Override
        public void onState(PeerState state, String reason) {
            run(() -> {
                if (state == PeerState.FAILED) {
                    end(reason);
                } else if (target == PUBLISHER) {
                    publisherUp = state == PeerState.CONNECTED;
                    maybeConnected();
                }
            });
        }

        @Override
        public void onChannelOpen(DataChannel channel) {
            run(() -> {
                channelOpen |= target == PUBLISHER && channel.label().equals("_reliable");
                maybeConnected();
            });
        }

        @Override
        public void onMessage(DataChannel channel, byte[] message, boolean text) {
            run(() -> LiveProbe.this.message(message));
        }
    }
}
