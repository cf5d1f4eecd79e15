package dev.agentassist.live;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    private LiveListen() {}

    /**
     * @param url {@code ws://}, {@code wss://}, {@code http://} or {@code https://} of the LiveKit server
     * @param token a token that may join and subscribe; never logged
     */
    public static Builder builder(String url, String token) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** What a listen is made from. */
    public static final class Builder {
        private Builder() {}

        /** Shares threads and the HTTP client (proxy, trust) with other listens; without it the listen has its own. */
        public Builder engine(LiveEngine engine) {
            return this;
        }

        /** For joining again after a loss; without it the first token and those that the server renewed are used. */
        public Builder tokens(TokenSource tokens) {
            return this;
        }

        /** How long to try to regain a lost connection; 60 s by default. */
        public Builder regainWithin(Duration limit) {
            return this;
        }

        public LiveListen build() {
            return new LiveListen();
        }
    }

    /** Adds a listener to all events. Before {@link #connect}, or it misses the first ones. */
    public void onEvent(Consumer<LiveEvent> listener) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Adds a listener to what is said. */
    public void onTranscript(Consumer<dev.agentassist.live.segment.Segment> listener) {
        throw new UnsupportedOperationException("not written yet");
    }

    /**
     * Joins the room. The future completes once subscribed, and fails with {@link LiveListenException} when the server
     * refuses or {@link #CONNECT_TIMEOUT} has passed; then the listen has ended. A call while connecting, or later, returns
     * the first one's future.
     */
    public CompletableFuture<LiveListen> connect() {
        throw new UnsupportedOperationException("not written yet");
    }

    public LiveState state() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Completes with the reason once the listen is over; never fails. All events have been delivered by then. */
    public CompletableFuture<Ending> ended() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Who is in the room now, hidden ones not. */
    public List<LiveParticipant> participants() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The room's name, as the server says; null before it was joined. */
    public String room() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** The identity that the token gave this listener; null before it joined. */
    public String identity() {
        throw new UnsupportedOperationException("not written yet");
    }

    public boolean muted() {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Subscribes to everybody's sound (false) or to nobody's (true, the beginning); the transcript streams either way. */
    public void setMuted(boolean muted) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Leaves because the call is over as somebody else knows: {@link Ending.Reason#CALL_ENDED} with this sentence. */
    public void end(String why) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Leaves the room: the server is told, and the participant is gone from it within a second. Waits for that at most. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("not written yet");
    }
}
