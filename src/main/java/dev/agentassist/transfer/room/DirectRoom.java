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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A transfer within the caller's own room, for servers that cannot move a participant: the human's leg joins it, and
 * permissions and subscriptions keep it apart until it is accepted.
 *
 * <ul>
 *   <li>Agents and whoever else is there: {@code canSubscribe=false}, so that they hear nobody.
 *   <li>The caller: all tracks but the music cut, again and again ({@link Cuts}), since there is no permission for one track;
 *       denied altogether while the human's leg appears, until its track is cut.
 *   <li>The human: denied from joining on, until its client has asked for everything and everything but the prompt is cut.
 *   <li>Music and prompt: their publishers' subscription permissions, set before publishing.
 * </ul>
 *
 * <p>The monitor is the music's connection; its events are worked on in threads of their own.
 */
public final class DirectRoom implements Hands, AutoCloseable {

    /** Clients have asked for a new track by then, so that a cut is the last word (measured: 12 of 12, 6 of 6). */
    private static final long SETTLE_MILLIS = 500;

    /** A leg that takes longer to appear is not waited for in silence: the music goes on, and the gate shuts when it comes. */
    private static final long LEG_MILLIS = 1_500;

    /** Whoever is back by then has reconnected. */
    private static final long COMEBACK_MILLIS = 3_000;

    private static final long REASON_MILLIS = 700;

    private static final int PROMPT_PAUSE_MILLIS = 4_000;
    private static final String SIP_STATUS = "sip.callStatus";

    private final Plan plan;
    private final RoomControl control;
    private final String secret;
    private final Undo undo;
    private final Studio studio;
    private final Dialler dialler;
    private final SipService.Call call;
    private final InstantSource clock;
    private final Cuts cuts;
    private final AgentHold agents;
    private final Instant since;
    /** Who holds it changes who may hear the caller, or ends it all. */
    private final Object gate = new Object();
    private final Object ends = new Object();

    /** Permissions as they were, by identity. */
    private final Map<String, ObjectNode> before = new ConcurrentHashMap<>();
    private final Set<String> others = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile Hands.Report report = (event, because) -> { };
    private volatile String caller;
    private volatile LivePublisher music;
    private volatile String musicTrack;
    private volatile LivePublisher prompt;
    private volatile Player musicPlayer;
    private volatile Player promptPlayer;
    private volatile ObjectNode humanBefore;
    private volatile String humanSid = "";
    /** Both confirmed: the human hears nobody, and the human's track is cut at the caller. Then an answer may come. */
    private volatile boolean humanDenied;
    private volatile boolean humanCut;
    private volatile String lost;
    /** Guarded by {@link #ends}. */
    private boolean agentGone;
    private volatile boolean briefing;
    private volatile boolean over;

    /** @param call the leg to make; its room and identity are the plan's */
    public DirectRoom(
            Plan plan, RoomControl control, String secret, Undo undo, Studio studio, Dialler dialler, SipService.Call call, InstantSource clock) {
        this.plan = plan;
        this.control = control;
        this.secret = secret;
        this.undo = undo;
        this.studio = studio;
        this.dialler = dialler;
        this.call = call;
        this.clock = clock;
        this.cuts = new Cuts(control, plan.room());
        this.agents = new AgentHold(control, plan.room(), plan.names().id(), plan.longestHold());
        this.since = clock.instant();
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
        cuts.unlessOver(() -> set(cast.caller(), true));
        cast.others().forEach(this::silence);
        if (plan.music() != null && !over) {
            play();
        }
        agents.hold(cast.others());
        // Whoever came while this was done.
        for (Member other : Cast.of(control.members(plan.room()), plan.room(), plan.number()).others()) {
            if (!other.identity().equals(caller) && !others.contains(other.identity())) {
                holdAgain(other);
            }
        }
        to.tell(Event.HELD, null);
    }

    private void play() {
        music.permit(List.of(caller));
        musicTrack = music.publish("hold-music").join();
        musicPlayer = new Player(List.of(plan.music()), 0, 0, music::send);
        cuts.unlessOver(() -> control.subscribe(plan.room(), caller, List.of(musicTrack), true));
    }

    /** Marks somebody, and lets them hear or not; everything else about them stays as it was. */
    private void set(Member member, boolean hears) {
        ObjectNode was = asItWas(member);
        ObjectNode now = hears ? was : deaf(was);
        var mark = new Mark(plan.names().id(), plan.who(), since, since.plus(plan.longestHold()), was);
        Map<String, String> attributes = Map.of(Mark.ATTRIBUTE, mark.write(secret, plan.room(), member.identity()));
        if (control.update(plan.room(), member.identity(), now, attributes).isEmpty() && member.identity().equals(caller)) {
            throw Failure.wrongState("The caller hung up.", null);
        }
    }

    /**
     * The permission that somebody had before this transfer. Whoever joins with a token of their own has that token's; whoever
     * reconnects does so with one that the server renewed meanwhile, and with what we had changed in it.
     */
    private ObjectNode asItWas(Member member) {
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

    private static ObjectNode deaf(ObjectNode permission) {
        return permission.deepCopy().put("can_subscribe", false);
    }

    /** An agent, or somebody else who speaks with the caller: hears nobody, and is heard by nobody. */
    private void silence(Member other) {
        others.add(other.identity());
        cuts.unlessOver(() -> set(other, false));
        cut(caller, other.audio());
        cut(plan.names().human(), other.audio());
    }

    private void cut(String listener, List<String> tracks) {
        boolean human = listener.equals(plan.names().human());
        if (!human || !humanSid.isEmpty()) {
            cuts.repeat(listener, tracks, () -> true);
        }
    }

    // --- the human's leg

    @Override
    public void dial(Hands.Report to) {
        callerHears(false);
        Thread.ofVirtual().name("transfer-gate").start(() -> {
            sleep(LEG_MILLIS);
            synchronized (gate) {
                if (humanSid.isEmpty()) {
                    callerHears(true);
                }
            }
        });
        try {
            dialler.call(call);
            answered();
        } catch (TwirpError e) {
            SipAnswers.Told told = SipAnswers.of(e);
            to.tell(told.event(), told.because());
        }
    }

    private void callerHears(boolean hears) {
        synchronized (gate) {
            control.member(plan.room(), caller).ifPresent(c -> cuts.unlessOver(() -> set(c, hears)));
        }
    }

    /** The leg is in the room: it hears nobody from now on. */
    private void legJoined(LiveParticipant leg, boolean again) {
        Member human = control.member(plan.room(), plan.names().human()).orElse(null);
        if (human == null) {
            return;
        }
        humanBefore = asItWas(human);
        humanDenied = humanHears(false);
        if (again && answered.get()) {
            keepHumanApart();
        }
        status(leg);
    }

    private boolean humanHears(boolean hears) {
        ObjectNode permission = hears ? humanBefore : deaf(humanBefore);
        return cuts.unlessOver(() -> control.update(plan.room(), plan.names().human(), permission, Map.of()));
    }

    /** The leg has published: nobody is to hear it. */
    private void legPublished(String track) {
        callerHears(false);
        cuts.once(caller, List.of(track));
        humanCut = true;
        cuts.repeat(caller, List.of(track), () -> true);
        sleep(SETTLE_MILLIS);
        callerHears(true);
    }

    private void answered() {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        if (humanDenied && humanCut) {
            report.tell(Event.ANSWERS, null);
        } else {
            control.remove(plan.room(), plan.names().human());
            report.tell(Event.FAILS, "The call was answered before the line was known to be kept apart, and was hung up on.");
        }
    }

    @Override
    public void part(Hands.Report to) {
        prompt = studio.join(plan.room(), plan.names().prompt(), new LivePublisher.Listener() {
            @Override
            public void lost(String why) {
                report.tell(Event.FAILS, why);
            }
        });
        prompt.permit(List.of(plan.names().human()));
        keepHumanApart();
        String track = prompt.publish("prompt").join();
        cuts.unlessOver(() -> control.subscribe(plan.room(), plan.names().human(), List.of(track), true));
        to.tell(Event.IS_APART, null);
    }

    /** Lets the human hear again once its client has asked for everything, and everything but the prompt is cut. */
    private void keepHumanApart() {
        long began = System.nanoTime();
        for (long at = 0; at <= SETTLE_MILLIS; at += SETTLE_MILLIS / 5) {
            Cuts.sleepUntil(began, at);
            cuts.once(plan.names().human(), strangers());
        }
        humanHears(true);
        cuts.repeat(plan.names().human(), strangers(), () -> true);
    }

    /** What the human must not hear. */
    private List<String> strangers() {
        return control.members(plan.room()).stream()
                .filter(m -> !m.identity().equals(plan.names().human()) && !m.identity().equals(plan.names().prompt()))
                .flatMap(m -> m.audio().stream())
                .toList();
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
            connect();
            over = true;
            to.tell(Event.CONNECTED, null);
        }
    }

    private void connect() {
        String human = plan.names().human();
        List<Member> members = control.members(plan.room());
        Member leg = find(members, human).orElseThrow(() -> Failure.wrongState("The human hung up.", null));
        Member from = find(members, caller).orElseThrow(() -> Failure.wrongState("The caller hung up.", null));
        control.subscribe(plan.room(), caller, leg.audio(), true);
        control.subscribe(plan.room(), human, from.audio(), true);
        control.update(plan.room(), human, humanBefore, Map.of());
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

    private static Optional<Member> find(List<Member> members, String identity) {
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

    private static void sleep(long millis) {
        Cuts.sleepUntil(System.nanoTime(), millis);
    }

    private final class Monitor implements LivePublisher.Listener {

        @Override
        public void event(LiveEvent event) {
            if (over || before.isEmpty()) {
                return;
            }
            boolean again = legSeen(event);
            run(() -> happened(event, again));
        }

        /** At once, in the order of the events: what is done about them is done in no order. */
        private boolean legSeen(LiveEvent event) {
            LiveParticipant who = event instanceof LiveEvent.Joined j
                    ? j.participant()
                    : event instanceof LiveEvent.Changed c ? c.participant() : null;
            if (who == null || !who.identity().equals(plan.names().human())) {
                return false;
            }
            boolean again = !humanSid.isEmpty();
            humanSid = who.sid();
            return again;
        }

        @Override
        public void left(String identity, boolean clean) {
            run(() -> gone(identity, clean));
        }

        private void run(Runnable task) {
            Thread.ofVirtual().name("transfer-event").start(() -> {
                try {
                    task.run();
                } catch (Failure e) {
                    report.tell(Event.FAILS, e.problem().detail());
                }
            });
        }

        @Override
        public void key(String identity, String digit) {
            if (!briefing || !identity.equals(plan.names().human())) {
                return;
            }
            if (digit.equals("1")) {
                report.tell(Event.ACCEPTS, null);
            } else if (digit.equals("2")) {
                report.tell(Event.DECLINES, "The human declined.");
            }
        }

        @Override
        public void lost(String why) {
            lost = why;
            report.tell(Event.FAILS, why);
        }
    }

    private void happened(LiveEvent event, boolean again) {
        switch (event) {
            case LiveEvent.Joined joined -> arrived(joined.participant(), again);
            case LiveEvent.Changed changed -> {
                if (changed.before().sid().equals(changed.participant().sid())) {
                    status(changed.participant());
                } else {
                    arrived(changed.participant(), again);
                }
            }
            case LiveEvent.TrackPublished published -> published(published.track());
            default -> { }
        }
    }

    /** Somebody is there who was not, or is there anew: with the permissions of their token. */
    private void arrived(LiveParticipant who, boolean again) {
        if (who.identity().equals(plan.names().human())) {
            legJoined(who, again);
        } else if (!Names.any(who.identity())) {
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
        cut(plan.names().human(), member.audio());
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
        if (publisher.equals(plan.names().human())) {
            legPublished(track.sid());
        } else if (publisher.equals(caller)) {
            cut(plan.names().human(), List.of(track.sid()));
        } else if (!Names.any(publisher)) {
            cut(caller, List.of(track.sid()));
            cut(plan.names().human(), List.of(track.sid()));
        }
    }

    private void status(LiveParticipant who) {
        if (who.identity().equals(plan.names().human())) {
            switch (who.attributes().getOrDefault(SIP_STATUS, "")) {
                case "ringing" -> report.tell(Event.RINGS, null);
                case "active" -> answered();
                default -> { }
            }
        }
    }

    private void gone(String identity, boolean clean) {
        boolean human = identity.equals(plan.names().human());
        if (!human && !identity.equals(caller)) {
            return;
        }
        // Why a call was not answered is told by who dials, a moment later.
        sleep(!clean ? COMEBACK_MILLIS : human ? REASON_MILLIS : 0);
        if (!over && control.member(plan.room(), identity).isEmpty()) {
            report.tell(Event.FAILS, human ? "The human hung up." : "The caller hung up.");
        }
    }
}
