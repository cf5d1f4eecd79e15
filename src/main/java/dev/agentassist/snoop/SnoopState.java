package dev.agentassist.snoop;

import dev.agentassist.conversation.Turn;
import dev.agentassist.live.Ending;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.LiveParticipant;
import dev.agentassist.live.LiveState;
import dev.agentassist.live.segment.Role;
import dev.agentassist.live.segment.Segment;
import dev.agentassist.terminal.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Everything that the view shows. Used by one thread. All texts in it are harmless and on one line. */
public final class SnoopState {

    /** The oldest turns go first from the screen, not from the record: a view is no archive. */
    private static final int MOST_TURNS = 5_000;
    private static final int LONGEST_TEXT = 4_000;

    /**
     * A turn that is settled, or is being said.
     *
     * @param number counts settled turns from 1, those of the stored record first; 0 while it is being said, or where it is a
     *     remark of ours
     * @param role null for a remark
     */
    public record Said(int number, Role role, String name, String text, Instant at) {}

    /** What lies over the transcript. */
    public enum Overlay {
        NONE,
        HELP,
        TAKE_OVER
    }

    /** What is being typed. */
    public enum Typing {
        NOTHING,
        SEARCH,
        TURN
    }

    /** The call's room. */
    public final String room;
    /** What it can be named by on a command line. */
    public final String target;
    private final List<Said> turns = new ArrayList<>();
    private final Map<String, Segment> speaking = new LinkedHashMap<>();
    private final Map<String, LiveParticipant> people = new LinkedHashMap<>();
    /** By role, the names that were seen: where there is one only, the role tells enough. */
    private final Map<Role, Set<String>> names = new EnumMap<>(Role.class);
    private int count;
    private long added;
    /** How many had been added when scrolling began: what came later is not shown yet. Below 0: everything is. */
    private long frozen = -1;
    private int firstNumber = 1;

    LiveState live = LiveState.CONNECTING;
    boolean wasLive;
    Ending ending;
    Instant since;
    Instant endedAt;
    boolean sound;
    String player;
    String message = "";
    Overlay overlay = Overlay.NONE;
    Typing typing = Typing.NOTHING;
    String typed = "";
    String search = "";
    /** The number of the turn that is looked at; 0 to follow what is being said. */
    int lookingAt;
    int scrolledUp;
    boolean briefOpen;
    boolean briefMaking;
    boolean briefCovers;
    /** The newest turn that the brief knows. */
    int briefedTurns;
    List<Claim> brief = List.of();
    int claim = -1;

    public SnoopState(String room, String target) {
        this.room = Columns.clean(room);
        this.target = Columns.clean(target);
    }

    // --- what happens

    /** A turn of the record from before. */
    public void stored(Turn turn, Instant at) {
        boolean agent = turn.speaker() == Turn.Speaker.AGENT;
        settle(agent ? Role.AGENT : Role.CALLER, agent ? "Agent" : "Caller", turn.text(), at);
    }

    public void happened(LiveEvent event, Instant now) {
        switch (event) {
            case LiveEvent.StateChanged changed -> {
                live = changed.state();
                ending = changed.ending();
                wasLive |= live == LiveState.LIVE;
                if (live == LiveState.ENDED) {
                    endedAt = now;
                    sound = false;
                }
            }
            case LiveEvent.Transcript said -> said(said.segment());
            case LiveEvent.Joined joined -> {
                LiveParticipant p = joined.participant();
                people.put(p.identity(), p);
                named(p.role(), p.label());
                Instant at = p.joinedAt() == null ? now : p.joinedAt();
                since = since == null || at.isBefore(since) ? at : since;
            }
            case LiveEvent.Changed changed -> people.put(changed.participant().identity(), changed.participant());
            case LiveEvent.Left left -> people.remove(left.participant().identity());
            case LiveEvent.Gap gap -> remark(gap.complete()
                    ? "The connection was lost and is back; nothing is missing."
                    : "The connection was lost for " + Math.max(1, Duration.between(gap.from(), gap.to()).toSeconds())
                            + " s: what was said then may be missing.", now);
            case LiveEvent.Shed shed when shed.finals() > 0 -> remark(shed.finals() + " turns are missing: too much at once.", now);
            case LiveEvent.Notice notice -> remark(notice.sentence(), now);
            default -> { }
        }
    }

    private void named(Role role, String label) {
        names.computeIfAbsent(role, r -> new HashSet<>()).add(Columns.clean(label));
    }

    private void said(Segment segment) {
        named(segment.role(), segment.label());
        if (segment.settled()) {
            speaking.remove(segment.id());
            if (!segment.text().isBlank()) {
                settle(segment.role(), segment.label(), segment.text(), segment.startedAt());
            }
        } else {
            speaking.put(segment.id(), segment);
        }
    }

    private void settle(Role role, String name, String text, Instant at) {
        count++;
        add(new Said(count, role, Columns.clean(name), clean(text), at));
    }

    private void remark(String sentence, Instant now) {
        add(new Said(0, null, "", Columns.clean(sentence), now));
    }

    private void add(Said said) {
        turns.add(said);
        added++;
        if (turns.size() > MOST_TURNS) {
            Said gone = turns.removeFirst();
            firstNumber = gone.number() > 0 ? gone.number() + 1 : firstNumber;
        }
    }

    private static String clean(String text) {
        return Columns.clean(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text);
    }

    /** A brief of the turns so far is being made. */
    public void openBrief() {
        briefOpen = true;
        briefMaking = true;
        briefedTurns = count;
    }

    /** It is made. */
    public void brief(List<Claim> claims) {
        briefMaking = false;
        brief = claims.stream().map(c -> new Claim(c.heading(), Columns.clean(c.text()), c.turns())).toList();
        claim = -1;
    }

    // --- what is shown

    public LiveState live() {
        return live;
    }

    /** Whether it has been live before: connecting then means again. */
    public boolean wasLive() {
        return wasLive;
    }

    /** Why it is over, or null. */
    public Ending ending() {
        return ending;
    }

    /** Since when the first of those in it is there, or null. */
    public Instant since() {
        return since;
    }

    /** When it ended for us, or null. */
    public Instant endedAt() {
        return endedAt;
    }

    public boolean sound() {
        return sound;
    }

    /** Settled turns and remarks, oldest first. */
    public List<Said> turns() {
        return turns;
    }

    /** What is being said at the moment. */
    public List<Said> speaking() {
        return speaking.values().stream()
                .map(s -> new Said(0, s.role(), Columns.clean(s.label()), clean(s.text()), s.startedAt()))
                .toList();
    }

    public List<LiveParticipant> people() {
        return List.copyOf(people.values());
    }

    /** A short sentence about what was just done, or empty. */
    public String message() {
        return message;
    }

    public Overlay overlay() {
        return overlay;
    }

    public Typing typing() {
        return typing;
    }

    public String typed() {
        return typed;
    }

    /** What is looked for, or empty. */
    public String search() {
        return typing == Typing.SEARCH ? typed : search;
    }

    /** The turn that is looked at, or 0. */
    public int lookingAt() {
        return lookingAt;
    }

    /** Lines scrolled up from the newest. The look tells back how many there can be. */
    public int scrolledUp() {
        return scrolledUp;
    }

    /** {@code most}: what the transcript's length allows on the present screen. */
    public void limitScroll(int most) {
        scrolledUp = Math.clamp(scrolledUp, 0, Math.max(0, most));
    }

    /** The look has found the turn that is looked at so many lines above the newest. */
    public void scrollTo(int linesUp) {
        scrolledUp = Math.max(0, linesUp);
    }

    /** The look has no room for both: the brief stands in the transcript's place. */
    public void briefCovers(boolean covers) {
        briefCovers = covers;
    }

    public boolean briefOpen() {
        return briefOpen;
    }

    public boolean briefMaking() {
        return briefMaking;
    }

    public List<Claim> brief() {
        return brief;
    }

    /** The newest turn that the brief knows. */
    public int briefedTurns() {
        return briefedTurns;
    }

    /** The claim that is marked, or -1. */
    public int claim() {
        return claim;
    }

    /** What the screen may show: all turns, or those that were there when scrolling began. */
    public List<Said> shown() {
        return turns.subList(0, Math.max(0, turns.size() - newer()));
    }

    /** How many have come since scrolling began. */
    public int newer() {
        return frozen < 0 ? 0 : (int) (added - frozen);
    }

    /** What a turn is headed by: the role where that tells who it was, else the name. */
    public String nameOf(Said said) {
        return name(said.role(), said.name());
    }

    private String name(Role role, String name) {
        boolean only = role != Role.OTHER && names.getOrDefault(role, Set.of()).size() <= 1;
        return !only ? name : role == Role.AGENT ? "Agent" : "Caller";
    }

    /** The columns of the widest of those. */
    public int widestName() {
        int widest = "Caller".length();
        for (Map.Entry<Role, Set<String>> role : names.entrySet()) {
            for (String name : role.getValue()) {
                widest = Math.max(widest, Columns.width(name(role.getKey(), name)));
            }
        }
        return widest;
    }

    /** Whether the newest is shown as it comes. */
    public boolean following() {
        return frozen < 0;
    }

    void freeze(boolean anew) {
        if (frozen < 0 || anew) {
            frozen = added;
        }
    }

    void follow() {
        frozen = -1;
        lookingAt = 0;
        scrolledUp = 0;
    }

    /** The number of the newest turn, or 0. */
    public int newest() {
        return count;
    }

    int oldest() {
        return firstNumber;
    }

    boolean matches(Said said) {
        return !search().isBlank() && said.text().toLowerCase(Locale.ROOT).contains(search().toLowerCase(Locale.ROOT));
    }
}
