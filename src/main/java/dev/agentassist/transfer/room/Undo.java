package dev.agentassist.transfer.room;

import dev.agentassist.livekit.Member;
import dev.agentassist.livekit.RoomControl;
import dev.agentassist.problem.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings callers back: the one way there is, for a transfer that fails, for one that was cancelled, and for what a process
 * that died has left behind. It needs nothing but the marks.
 */
public final class Undo {

    private static final Duration PAUSE = Duration.ofMillis(400);

    private final RoomControl control;
    private final String secret;
    private final InstantSource clock;

    /** @param secret the project's, with which marks are signed */
    public Undo(RoomControl control, String secret, InstantSource clock) {
        this.control = control;
        this.secret = secret;
        this.clock = clock;
    }

    /**
     * A transfer that has left marks in a room.
     *
     * @param callers identities that carry its mark
     * @param playing whether its music is in the room: the process that plays it is alive, or was until some seconds ago
     * @param overdue whether it has gone on for longer than any may
     */
    public record Found(String room, Mark mark, List<String> callers, boolean playing, boolean overdue) {

        /** Whether nobody looks after it any more. */
        public boolean abandoned() {
            return !playing || overdue;
        }
    }

    /** The transfers of a room. */
    public List<Found> find(String room) {
        Map<String, Mark> marks = new LinkedHashMap<>();
        Map<String, List<String>> whose = new LinkedHashMap<>();
        Set<String> playing = new LinkedHashSet<>();
        for (Member member : control.members(room)) {
            mark(room, member).ifPresent(m -> {
                marks.putIfAbsent(m.id(), m);
                whose.computeIfAbsent(m.id(), k -> new ArrayList<>()).add(member.identity());
            });
            String music = Names.musicOf(member.identity());
            if (music != null) {
                playing.add(music);
            }
        }
        return marks.values().stream()
                .map(m -> new Found(
                        room, m, whose.get(m.id()), playing.contains(m.id()), clock.instant().isAfter(m.until())))
                .toList();
    }

    /** The transfers of all rooms. */
    public List<Found> find() {
        return control.rooms().stream().flatMap(room -> find(room).stream()).toList();
    }

    Optional<Mark> mark(String room, Member member) {
        return Mark.read(member.attributes().get(Mark.ATTRIBUTE), secret, room, member.identity());
    }

    /**
     * Takes a transfer back: every permission as it was, everybody hears everybody, whoever it brought is thrown out. Tries
     * again until that holds or the time is over.
     *
     * @return whether it holds
     */
    public boolean run(String room, String id, Duration limit) {
        long end = clock.millis() + limit.toMillis();
        Failure last = null;
        do {
            try {
                if (once(room, id)) {
                    return true;
                }
            } catch (Failure e) {
                last = e;
            }
            pause();
        } while (clock.millis() < end);
        if (last != null) {
            throw last;
        }
        return false;
    }

    /** Hangs up on the human, accepted or not: the first thing of taking back what failed. */
    void hangUp(String room, String id) {
        try {
            remove(room, control.members(room), List.of(new Names(id).human()));
        } catch (Failure e) {
            // It is tried again by what follows.
        }
    }

    /** One attempt; true when afterwards there is nothing left of it. */
    private boolean once(String room, String id) {
        var names = new Names(id);
        List<Member> members = control.members(room);
        Map<Member, Mark> marked = new LinkedHashMap<>();
        for (Member member : members) {
            mark(room, member).filter(m -> m.id().equals(id)).ifPresent(m -> marked.put(member, m));
        }
        Member human = accepted(names, members, marked.keySet());
        if (human == null) {
            // The human first, who is hung up on by this: whoever may hear again hears all that there is.
            remove(room, members, List.of(names.human()));
        } else {
            marked.remove(human);
            control.subscribe(room, human.identity(), audioFor(human, members), true);
        }
        marked.forEach((member, mark) -> control.update(room, member.identity(), mark.permission(), Map.of()));
        marked.keySet().forEach(m -> control.subscribe(room, m.identity(), audioFor(m, members), true));
        if (human != null) {
            marked.keySet().forEach(m -> joins(room, m, human, members));
        }
        // Last: whoever is interrupted before this begins again.
        marked.keySet().forEach(m -> control.update(room, m.identity(), null, Map.of(Mark.ATTRIBUTE, "")));
        if (human != null) {
            control.update(room, human.identity(), null, Map.of(Mark.ATTRIBUTE, ""));
        }
        // The music's process, where there still is one, learns of it so.
        remove(room, members, List.of(names.prompt(), names.music()));
        String supervisor = MovingRoom.supervisor(room);
        if (control.members(supervisor).stream().anyMatch(m -> names.ours(m.identity()))) {
            control.delete(supervisor);
        }
        return clean(room, names, human != null);
    }

    /** Somebody hears the human, too, and is heard by those whose mark is gone already. */
    private void joins(String room, Member member, Member human, List<Member> members) {
        control.subscribe(room, member.identity(), human.audio(), true);
        members.stream()
                .filter(m -> Cast.takesPart(m) && m != member)
                .forEach(m -> control.subscribe(room, m.identity(), member.audio(), true));
    }

    /**
     * The human, where they have accepted and are to be left with the caller: their own mark says so while the two are being
     * connected; afterwards nobody has one any more.
     */
    private static Member accepted(Names names, List<Member> members, Set<Member> marked) {
        Member human = RoomHands.find(members, names.human()).orElse(null);
        boolean connected = marked.isEmpty() && members.stream().anyMatch(m -> Cast.takesPart(m) && !m.agent());
        return human != null && (marked.contains(human) || connected) ? human : null;
    }

    private void remove(String room, List<Member> members, List<String> identities) {
        members.stream().map(Member::identity).filter(identities::contains).forEach(i -> control.remove(room, i));
    }

    /** What somebody hears when nothing is held: all sound of those who take part. */
    static List<String> audioFor(Member listener, List<Member> members) {
        return members.stream()
                .filter(m -> Cast.takesPart(m) && !m.identity().equals(listener.identity()))
                .flatMap(m -> m.audio().stream())
                .toList();
    }

    /** {@code connected}: the human stays. */
    private boolean clean(String room, Names names, boolean connected) {
        return control.members(room).stream()
                .filter(m -> !connected || !m.identity().equals(names.human()))
                .noneMatch(m -> names.ours(m.identity())
                        || mark(room, m).filter(k -> k.id().equals(names.id())).isPresent());
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
