package dev.agentassist.tail;

import dev.agentassist.conversation.Target;
import dev.agentassist.livekit.Participant;
import dev.agentassist.livekit.Room;
import dev.agentassist.livekit.RoomService;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Follows every call of a deployment, new ones as they begin. */
public final class AllRooms {

    private static final long POLL_MILLIS = 1_000;
    /** How often a room that could not be followed, or whose call is over, is looked at again. */
    private static final long AGAIN_NANOS = 5_000_000_000L;

    private final RoomService rooms;
    private final CallSource source;
    private final Consumer<String> warn;
    private final Set<String> followed = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> notBefore = new ConcurrentHashMap<>();
    private boolean unreachable;

    public AllRooms(RoomService rooms, CallSource source, Consumer<String> warn) {
        this.rooms = rooms;
        this.source = source;
        this.warn = warn;
    }

    /** Until the tail is stopped. Fails when the first question to the server does. */
    public void run(Tail tail, boolean fromStart, Consumer<TailOutcome> over) throws InterruptedException {
        look(tail, fromStart, over, true);
        Thread watch = Thread.ofPlatform().daemon().name("tail-rooms").start(() -> {
            try {
                while (!tail.isStopped()) {
                    Thread.sleep(POLL_MILLIS);
                    look(tail, fromStart, over, false);
                }
            } catch (InterruptedException e) {
                // The tail is over.
            }
        });
        tail.await();
        watch.interrupt();
        watch.join(2_000);
    }

    private void look(Tail tail, boolean fromStart, Consumer<TailOutcome> over, boolean first) throws InterruptedException {
        List<Room> now;
        try {
            now = rooms.rooms();
            unreachable = false;
        } catch (Failure e) {
            if (first) {
                throw e;
            }
            if (!unreachable) {
                unreachable = true;
                warn.accept("New calls are not noticed for the moment: " + e.problem().detail());
            }
            return;
        }
        Set<String> names = new HashSet<>();
        for (Room room : now) {
            names.add(room.name());
            if (!followed.contains(room.name()) && isDue(room.name())) {
                follow(room.name(), tail, fromStart, over);
            }
        }
        notBefore.keySet().retainAll(names);
    }

    private boolean isDue(String room) {
        Long due = notBefore.get(room);
        return due == null || System.nanoTime() - due >= 0;
    }

    private void follow(String room, Tail tail, boolean fromStart, Consumer<TailOutcome> over) throws InterruptedException {
        notBefore.put(room, System.nanoTime() + AGAIN_NANOS);
        try {
            List<Participant> participants = rooms.participants(room);
            if (participants.stream().allMatch(p -> p.hidden() || p.kind() == Participant.Kind.EGRESS)) {
                return;
            }
            TailCall call = source.open(new Target.Room(room), Duration.ZERO);
            followed.add(room);
            tail.follow(call, fromStart, outcome -> {
                notBefore.put(room, System.nanoTime() + AGAIN_NANOS);
                followed.remove(room);
                over.accept(outcome);
            });
        } catch (Failure e) {
            followed.remove(room);
            if (!(e.problem() instanceof Problem.NotFound)) {
                warn.accept("The room “" + room + "” is not followed: " + e.problem().detail());
            }
        }
    }
}

