package dev.agentassist.token;

import dev.agentassist.livekit.Participant;
import dev.agentassist.livekit.RoomService;
import dev.agentassist.problem.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Who listens in a room unseen, and throwing them out. Never touches a participant that is not hidden. */
public final class Listeners {

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final RoomService rooms;
    private final InstantSource clock;

    public Listeners(RoomService rooms, InstantSource clock) {
        this.rooms = rooms;
        this.clock = clock;
    }

    /** The hidden participants of a room, the longest there first. */
    public List<Listener> list(String room) {
        return rooms.participants(room).stream()
                .filter(Participant::hidden)
                .map(Listener::of)
                .sorted(Comparator.comparing(Listener::since, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }

    /**
     * Removes one hidden participant. Fails with {@code WrongState} when it is not hidden, {@code NotFound} when it is
     * not there.
     */
    public Listener remove(String room, String identity) {
        Participant participant = rooms.participants(room).stream()
                .filter(p -> p.identity().equals(identity))
                .findFirst()
                .orElseThrow(() -> Failure.notFound(
                        "There is no “" + identity + "” in the room “" + room + "”.",
                        "assist listeners list room:" + room + " shows who listens."));
        if (!participant.hidden()) {
            throw Failure.wrongState(
                    "“" + identity + "” is not hidden: it takes part in the call and is left alone.",
                    "assist listeners list room:" + room + " shows who listens.");
        }
        rooms.remove(room, identity);
        return Listener.of(participant);
    }

    /** Removes those that joined with tokens of this program. */
    public List<Listener> removeOurs(String room) {
        return removeWhere(room, Listener::ours);
    }

    private List<Listener> removeWhere(String room, Predicate<Listener> which) {
        List<Listener> there = list(room).stream().filter(which).toList();
        there.forEach(l -> rooms.remove(room, l.identity()));
        return there;
    }

    /**
     * Keeps removing those who come back, until the time is over.
     *
     * @param identity only this one, or null for all of ours
     * @param removed told of each removal
     */
    public void watch(String room, String identity, Duration time, Consumer<Listener> removed)
            throws InterruptedException {
        Instant end = clock.instant().plus(time);
        while (clock.instant().isBefore(end)) {
            Thread.sleep(LOOK_EVERY);
            removeWhere(room, identity == null ? Listener::ours : l -> l.identity().equals(identity)).forEach(removed);
        }
    }
}
