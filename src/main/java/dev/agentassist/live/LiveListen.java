package dev.agentassist.live;

import dev.agentassist.live.segment.Segment;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Listens to one LiveKit room: what is said, who is there, and the sound, unheard by those in it.
 *
 * <pre>{@code
 * try (var listen = LiveListen.builder("wss://example.livekit.cloud", token).build()) {
 *     listen.onTranscript(said -> {
 *         if (said.settled()) {
 *             System.out.println(said.label() + ": " + said.text());
 *         }
 *     });
 *     listen.connect().join();
 *     System.out.println(listen.ended().join().detail());
 * }
 * }</pre>
 *
 * <p>Whether the others are told of this participant is decided by the token ({@code hidden}); this class publishes
 * nothing. It starts muted: sound arrives after {@link #setMuted} with false. Methods may be called from any thread and do
 * not block. Events come one at a time, in order, on one thread of the {@link LiveEngine}: a listener that blocks delays
 * the events of every listen of that engine, never the connections, and what then piles up beyond a bound is dropped and
 * told as {@link LiveEvent.Shed}.
 */
public final class LiveListen implements AutoCloseable {

    /** How long {@link #connect} waits for the first connection. */
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(15);

    private final LiveEngine engine;
    private final boolean ownEngine;
    private final Session session;
    private CompletableFuture<LiveListen> connecting;

    private LiveListen(Builder builder) {
        ownEngine = builder.engine == null;
        engine = ownEngine ? new LiveEngine() : builder.engine;
        session = new Session(
                engine, builder.url, new Tokens(builder.token, builder.tokens), builder.regainWithin, builder.version);
        engine.add(this);
        session.ended().thenRun(() -> engine.remove(this));
    }

    /**
     * @param url {@code ws://}, {@code wss://}, {@code http://} or {@code https://} of the LiveKit server
     * @param token a token that may join and subscribe; never logged
     */
    public static Builder builder(String url, String token) {
        return new Builder(url, token);
    }

    /** What a listen is made from. */
    public static final class Builder {
        private final String url;
        private final String token;
        private LiveEngine engine;
        private TokenSource tokens;
        private Duration regainWithin = Duration.ofSeconds(60);
        private String version = "1";

        private Builder(String url, String token) {
            this.url = Objects.requireNonNull(url);
            this.token = Objects.requireNonNull(token);
        }

        /** Shares threads and the HTTP client (proxy, trust) with other listens; without it the listen has its own. */
        public Builder engine(LiveEngine engine) {
            this.engine = engine;
            return this;
        }

        /** For joining again after a loss; without it the first token and those that the server renewed are used. */
        public Builder tokens(TokenSource tokens) {
            this.tokens = tokens;
            return this;
        }

        /** How long to try to regain a lost connection; 60 s by default. */
        public Builder regainWithin(Duration limit) {
            this.regainWithin = limit;
            return this;
        }

        /** What the client calls itself towards the server. */
        public Builder version(String version) {
            this.version = version;
            return this;
        }

        public LiveListen build() {
            return new LiveListen(this);
        }
    }

    /** Adds a listener to all events. Before {@link #connect}, or it misses the first ones. */
    public void onEvent(Consumer<LiveEvent> listener) {
        session.delivery().add(listener);
    }

    /** Adds a listener to what is said. */
    public void onTranscript(Consumer<Segment> listener) {
        onEvent(event -> {
            if (event instanceof LiveEvent.Transcript said) {
                listener.accept(said.segment());
            }
        });
    }

    /**
     * Joins the room. The future completes once subscribed, and fails with {@link LiveListenException} when the server
     * refuses or {@link #CONNECT_TIMEOUT} has passed; then the listen has ended. A call while connecting, or later, returns
     * the first one's future.
     */
    public synchronized CompletableFuture<LiveListen> connect() {
        if (connecting == null) {
            connecting = session.connected().thenApply(x -> this);
            session.execute(() -> session.connect(CONNECT_TIMEOUT));
        }
        return connecting;
    }

    public LiveState state() {
        return session.state();
    }

    /** Completes with the reason once the listen is over; never fails. All events have been delivered by then. */
    public CompletableFuture<Ending> ended() {
        return session.ended();
    }

    /** Who is in the room now, hidden ones not. */
    public List<LiveParticipant> participants() {
        return session.room().participants();
    }

    /** The room's name, as the server says; null before it was joined. */
    public String room() {
        return session.roomName();
    }

    /** The identity that the token gave this listener; null before it joined. */
    public String identity() {
        return session.identity();
    }

    public boolean muted() {
        return session.muted();
    }

    /** Subscribes to everybody's sound (false) or to nobody's (true, the beginning); the transcript streams either way. */
    public void setMuted(boolean muted) {
        session.execute(() -> session.setMuted(muted));
    }

    /** Leaves because the call is over as somebody else knows: {@link Ending.Reason#CALL_ENDED} with this sentence. */
    public void end(String why) {
        session.execute(() -> session.end(new Ending(Ending.Reason.CALL_ENDED, why)));
    }

    /** Begins to leave; {@link #ended} tells when it is done. */
    public void leave() {
        session.execute(() -> session.end(new Ending(Ending.Reason.CLOSED, "The listener left.")));
    }

    /** Leaves the room: the server is told, and the participant is gone from it within a second. Waits for that at most. */
    @Override
    public void close() {
        leave();
        try {
            session.ended().get(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // A listener of the events that blocks: the server was told all the same.
        }
        if (ownEngine) {
            engine.close();
        }
    }
}
