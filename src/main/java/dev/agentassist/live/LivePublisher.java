package dev.agentassist.live;

import dev.agentassist.live.rtc.PeerState;
import dev.agentassist.live.rtc.RtpPacket;
import dev.agentassist.live.rtc.RtpSender;
import dev.agentassist.live.signal.SignalFailure;
import dev.agentassist.live.signal.SignalRequest;
import dev.agentassist.live.signal.SignalResponse;
import dev.agentassist.live.stream.DataPacket;
import dev.agentassist.live.wire.MalformedMessage;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Takes part in a room as somebody who plays sound to some of those in it, and watches what happens; it hears nothing.
 *
 * <p>A lost connection is not regained: whoever plays music to somebody on hold has to bring them back then. Needs a server
 * with LiveKit's single peer connection ({@code /rtc/v1}). Methods may be called from any thread.
 */
public final class LivePublisher implements AutoCloseable {

    /** What it tells, on the engine's working thread: whoever listens must not block. */
    public interface Listener {
        /** Who is there and what they publish: {@code Joined}, {@code Changed}, {@code Left}, {@code TrackPublished}… */
        default void event(LiveEvent event) {}

        /** After the event {@code Left}. {@code clean}: by their own will or somebody's, not because a connection broke. */
        default void left(String identity, boolean clean) {}

        /** A key of somebody's telephone. */
        default void key(String identity, String digit) {}

        /** The connection is gone, and nothing follows; not after {@link LivePublisher#close}. One sentence. */
        default void lost(String why) {}
    }

    private static final long PING_MILLIS = 2_000;
    /** Without a word from the server for so long the connection is dead. */
    private static final long SILENT_MILLIS = 6_000;
    private static final long PUBLISH_MILLIS = 5_000;
    private static final long FAREWELL_MILLIS = 700;

    private final LiveEngine engine;
    private final Listener listener;
    private final Link link;
    private final RoomView room;
    private final CompletableFuture<LivePublisher> joined = new CompletableFuture<>();
    private final CompletableFuture<String> published = new CompletableFuture<>();
    private final String clientId = "TR_" + UUID.randomUUID();
    private ScheduledFuture<?> ticker;
    private volatile RtpSender sender;
    private boolean over;

    private LivePublisher(LiveEngine engine, String url, String version, Listener listener) {
        this.engine = engine;
        this.listener = listener;
        this.room = new RoomView(listener::event, (who, clean) -> listener.left(who.identity(), clean));
        this.link = new Link(engine, url, version, true, new Events());
    }

    /**
     * Joins with a token that may publish. The future completes once the connection is up, with the room's participants told
     * as events before that; it fails with {@link LiveListenException} when that does not come about within {@code limit}.
     */
    public static CompletableFuture<LivePublisher> join(
            LiveEngine engine, String url, String token, String version, Duration limit, Listener listener) {
        var publisher = new LivePublisher(engine, url, version, listener);
        engine.work().execute(() -> {
            publisher.ticker = engine.work()
                    .scheduleWithFixedDelay(publisher::tick, PING_MILLIS, PING_MILLIS, TimeUnit.MILLISECONDS);
            engine.work()
                    .schedule(
                            () -> {
                                if (!publisher.joined.isDone()) {
                                    publisher.lost("no connection came about within " + limit.toSeconds() + " s");
                                }
                            },
                            limit.toMillis(),
                            TimeUnit.MILLISECONDS);
            publisher.link.join(token);
        });
        return publisher.joined;
    }

    /** Those who may hear what is published, now or later; everybody else may not. Before {@link #publish}: then it holds from the first packet on. */
    public void permit(Collection<String> identities) {
        List<String> all = List.copyOf(identities);
        engine.work().execute(() -> link.send(SignalRequest.subscriptionPermission(all)));
    }

    /** Publishes one track, once; the future completes with its sid when the server knows it. */
    public CompletableFuture<String> publish(String name) {
        engine.work().execute(() -> link.send(SignalRequest.addMicrophone(clientId, name)));
        return published.orTimeout(PUBLISH_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Sends a packet of the track; see {@link RtpSender#send}. */
    public void send(byte[] opus, long timestamp, boolean marker) {
        RtpSender to = sender;
        if (to != null) {
            to.send(opus, timestamp, marker);
        }
    }

    /** Who is there, as far as clients are told. */
    public List<LiveParticipant> participants() {
        return room.participants();
    }

    private void tick() {
        if (over || !link.joined()) {
            return;
        }
        link.send(SignalRequest.ping(System.currentTimeMillis(), 0));
        if (link.silenceMillis() > SILENT_MILLIS) {
            lost("the server does not answer any more");
        }
    }

    private void lost(String why) {
        if (over) {
            return;
        }
        over = true;
        stop();
        link.abort();
        var ending = new Ending(Ending.Reason.CONNECTION_LOST, "The connection to the room was lost: " + why + ".");
        if (!joined.completeExceptionally(new LiveListenException(ending, null))) {
            listener.lost(ending.detail());
        }
    }

    private void stop() {
        if (ticker != null) {
            ticker.cancel(false);
        }
        sender = null;
    }

    /** Leaves the room: the server is told. Waits for that at most 0.7 s. */
    @Override
    public void close() {
        var gone = new CompletableFuture<Void>();
        engine.work().execute(() -> {
            if (over) {
                gone.complete(null);
                return;
            }
            over = true;
            stop();
            link.close().whenComplete((x, e) -> gone.complete(null));
        });
        gone.completeOnTimeout(null, FAREWELL_MILLIS, TimeUnit.MILLISECONDS).join();
    }

    private final class Events implements Link.Listener {

        @Override
        public void joined(SignalResponse.Join join) {
            if (!link.single()) {
                lost("the server is too old for this (it has no single peer connection)");
                return;
            }
            if (join.me() != null) {
                room.reset(join.me(), join.others());
            }
        }

        @Override
        public void live() {
            joined.complete(LivePublisher.this);
        }

        @Override
        public void resumed() {
            // Never asked for.
        }

        @Override
        public void signal(SignalResponse response) {
            if (over) {
                return;
            }
            if (response instanceof SignalResponse.Update update) {
                room.update(update.participants());
            } else if (response instanceof SignalResponse.Published track) {
                if (track.clientId().equals(clientId) && sender == null) {
                    sender = link.addMicrophone(clientId);
                    published.complete(track.track().sid());
                }
            } else if (response instanceof SignalResponse.Leave leave) {
                lost("the server ended it (" + leave.reason().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + ")");
            }
        }

        @Override
        public void message(byte[] message, boolean reliable) {
            try {
                DataPacket packet = DataPacket.read(message);
                if (packet.content() instanceof DataPacket.Key key) {
                    listener.key(packet.sender(), key.digit());
                }
            } catch (MalformedMessage e) {
                // What cannot be read is not for us.
            }
        }

        @Override
        public void audio(String trackSid, RtpPacket packet) {
            // It listens to nobody.
        }

        @Override
        public void signalLost(SignalFailure why) {
            lost(why.detail());
        }

        @Override
        public void peer(PeerState state, String why) {
            if (state == PeerState.FAILED) {
                lost(why);
            }
        }
    }
}
