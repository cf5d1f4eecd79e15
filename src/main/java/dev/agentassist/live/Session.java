package dev.agentassist.live;

import dev.agentassist.live.rtc.PeerState;
import dev.agentassist.live.rtc.RtpPacket;
import dev.agentassist.live.segment.SegmentTracker;
import dev.agentassist.live.signal.LeaveAction;
import dev.agentassist.live.signal.ParticipantInfo.Permission;
import dev.agentassist.live.signal.ReconnectReason;
import dev.agentassist.live.signal.SignalFailure;
import dev.agentassist.live.signal.SignalRequest;
import dev.agentassist.live.signal.SignalResponse;
import dev.agentassist.live.stream.TranscriptionReader;
import dev.agentassist.net.ConnectionTrouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The life of one listen: connecting, regaining a lost connection, ending. All but the constructor and what says otherwise
 * runs on the engine's working thread.
 */
final class Session implements Link.Listener {

    /** How long one attempt at resuming may take, and one at joining anew. */
    private static final long RESUME_MILLIS = 4_000;
    private static final long JOIN_MILLIS = 15_000;
    /** The server forgets a participant that it does not hear of some 20 s after: then resuming is in vain. */
    private static final long RESUMABLE_MILLIS = 20_000;
    /** Whoever lost the connection may come back; an agent that was restarted too. */
    private static final long COMEBACK_MILLIS = 5_000;
    /** A server that was just restarted shows an empty room until the others are back. */
    private static final long EMPTY_ROOM_MILLIS = 15_000;
    private static final long[] BACKOFF_MILLIS = {0, 200, 500, 1_000, 2_000, 3_000, 5_000};
    private static final int MOST_REDIRECTS = 3;
    /** How long the server has to answer our goodbye. */
    private static final long FAREWELL_MILLIS = 700;

    private final LiveEngine engine;
    private final Tokens tokens;
    private final Duration regainWithin;
    private final String version;
    private final Delivery delivery;
    private final RoomView room;
    private final SegmentTracker segments;
    private final TranscriptionReader reader;
    private final CompletableFuture<Void> connected = new CompletableFuture<>();
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private final ArrayDeque<String> urls = new ArrayDeque<>();
    private final Set<String> subscribed = new HashSet<>();
    private String url;
    private Link link;
    private boolean single = true;
    private volatile LiveState state = LiveState.CONNECTING;
    private volatile String roomName;
    private volatile String identity;
    private volatile boolean muted = true;
    private boolean wasLive;
    /** The present link has been live at some time. */
    private boolean linkLive;
    private boolean resuming;
    private int redirects;
    private int attempt;
    private Instant lostAt;
    private String lostWhy = "";
    private ScheduledFuture<?> attemptTimer;
    private ScheduledFuture<?> ticker;
    private long pingMillis = 5_000;
    private long lastPing;

    Session(LiveEngine engine, String url, Tokens tokens, Duration regainWithin, String version) {
        this.engine = engine;
        this.url = url;
        this.tokens = tokens;
        this.regainWithin = regainWithin;
        this.version = version;
        this.delivery = new Delivery(engine.events());
        this.room = new RoomView(delivery::put, this::left);
        this.segments = new SegmentTracker(room, s -> delivery.put(new LiveEvent.Transcript(s)));
        this.reader = new TranscriptionReader(said -> segments.take(said, Instant.now()));
    }

    Delivery delivery() {
        return delivery;
    }

    RoomView room() {
        return room;
    }

    CompletableFuture<Void> connected() {
        return connected;
    }

    CompletableFuture<Ending> ended() {
        return ended;
    }

    LiveState state() {
        return state;
    }

    String roomName() {
        return roomName;
    }

    String identity() {
        return identity;
    }

    boolean muted() {
        return muted;
    }

    /** Any thread. */
    void execute(Runnable task) {
        engine.work().execute(task);
    }

    // --- connecting

    void connect(Duration limit) {
        if (state == LiveState.ENDED) {
            return;
        }
        ticker = engine.work().scheduleWithFixedDelay(this::tick, 500, 500, TimeUnit.MILLISECONDS);
        engine.work()
                .schedule(
                        () -> {
                            if (!wasLive) {
                                end(new Ending(
                                        Ending.Reason.CONNECTION_LOST,
                                        "No connection within " + limit.toSeconds() + " s"
                                                + (lostWhy.isEmpty() ? "." : ": " + lostWhy + ".")));
                            }
                        },
                        limit.toMillis(),
                        TimeUnit.MILLISECONDS);
        join(tokens.newest());
    }

    private void join(String token) {
        dropLink();
        resuming = false;
        linkLive = false;
        subscribed.clear();
        link = new Link(engine, url, version, single, this);
        timer(JOIN_MILLIS, "it did not come about in " + JOIN_MILLIS / 1000 + " s");
        try {
            link.join(token);
        } catch (IllegalArgumentException e) {
            end(new Ending(Ending.Reason.REFUSED, "This is no address of a LiveKit server: " + url));
        }
    }

    private void dropLink() {
        if (link != null) {
            link.abort();
            link = null;
        }
    }

    private void timer(long millis, String why) {
        cancel(attemptTimer);
        Link of = link;
        attemptTimer = engine.work()
                .schedule(
                        () -> {
                            if (link == of && state != LiveState.ENDED && (lostAt != null || !wasLive)) {
                                again(why);
                            }
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    private static void cancel(Future<?> future) {
        if (future != null) {
            future.cancel(false);
        }
    }

    @Override
    public void joined(SignalResponse.Join join) {
        if (!join.alternativeUrl().isEmpty() && join.me() == null) {
            redirect(join.alternativeUrl());
            return;
        }
        single = link.single();
        roomName = join.room();
        identity = join.me().identity();
        if (join.pingIntervalSeconds() > 0) {
            pingMillis = Math.min(5_000, join.pingIntervalSeconds() * 1000L);
        }
        boolean again = wasLive;
        room.reset(join.me(), join.others());
        if (!again) {
            warnOfGrants(join.me().permission());
        }
        if (state == LiveState.ENDED || endEncrypted()) {
            return;
        }
        if (!room.hasCompany() || room.sawAgent() && !room.hasAgent()) {
            endUnlessBack(EMPTY_ROOM_MILLIS);
        }
    }

    private void redirect(String to) {
        if (++redirects > MOST_REDIRECTS) {
            end(new Ending(Ending.Reason.CONNECTION_LOST, "The server sends from one address to the next without end."));
            return;
        }
        url = to;
        join(tokens.newest());
    }

    private void warnOfGrants(Permission permission) {
        if (permission == null) {
            return;
        }
        if (permission.canPublish() || permission.canPublishData()) {
            delivery.put(new LiveEvent.Notice("The token could publish "
                    + (permission.canPublish() ? permission.canPublishData() ? "sound and data" : "sound" : "data")
                    + ": a listener's should not. Nothing is published."));
        }
        if (!permission.hidden()) {
            delivery.put(new LiveEvent.Notice("The token is not hidden: the others in the room see this listener."));
        }
    }

    @Override
    public void live() {
        cancel(attemptTimer);
        linkLive = true;
        subscribeAll();
        backUp(false);
    }

    private void backUp(boolean complete) {
        boolean first = !wasLive;
        wasLive = true;
        resuming = false;
        attempt = 0;
        redirects = 0;
        Instant from = lostAt;
        lostAt = null;
        if (!first && from != null) {
            if (!complete) {
                // What was under way cannot be completed any more, except by a text that replaces it.
                reader.dropOpen();
            }
            delivery.put(new LiveEvent.Gap(from, Instant.now(), complete));
        }
        change(LiveState.LIVE, null);
        connected.complete(null);
    }

    // --- what arrives

    @Override
    public void signal(SignalResponse response) {
        if (response instanceof SignalResponse.Update update) {
            room.update(update.participants());
            if (state != LiveState.ENDED && !endEncrypted()) {
                subscribeAll();
            }
        } else if (response instanceof SignalResponse.RefreshToken refresh) {
            tokens.renewed(refresh.token());
        } else if (response instanceof SignalResponse.Leave leave) {
            farewell(leave);
        } else if (response instanceof SignalResponse.RoomMoved moved) {
            tokens.renewed(moved.token());
            roomName = moved.room();
            if (moved.me() != null) {
                identity = moved.me().identity();
                room.reset(moved.me(), moved.others());
            }
        }
    }

    private void farewell(SignalResponse.Leave leave) {
        Ending ending = Refusals.of(leave.reason());
        if (ending != null) {
            end(ending);
            return;
        }
        leave.regions().stream().filter(u -> !u.isBlank()).forEach(urls::add);
        String why = "the server said goodbye (" + leave.reason().name().toLowerCase(java.util.Locale.ROOT) + ")";
        lost(why);
        if (leave.action() == LeaveAction.RESUME && link != null && link.joined()) {
            schedule(why, true);
        } else {
            dropLink();
            schedule(why, false);
        }
    }

    private boolean endEncrypted() {
        if (room.encrypted() || reader.sawEncrypted()) {
            end(new Ending(
                    Ending.Reason.ENCRYPTED,
                    "The call is end-to-end encrypted: a listener without its key can neither hear nor read it."));
            return true;
        }
        return false;
    }

    @Override
    public void message(byte[] message, boolean reliable) {
        reader.read(message, reliable, System.currentTimeMillis());
        if (reader.sawEncrypted()) {
            endEncrypted();
        }
    }

    @Override
    public void audio(String trackSid, RtpPacket packet) {
        String publisher = muted ? null : room.publisher(trackSid);
        if (publisher != null) {
            delivery.put(new LiveEvent.Audio(new AudioPacket(
                    trackSid, publisher, packet.sequence(), packet.timestamp(), packet.marker(), packet.payload(), packet.arrivalNanos())));
        }
    }

    // --- sound

    void setMuted(boolean wanted) {
        muted = wanted;
        if (state != LiveState.ENDED) {
            subscribeAll();
        }
    }

    private void subscribeAll() {
        if (link == null || !link.joined()) {
            return;
        }
        Map<String, List<String>> all = room.audioTracks();
        Set<String> present = new HashSet<>();
        all.values().forEach(present::addAll);
        subscribed.retainAll(present);
        if (muted) {
            if (!subscribed.isEmpty()) {
                all.replaceAll((sid, tracks) -> tracks.stream().filter(subscribed::contains).toList());
                all.values().removeIf(List::isEmpty);
                link.send(SignalRequest.subscribe(all, false));
                subscribed.clear();
            }
            return;
        }
        all.replaceAll((sid, tracks) -> tracks.stream().filter(t -> !subscribed.contains(t)).toList());
        all.values().removeIf(List::isEmpty);
        if (!all.isEmpty()) {
            all.values().forEach(subscribed::addAll);
            link.send(SignalRequest.subscribe(all, true));
        }
    }

    // --- losing and regaining

    @Override
    public void signalLost(SignalFailure why) {
        Ending refused = Refusals.of(why, tokens.newest(), Instant.now());
        if (refused != null && !resuming) {
            end(refused);
            return;
        }
        if (!wasLive && ConnectionTrouble.lasts(why.cause())) {
            end(new Ending(Ending.Reason.CONNECTION_LOST, "The server cannot be reached: " + why.detail() + "."));
            return;
        }
        if (wasLive && lostAt == null && link.peerUp() && !resuming) {
            // What is said still arrives: only the signalling is renewed.
            resumeNow(ReconnectReason.SIGNAL_DISCONNECTED);
            return;
        }
        lost(why.detail());
        again(why.detail());
    }

    @Override
    public void peer(PeerState peer, String why) {
        switch (peer) {
            case CONNECTED -> {
                // Of a link that was joined anew the channels tell.
                if (lostAt != null && linkLive && !resuming) {
                    cancel(attemptTimer);
                    backUp(true);
                }
            }
            case DISCONNECTED -> {
                if (wasLive && lostAt == null) {
                    lost(why);
                    schedule(why, true);
                }
            }
            case FAILED -> {
                lost(why);
                cancel(attemptTimer);
                Link of = link;
                // A farewell closes both connections, and its reason may come second.
                attemptTimer = engine.work()
                        .schedule(
                                () -> {
                                    if (link == of) {
                                        again(why);
                                    }
                                },
                                FAREWELL_MILLIS / 2,
                                TimeUnit.MILLISECONDS);
            }
            default -> { }
        }
    }

    /** From now on nothing arrives. */
    private void lost(String why) {
        lostWhy = why;
        if (lostAt == null && wasLive) {
            lostAt = Instant.now();
            change(LiveState.CONNECTING, null);
        }
    }

    /** The present attempt came to nothing. */
    private void again(String why) {
        if (state == LiveState.ENDED) {
            return;
        }
        lostWhy = why;
        boolean resume = !resuming
                && linkLive
                && link != null
                && lostAt != null
                && Duration.between(lostAt, Instant.now()).toMillis() < RESUMABLE_MILLIS;
        schedule(why, resume);
    }

    private void schedule(String why, boolean resume) {
        lostWhy = why;
        if (wasLive && Duration.between(lostAt, Instant.now()).compareTo(regainWithin) > 0) {
            end(new Ending(
                    Ending.Reason.CONNECTION_LOST,
                    "The connection was lost and not regained within " + regainWithin.toSeconds() + " s: " + why + "."));
            return;
        }
        long wait = BACKOFF_MILLIS[Math.min(attempt++, BACKOFF_MILLIS.length - 1)];
        cancel(attemptTimer);
        attemptTimer = engine.work()
                .schedule(
                        () -> {
                            if (state == LiveState.ENDED || wasLive && lostAt == null) {
                                return;
                            }
                            if (resume && link != null && link.joined()) {
                                resumeNow(ReconnectReason.SUBSCRIBER_FAILED);
                            } else {
                                rejoin();
                            }
                        },
                        wait,
                        TimeUnit.MILLISECONDS);
    }

    private void resumeNow(ReconnectReason reason) {
        resuming = true;
        Map<String, List<String>> tracks = room.audioTracks();
        tracks.replaceAll((sid, sids) -> sids.stream().filter(subscribed::contains).toList());
        tracks.values().removeIf(List::isEmpty);
        link.resume(
                tokens.newest(), reason, new SignalRequest.SyncState(null, null, tracks, reader.lastSequences()));
        cancel(attemptTimer);
        Link of = link;
        attemptTimer = engine.work()
                .schedule(
                        () -> {
                            if (link == of && resuming && state != LiveState.ENDED) {
                                lost("the session could not be resumed");
                                again("the session could not be resumed");
                            }
                        },
                        RESUME_MILLIS,
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void resumed() {
        if (lostAt == null) {
            cancel(attemptTimer);
            resuming = false;
            return;
        }
        if (link.peerUp()) {
            cancel(attemptTimer);
            resuming = false;
            backUp(true);
        } else {
            // The new way is being looked for.
            resuming = false;
            timer(RESUME_MILLIS, "no new way was found");
        }
    }

    private void rejoin() {
        dropLink();
        String region = urls.poll();
        if (region != null) {
            url = region;
        }
        Instant asked = lostAt;
        engine.blocking().execute(() -> {
            try {
                String token = wasLive ? tokens.forJoining() : tokens.newest();
                execute(() -> {
                    if (state != LiveState.ENDED && lostAt == asked) {
                        join(token);
                    }
                });
            } catch (CallOverException e) {
                execute(() -> {
                    if (state != LiveState.ENDED) {
                        over(e.getMessage());
                    }
                });
            } catch (Exception e) {
                String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
                execute(() -> {
                    if (state != LiveState.ENDED) {
                        schedule(why, false);
                    }
                });
            }
        });
    }

    /** The source says that nobody is in the room: right after a restart of the server that is not the end. */
    private void over(String why) {
        if (lostAt != null && Duration.between(lostAt, Instant.now()).toMillis() < EMPTY_ROOM_MILLIS) {
            schedule(why, false);
        } else {
            end(new Ending(Ending.Reason.EVERYBODY_LEFT, why));
        }
    }

    private void tick() {
        if (state == LiveState.ENDED) {
            return;
        }
        long now = System.currentTimeMillis();
        segments.tick(Instant.now());
        reader.expire(now);
        if (link == null || !link.joined() || resuming) {
            return;
        }
        if (now - lastPing >= pingMillis) {
            lastPing = now;
            link.send(SignalRequest.ping(now, 0));
        }
        if (wasLive && lostAt == null && link.silenceMillis() > pingMillis + 4_000) {
            signalLost(new SignalFailure(0, "the server does not answer any more", null, null));
        }
    }

    // --- ending

    private void left(LiveParticipant participant, boolean clean) {
        segments.left(participant.identity(), Instant.now());
        if (room.sawAgent() && !room.hasAgent() || !room.hasCompany()) {
            if (clean) {
                endUnlessBack(0);
            } else {
                endUnlessBack(lostAt != null || state != LiveState.LIVE ? EMPTY_ROOM_MILLIS : COMEBACK_MILLIS);
            }
        }
    }

    private void endUnlessBack(long millis) {
        // Even a farewell is looked at once all news of the moment has been read: an agent may have handed over.
        engine.work()
                .schedule(
                        () -> {
                            if (state != LiveState.LIVE) {
                                if (state == LiveState.CONNECTING) {
                                    endUnlessBack(1_000);
                                }
                            } else if (room.sawAgent() && !room.hasAgent()) {
                                end(new Ending(Ending.Reason.AGENT_LEFT, "The agent left: the call is over."));
                            } else if (!room.hasCompany()) {
                                end(new Ending(Ending.Reason.EVERYBODY_LEFT, "Nobody is left in the room."));
                            }
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
    }

    void end(Ending ending) {
        if (state == LiveState.ENDED) {
            return;
        }
        cancel(attemptTimer);
        cancel(ticker);
        segments.end(Instant.now());
        reader.dropOpen();
        change(LiveState.ENDED, ending);
        CompletableFuture<Void> farewell = link == null ? CompletableFuture.completedFuture(null) : link.close();
        link = null;
        if (!connected.isDone()) {
            connected.completeExceptionally(new LiveListenException(ending, null));
        }
        farewell.completeOnTimeout(null, FAREWELL_MILLIS, TimeUnit.MILLISECONDS)
                .whenComplete((x, e) -> delivery.afterwards(() -> ended.complete(ending)));
    }

    private void change(LiveState to, Ending ending) {
        if (state != to || to == LiveState.LIVE && !wasLive) {
            state = to;
            delivery.put(new LiveEvent.StateChanged(to, ending));
        }
    }

    /** How many packets could not be read, for figures. */
    Map<String, Long> figures() {
        Map<String, Long> figures = new HashMap<>();
        figures.put("malformed", reader.malformed());
        figures.put("repeated", reader.repeated());
        return figures;
    }
}
