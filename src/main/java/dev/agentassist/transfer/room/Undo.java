package dev.agentassist.transfer.room;

import dev.agentassist.livekit.Member;
import dev.agentassist.livekit.RoomControl;
import dev.agentassist.problem.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
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

    /** What a dead process had asked for is done by then, or never: a server answers within milliseconds. */
    private static final Duration SETTLE = Duration.ofMillis(1_500);

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
     * <p>Where requests of a process that died, or requests without an answer, may still be on their way to the server, one
     * of them could be its last word: then everything is said twice, with some time in between, and the marks stay until
     * the second time. Everybody hears everybody after the first.
     *
     * @param alone whether it is known that nothing else is on its way
     * @return whether it holds
     */
    public boolean run(String room, String id, Duration limit, boolean alone) {
        long end = clock.millis() + limit.toMillis();
        boolean settled = alone;
        Failure last = null;
        do {
            try {
                boolean connected = giveBack(room, id);
                if (!settled) {
                    pause(SETTLE);
                    settled = true;
                    connected = giveBack(room, id);
                }
                if (finish(room, id, connected)) {
                    return true;
                }
            } catch (Failure e) {
                last = e;
                settled = false;
            }
            pause(PAUSE);
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

    /**
     * Permissions and subscriptions as they were, but for the marks.
     *
     * @return whether the human had accepted, and stays
     */
    private boolean giveBack(String room, String id) {
        var names = new Names(id);
        List<Member> members = control.members(room);
        Map<Member, Mark> marked = marked(room, id, members);
        Member human = accepted(names, members, marked.keySet());
        if (human == null) {
            // The human first, who is hung up on by this: whoever may hear again hears all that there is.
            remove(room, members, List.of(names.human()));
        } else {
            marked.remove(human);
            control.subscribe(room, human.identity(), audioFor(human, members, names), true);
        }
        marked.forEach((member, mark) -> control.update(room, member.identity(), mark.permission(), Map.of()));
        marked.keySet().forEach(m -> control.subscribe(room, m.identity(), audioFor(m, members, names), true));
        if (human != null) {
            marked.keySet().forEach(m -> joins(room, m, human, members, names));
        }
        return human != null;
    }

    private Map<Member, Mark> marked(String room, String id, List<Member> members) {
        Map<Member, Mark> marked = new LinkedHashMap<>();
        for (Member member : members) {
            mark(room, member).filter(m -> m.id().equals(id)).ifPresent(m -> marked.put(member, m));
        }
        return marked;
    }

    /** Takes the marks off, the human's last, and throws out what is left; whoever is interrupted before this begins again. */
    private boolean finish(String room, String id, boolean connected) {
        var names = new Names(id);
        List<Member> members = control.members(room);
        List<String> marked = new ArrayList<>();
        marked(room, id, members).keySet().forEach(m -> marked.add(m.identity()));
        marked.sort(Comparator.comparing(names.human()::equals));
        marked.forEach(identity -> control.update(room, identity, null, Map.of(Mark.ATTRIBUTE, "")));
        // The music's process, where there still is one, learns of it so.
        remove(room, members, List.of(names.prompt(), names.music()));
        String supervisor = MovingRoom.supervisor(room);
        if (control.members(supervisor).stream().anyMatch(m -> names.ours(m.identity()))) {
            control.delete(supervisor);
        }
        return clean(room, names, connected);
    }

    /** Somebody hears the human, too, and is heard by those whose mark is gone already. */
    private void joins(String room, Member member, Member human, List<Member> members, Names names) {
        control.subscribe(room, member.identity(), human.audio(), true);
        members.stream()
                .filter(m -> Cast.takesPart(m, names) && m != member)
                .forEach(m -> control.subscribe(room, m.identity(), member.audio(), true));
    }

    /**
     * The human, where they have accepted and are to be left with the caller: their own mark says so while the two are being
     * connected; afterwards nobody has one any more.
     */
    private static Member accepted(Names names, List<Member> members, Set<Member> marked) {
        Member human = members.stream().filter(m -> m.identity().equals(names.human())).findFirst().orElse(null);
        boolean connected = marked.isEmpty() && members.stream().anyMatch(m -> Cast.takesPart(m, names) && !m.agent());
        return human != null && (marked.contains(human) || connected) ? human : null;
    }

    private void remove(String room, List<Member> members, List<String> identities) {
        members.stream().map(Member::identity).filter(identities::contains).forEach(i -> control.remove(room, i));
    }

    /** What somebody hears when nothing is held: all sound of those who take part. */
    static List<String> audioFor(Member listener, List<Member> members, Names names) {
        return members.stream()
                .filter(m -> Cast.takesPart(m, names) && !m.identity().equals(listener.identity()))
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

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
