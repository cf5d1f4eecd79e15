package dev.agentassist.live;

import dev.agentassist.live.segment.Segment;
import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.token.ListenerClaims;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A listen in a test, with all that it told. */
final class Listening implements AutoCloseable {

    final LiveListen listen;
    final List<LiveEvent> events = new CopyOnWriteArrayList<>();

    Listening(LiveListen.Builder builder) {
        listen = builder.build();
        listen.onEvent(events::add);
    }

    static String token(String room, String identity, Duration ttl) {
        return new ListenerClaims(LiveKitServerPart.KEY, identity, room, "{}", Instant.now().plus(ttl)).sign(LiveKitServerPart.SECRET);
    }

    static Listening of(String url, String room, String identity) {
        return new Listening(LiveListen.builder(url, token(room, identity, Duration.ofMinutes(1)))).connected();
    }

    Listening connected() {
        listen.connect().join();
        return this;
    }

    /** {@code who: text} of what is settled, in order. */
    List<String> settled() {
        return segments().stream().filter(Segment::settled).map(s -> s.role().wire() + ": " + s.text()).toList();
    }

    List<Segment> segments() {
        return events.stream()
                .filter(LiveEvent.Transcript.class::isInstance)
                .map(e -> ((LiveEvent.Transcript) e).segment())
                .toList();
    }

    void await(String what, Predicate<LiveEvent> event) {
        Await.until(() -> what + "; told were " + events, Await.PATIENCE, () -> events.stream().anyMatch(event));
    }

    void awaitSettled(int count) {
        Await.until(() -> count + " settled segments; told were " + events, Await.PATIENCE, () -> settled().size() >= count);
    }

    Ending ending() {
        Await.until(() -> "the end; told were " + events, Await.PATIENCE, () -> listen.ended().isDone());
        return listen.ended().join();
    }

    @Override
    public void close() {
        listen.close();
    }
}
