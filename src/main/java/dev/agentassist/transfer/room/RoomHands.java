package dev.agentassist.transfer.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.LiveParticipant;
import dev.agentassist.live.LivePublisher;
import dev.agentassist.live.LiveTrack;
import dev.agentassist.livekit.Member;
import dev.agentassist.livekit.RoomControl;
import dev.agentassist.livekit.SipService;
import dev.agentassist.livekit.TwirpError;
import dev.agentassist.problem.Failure;
import dev.agentassist.transfer.Hands;
import dev.agentassist.transfer.Limits;
import dev.agentassist.transfer.TransferMachine.Event;
import dev.agentassist.transfer.sound.Player;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What all transfers do in the caller's own room: hold, keep up the hold whoever comes, publishes or reconnects, connect, and
 * bring back.
 *
 * <ul>
 *   <li>Agents and whoever else is there: {@code canSubscribe=false}, so that they hear nobody.
 *   <li>The caller: all tracks but the music cut, again and again ({@link Cuts}), since there is no permission for one track.
 *   <li>The music: its publisher's subscription permissions, set before publishing.
 * </ul>
 *
 * <p>The monitor is the music's connection; its events are worked on in threads of their own. How the human's leg comes to
 * the caller is for the subclasses.
 */
abstract class RoomHands implements Hands, AutoCloseable {

    /** Clients have asked for a new track by then, so that a cut is the last word (measured: 12 of 12, 6 of 6). */
    static final long SETTLE_MILLIS = 500;

    /** Whoever is back by then has reconnected. */
    private static final long COMEBACK_MILLIS = 3_000;

    /**
     * Who says goodbye may be back, too: LiveKit's clients do so when they make a new connection (server-sdk-go, engine.go,
     * cleanupConnection). And why a call was not answered is told by who dials, a moment later.
     */
    private static final long GOODBYE_MILLIS = 800;

    private static final int PROMPT_PAUSE_MILLIS = 4_000;
    static final String SIP_STATUS = "sip.callStatus";

    final Plan plan;
    final RoomControl control;
    private final String secret;
    final Undo undo;
    final Studio studio;
    final Dialler dialler;
    final SipService.Call call;
    final Cuts cuts;
    private final AgentHold agents;
    private final InstantSource clock;
    private volatile Instant since;
    /** Who holds it changes who may hear the caller, or ends it all. */
    final Object gate = new Object();
    private final Object ends = new Object();

    /** Permissions as they were, by identity. */
    private final Map<String, ObjectNode> before = new ConcurrentHashMap<>();
    private final Set<String> others = ConcurrentHashMap.newKeySet();
    final AtomicBoolean answered = new AtomicBoolean();
    volatile Hands.Report report = (event, because) -> { };
    volatile String caller;
    volatile LivePublisher music;
    private volatile String musicTrack;
    volatile LivePublisher prompt;
    private volatile Player musicPlayer;
    private volatile Player promptPlayer;
    private volatile String lost;
    /** Guarded by {@link #ends}. */
    private boolean agentGone;
    private volatile boolean briefing;
    volatile boolean over;

    /** @param call the leg to make; its room is for the subclass to say */
    RoomHands(Plan plan, WarmTransfer.Parts parts, SipService.Call call) {
        this.plan = plan;
        this.control = parts.control();
        this.secret = parts.server().apiSecret();
        this.undo = parts.undo();
        this.studio = parts.studio();
        this.dialler = parts.dialler();
        this.call = call;
        this.cuts = new Cuts(control, plan.room());
        this.agents = new AgentHold(control, plan.room(), plan.names().id(), plan.longestHold());
        this.clock = parts.clock();
    }

    /**
     * Enters the room, and changes nothing yet. Of two transfers that begin at the same moment the later one yields.
     * Fails with {@code WrongState} when another one is under way.
     */
    public void enter() {
        music = studio.join(plan.room(), plan.names().music(), new Monitor());
        List<Member> members = control.members(plan.room());
        caller = Cast.of(members, plan.room(), plan.number()).caller().identity();
        for (Undo.Found found : undo.find(plan.room())) {
            throw WarmTransfer.underWay(found);
        }
        long mine = members.stream().filter(m -> m.identity().equals(plan.names().music())).mapToLong(Member::joinedAtMillis).findFirst().orElse(0);
        for (Member member : members) {
            String rival = Names.musicOf(member.identity());
            if (rival != null && !rival.equals(plan.names().id())
                    && (member.joinedAtMillis() < mine || member.joinedAtMillis() == mine && rival.compareTo(plan.names().id()) < 0)) {
                throw Failure.wrongState("Another transfer of this call began at the same moment.", "Leave it to that one.");
            }
        }
    }

    // --- hold

    @Override
    public void hold(Hands.Report to) {
        report = to;
        if (lost != null) {
            to.tell(Event.FAILS, lost);
            return;
        }
        Cast cast = Cast.of(control.members(plan.room()), plan.room(), plan.number());
        caller = cast.caller().identity();
        since = clock.instant();
        Thread playing = run(this::play);
        cuts.unlessOver(() -> set(cast.caller(), true));
        cast.others().forEach(this::silence);
        agents.hold(cast.others());
        // Whoever came while this was done.
        for (Member other : Cast.of(control.members(plan.room()), plan.room(), plan.number()).others()) {
            if (!other.identity().equals(caller) && !others.contains(other.identity())) {
                holdAgain(other);
            }
        }
        join(playing);
        to.tell(Event.HELD, null);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void play() {
        if (plan.music() == null) {
            return;
        }
        music.permit(List.of(caller));
        musicTrack = music.publish("hold-music").join();
        if (over) {
            return;
        }
        musicPlayer = new Player(List.of(plan.music()), 0, 0, music::send);
        cuts.unlessOver(() -> control.subscribe(plan.room(), caller, List.of(musicTrack), true));
    }

    /** Marks somebody, and lets them hear or not; everything else about them stays as it was. */
    private void set(Member member, boolean hears) {
        ObjectNode was = asItWas(member);
        ObjectNode now = hears ? was : deaf(was);
        Map<String, String> attributes = Map.of(Mark.ATTRIBUTE, mark(member.identity(), was));
        if (control.update(plan.room(), member.identity(), now, attributes).isEmpty() && member.identity().equals(caller)) {
            throw Failure.wrongState("The caller hung up.", null);
        }
    }

    private String mark(String identity, ObjectNode was) {
        var mark = new Mark(plan.names().id(), plan.who(), since, since.plus(plan.longestHold()), was);
        return mark.write(secret, plan.room(), identity);
    }

    /**
     * The permission that somebody had before this transfer. Whoever joins with a token of their own has that token's; whoever
     * reconnects does so with one that the server renewed meanwhile, and with what we had changed in it.
     */
    ObjectNode asItWas(Member member) {
        return before.compute(member.identity(), (identity, known) -> {
            if (known != null && member.permission().equals(deaf(known))) {
                return known;
            }
            return undo.mark(plan.room(), member)
                    .filter(m -> m.id().equals(plan.names().id()) && member.permission().equals(deaf(m.permission())))
                    .map(Mark::permission)
                    .orElseGet(() -> member.permission().deepCopy());
        });
    }

    static ObjectNode deaf(ObjectNode permission) {
        return permission.deepCopy().put("can_subscribe", false);
    }

    /** An agent, or somebody else who speaks with the caller: hears nobody, and is heard by nobody. */
    private void silence(Member other) {
        others.add(other.identity());
        cuts.unlessOver(() -> set(other, false));
        cuts.repeat(caller, other.audio(), () -> true);
        keepFromHuman(other.audio());
    }

    /** The human must not hear these, if there is one in this room. */
    abstract void keepFromHuman(List<String> tracks);

    /** News of the human's leg in the caller's room, in their order and at once: what is done about them may not block. */
    abstract void legNews(LiveEvent event);

    // --- the human

    void callerHears(boolean hears) {
        synchronized (gate) {
            control.member(plan.room(), caller).ifPresent(c -> cuts.unlessOver(() -> set(c, hears)));
        }
    }

    @Override
    public void brief(Hands.Report to) {
        if (plan.accept() == Plan.Accept.ANSWER) {
            to.tell(Event.ACCEPTS, null);
            return;
        }
        briefing = true;
        var pieces = new ArrayList<>(plan.words().get());
        pieces.add(plan.prompt());
        if (!over) {
            promptPlayer = new Player(pieces, pieces.size() - 1, PROMPT_PAUSE_MILLIS, prompt::send);
        }
    }

    // --- the two ends

    @Override
    public void bridge(Hands.Report to) {
        synchronized (ends) {
            if (over) {
                return;
            }
            stopPlaying();
            // A cut that is still to come would be the last word.
            cuts.end();
            connect(bringHuman());
            over = true;
            to.tell(Event.CONNECTED, null);
        }
    }

    /** The human is in the caller's room when this returns; how they are there. */
    abstract ObjectNode bringHuman();

    /** {@code humanWas}: the permission to give the human, or null to leave it. */
    private void connect(ObjectNode humanWas) {
        String human = plan.names().human();
        List<Member> members = control.members(plan.room());
        Member leg = find(members, human).orElseThrow(() -> Failure.wrongState("The human hung up.", null));
        Member from = find(members, caller).orElseThrow(() -> Failure.wrongState("The caller hung up.", null));
        control.subscribe(plan.room(), caller, leg.audio(), true);
        control.subscribe(plan.room(), human, from.audio(), true);
        // From here on, whoever finishes this for us connects them instead of hanging up.
        control.update(plan.room(), human, humanWas, Map.of(Mark.ATTRIBUTE, mark(human, leg.permission())));
        Runnable told = agents.resume();
        List<Member> leaving = new ArrayList<>();
        for (Member other : members) {
            Optional<Mark> mark = undo.mark(plan.room(), other).filter(m -> m.id().equals(plan.names().id()));
            if (mark.isEmpty() || other.identity().equals(caller)) {
                continue;
            }
            if (plan.agentLeaves() && other.agent()) {
                leaving.add(other);
            } else {
                stays(other, mark.get(), members, leg);
            }
        }
        undo.mark(plan.room(), from)
                .ifPresent(mark -> control.update(plan.room(), caller, mark.permission(), Map.of(Mark.ATTRIBUTE, "")));
        for (Member agent : leaving) {
            agentGone = true;
            control.remove(plan.room(), agent.identity());
        }
        control.update(plan.room(), human, null, Map.of(Mark.ATTRIBUTE, ""));
        told.run();
    }

    /** Somebody of the call hears everybody again, the human too, and is heard. */
    private void stays(Member other, Mark mark, List<Member> members, Member leg) {
        control.update(plan.room(), other.identity(), mark.permission(), Map.of());
        List<String> all = new ArrayList<>(Undo.audioFor(other, members));
        all.addAll(leg.audio());
        control.subscribe(plan.room(), other.identity(), all, true);
        control.subscribe(plan.room(), leg.identity(), other.audio(), true);
        control.subscribe(plan.room(), caller, other.audio(), true);
        control.update(plan.room(), other.identity(), null, Map.of(Mark.ATTRIBUTE, ""));
    }

    static Optional<Member> find(List<Member> members, String identity) {
        return members.stream().filter(m -> m.identity().equals(identity)).findFirst();
    }

    @Override
    public void restore(Hands.Report to) {
        synchronized (ends) {
            over = true;
            cuts.end();
            stopPlaying();
            if (agentGone) {
                to.tell(Event.LOST, "The caller and the human were connected already, and the agent had left: they are left connected.");
                return;
            }
            Runnable told = agents.resume();
            undo.hangUp(plan.room(), plan.names().id());
            boolean back = undo.run(plan.room(), plan.names().id(), Limits.RESTORE.minusSeconds(2));
            told.run();
            to.tell(back ? Event.BACK : Event.LOST, null);
        }
    }

    private void stopPlaying() {
        for (Player player : new Player[] {musicPlayer, promptPlayer}) {
            if (player != null) {
                player.close();
            }
        }
    }

    /** Leaves the room. */
    @Override
    public void close() {
        over = true;
        stopPlaying();
        for (LivePublisher publisher : new LivePublisher[] {prompt, music}) {
            if (publisher != null) {
                publisher.close();
            }
        }
    }

    // --- what happens meanwhile

    static void sleep(long millis) {
        Cuts.sleepUntil(System.nanoTime(), millis);
    }

    private final class Monitor implements LivePublisher.Listener {

        @Override
        public void event(LiveEvent event) {
            if (!over && !before.isEmpty()) {
                legNews(event);
                run(() -> happened(event));
            }
        }

        @Override
        public void left(String identity, boolean clean) {
            run(() -> gone(identity, clean));
        }

        @Override
        public void key(String identity, String digit) {
            pressed(identity, digit);
        }

        @Override
        public void lost(String why) {
            lost = why;
            report.tell(Event.FAILS, why);
        }
    }

    /** In a thread of its own; a failure ends the transfer. */
    Thread run(Runnable task) {
        return Thread.ofVirtual().name("transfer-event").start(() -> {
            try {
                task.run();
            } catch (Failure e) {
                report.tell(Event.FAILS, e.problem().detail());
            } catch (CompletionException e) {
                report.tell(Event.FAILS, "The LiveKit server did not take our sound in time.");
            }
        });
    }

    /** A key of somebody's telephone. */
    void pressed(String identity, String digit) {
        if (!briefing || !identity.equals(plan.names().human())) {
            return;
        }
        if (digit.equals("1")) {
            report.tell(Event.ACCEPTS, null);
        } else if (digit.equals("2")) {
            report.tell(Event.DECLINES, "The human declined.");
        }
    }

    private void happened(LiveEvent event) {
        switch (event) {
            case LiveEvent.Joined joined -> arrived(joined.participant());
            case LiveEvent.Changed changed -> {
                if (!changed.before().sid().equals(changed.participant().sid())) {
                    arrived(changed.participant());
                }
            }
            case LiveEvent.TrackPublished published -> published(published.track());
            default -> { }
        }
    }

    /** Somebody is there who was not, or is there anew: with the permissions of their token. */
    private void arrived(LiveParticipant who) {
        if (!Names.any(who.identity())) {
            control.member(plan.room(), who.identity()).filter(Cast::takesPart).ifPresent(this::holdAgain);
        }
    }

    private void holdAgain(Member member) {
        if (!member.identity().equals(caller)) {
            silence(member);
            agents.hold(List.of(member));
            return;
        }
        callerHears(false);
        keepFromHuman(member.audio());
        List<String> heard = control.members(plan.room()).stream()
                .filter(m -> !m.identity().equals(caller) && !m.identity().equals(plan.names().music()))
                .flatMap(m -> m.audio().stream())
                .toList();
        cuts.repeat(caller, heard, () -> true);
        sleep(SETTLE_MILLIS);
        callerHears(true);
        if (musicTrack != null) {
            cuts.unlessOver(() -> control.subscribe(plan.room(), caller, List.of(musicTrack), true));
        }
    }

    private void published(LiveTrack track) {
        if (!track.audio()) {
            return;
        }
        String publisher = track.participant();
        if (Names.any(publisher)) {
            return;
        }
        if (!publisher.equals(caller)) {
            cuts.repeat(caller, List.of(track.sid()), () -> true);
        }
        keepFromHuman(List.of(track.sid()));
    }

    /** What livekit-sip says of the call. */
    void status(LiveParticipant leg) {
        switch (leg.attributes().getOrDefault(SIP_STATUS, "")) {
            case "ringing" -> report.tell(Event.RINGS, null);
            case "active" -> answered();
            default -> { }
        }
    }

    /** The human has answered; told once or more often, by either of two ways. */
    abstract void answered();

    private void gone(String identity, boolean clean) {
        if (identity.equals(plan.names().human())) {
            humanLeft(plan.room(), clean);
        } else if (identity.equals(caller)) {
            sleep(clean ? GOODBYE_MILLIS : COMEBACK_MILLIS);
            if (!over && control.member(plan.room(), identity).isEmpty()) {
                report.tell(Event.FAILS, "The caller hung up.");
            }
        }
    }

    void humanLeft(String room, boolean clean) {
        sleep(clean ? GOODBYE_MILLIS : COMEBACK_MILLIS);
        if (!over && control.member(room, plan.names().human()).isEmpty()) {
            report.tell(Event.FAILS, "The human hung up.");
        }
    }
}
