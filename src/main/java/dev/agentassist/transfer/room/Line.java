package dev.agentassist.transfer.room;

import dev.agentassist.live.LivePublisher;
import dev.agentassist.transfer.sound.Player;
import dev.agentassist.transfer.sound.Sound;
import java.util.List;

/**
 * A voice of ours in a room: music or prompt. It is ready long before it is needed: published, of silence, and permitted to
 * nobody, so that no client can hear it or is sent a packet of it. To play is then one step.
 */
final class Line implements AutoCloseable {

    private final LivePublisher publisher;
    private final String track;
    private final Player player;

    private Line(LivePublisher publisher, String track) {
        this.publisher = publisher;
        this.track = track;
        this.player = new Player(publisher::send);
    }

    /** Joins and publishes. Fails with {@code Unavailable} when it cannot in time. */
    static Line open(Studio studio, String room, String identity, String name, LivePublisher.Listener listener) {
        LivePublisher publisher = studio.join(room, identity, listener);
        boolean published = false;
        try {
            publisher.permit(List.of());
            var line = new Line(publisher, studio.publish(publisher, name));
            published = true;
            return line;
        } finally {
            if (!published) {
                publisher.close();
            }
        }
    }

    /** Of its track. */
    String track() {
        return track;
    }

    /** Nobody else may hear it, and this one does once subscribed. */
    void permit(String identity) {
        publisher.permit(List.of(identity));
    }

    /** From now on: {@code pieces}, then again from {@code repeatFrom} on. */
    void play(List<Sound> pieces, int repeatFrom, int pauseMillis) {
        player.play(pieces, repeatFrom, pauseMillis);
    }

    /** Not a packet follows. */
    void silence() {
        player.close();
    }

    /** Leaves the room. */
    @Override
    public void close() {
        player.close();
        publisher.close();
    }
}
