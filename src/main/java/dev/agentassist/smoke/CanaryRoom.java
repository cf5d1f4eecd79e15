package dev.agentassist.smoke;

import dev.agentassist.livekit.Participant;
import dev.agentassist.livekit.Room;
import dev.agentassist.livekit.RoomAdmin;
import dev.agentassist.livekit.RoomService;
import dev.agentassist.problem.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The canary's room: made so that no agent is summoned, and removed whatever happens. */
final class CanaryRoom {

    /** How the names of all canaries' rooms begin. */
    static final String PREFIX = "assist-smoke-";

    /** The server closes by itself what a killed run leaves. */
    private static final Duration UNATTENDED = Duration.ofSeconds(60);
    private static final Duration DESERTED = Duration.ofSeconds(20);
    private static final int MOST_TRIES = 5;
    private static final long TRY_AGAIN_MILLIS = 200;

    private final RoomService rooms;
    private final RoomAdmin admin;
    private final String name;
    private boolean asked;
    private boolean over;
    private Instant made;

    CanaryRoom(RoomService rooms, RoomAdmin admin, String name) {
        this.rooms = rooms;
        this.admin = admin;
        this.name = name;
    }

    String name() {
        return name;
    }

    synchronized void make() {
        if (over) {
            throw Failure.unavailable("The canary call was broken off.", null);
        }
        // A request without an answer may have made it all the same.
        asked = true;
        made = admin.create(name, UNATTENDED, DESERTED, "{\"made_by\":\"assist smoke\"}", name + "-nobody");
    }

    /** Whether the server has said that it made it. */
    synchronized boolean wasMade() {
        return made != null;
    }

    List<Participant> participants() {
        return rooms.participants(name);
    }

    /** Removes it, once; a client that was about to join may make it anew, so it looks again. Any thread. */
    synchronized void remove() {
        over = true;
        if (!asked) {
            return;
        }
        for (int i = 0; i < MOST_TRIES; i++) {
            admin.delete(name);
            if (rooms.room(name).isEmpty()) {
                asked = false;
                return;
            }
            pause();
        }
        throw Failure.unavailable("The room “" + name + "” is still there.", "The next run removes it.");
    }

    private static void pause() {
        try {
            Thread.sleep(TRY_AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Removes rooms of earlier canaries, by the server's own clock; their names. */
    List<String> sweep(Duration olderThan) {
        List<String> left = rooms.rooms().stream()
                .filter(r -> r.name().startsWith(PREFIX) && !r.name().equals(name))
                .filter(r -> r.createdAt().isBefore(made.minus(olderThan)))
                .map(Room::name)
                .toList();
        left.forEach(admin::delete);
        return left;
    }
}
