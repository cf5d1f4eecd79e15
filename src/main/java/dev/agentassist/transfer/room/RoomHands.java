package dev.agentassist.transfer.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.LiveParticipant;
import dev.agentassist.live.LivePublisher;
import dev.agentassist.livekit.Member;
import dev.agentassist.livekit.RoomControl;
import dev.agentassist.livekit.SipService;
import dev.agentassist.problem.Failure;
import dev.agentassist.transfer.Hands;
import dev.agentassist.transfer.Limits;
import dev.agentassist.transfer.TransferMachine.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What all transfers do in the caller's own room: hold ({@link Holding}), keep up the hold whoever comes, publishes or
 * reconnects, connect ({@link Connecting}), and bring back ({@link Undo}).
 *
 * <p>The monitor is the music's connection; its events are worked on in threads of their own. How the human's leg comes to
 * the caller is for the subclasses.
 */
abstract class RoomHands implements Hands, AutoCloseable {

    /** Whoever is back by then has reconnected. */
    private static final long COMEBACK_MILLIS = 3_000;

    /**
     * Who says goodbye may be back, too: LiveKit's clients do so when they make a new connection (server-sdk-go, engine.go,
     * cleanupConnection). And why a call was not answered is told by who dials, a moment later.
     */
    private static final long GOODBYE_MILLIS = 800;

    private static final int PROMPT_PAUSE_MILLIS = 4_000;
    private static final String SIP_STATUS = "sip.callStatus";

    final Plan plan;
    final RoomControl control;
    final Undo undo;
    final Studio studio;
    final Dialler dialler;
    final SipService.Call call;
    final Holding held;
    private final Connecting connecting;
    private final AgentHold agents;
    private final Object ends = new Object();

    final AtomicBoolean answered = new AtomicBoolean();
    volatile Hands.Report report = (event, because) -> { };
    private volatile Line music;
    private final CompletableFuture<Line> prompt = new CompletableFuture<>();
    private volatile String lost;
    private volatile boolean briefing;
    volatile boolean over;

    /** @param call the leg to make; its room is for the subclass to say */
    RoomHands(Plan plan, WarmTransfer.Parts parts, SipService.Call call) {
        this.plan = plan;
        this.control = parts.control();
        this.undo = parts.undo();
        this.studio = parts.studio();
        this.dialler = parts.dialler();
        this.call = call;
        this.held = new Holding(plan, parts, undo, this::keepFromHuman);
        this.connecting = new Connecting(plan, control, undo, held);
        this.agents = new AgentHold(control, plan.room(), plan.names().id(), plan.longestHold());
    }

    /**
     * Enters the room, and changes nothing yet: the music's line is there, silent and permitted to nobody. Of two transfers
     * that begin at the same moment the later one yields. Fails with {@code WrongState} when another one is under way.
     */
    public void enter() {
        music = Line.open(studio, plan.room(), plan.names().music(), "hold-music", new Monitor());
        List<Member> members = control.members(plan.room());
        Cast.of(members, plan.room(), plan.number(), plan.names());
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
        Cast cast = cast();
        Thread playing = run(() -> play(cast.caller().identity()));
        held.begin(cast.caller());
        cast.others().forEach(held::silence);
        agents.hold(cast.others());
        // Whoever came while this was done.
        for (Member other : cast().others()) {
            if (!other.identity().equals(held.caller()) && !held.silenced(other.identity())) {
                holdAgain(other);
            }
        }
        join(playing);
        to.tell(Event.HELD, null);
    }

    private Cast cast() {
        return Cast.of(control.members(plan.room()), plan.room(), plan.number(), plan.names());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void play(String caller) {
        if (plan.music() != null) {
            music.permit(caller);
            music.play(List.of(plan.music()), 0, 0);
            held.cuts.unlessOver(() -> control.subscribe(plan.room(), caller, List.of(music.track()), true));
        }
    }

    /** The human must not hear these, if there is one in this room. */
    abstract void keepFromHuman(List<String> tracks);

    /** News of the human's leg in the caller's room, in their order and at once: what is done about them may not block. */
    abstract void legNews(LiveEvent event);

    // --- the human

    /** Gets the prompt's line ready while it rings. */
    void openPrompt(String room, LivePublisher.Listener listener) {
        try {
            Line line = Line.open(studio, room, plan.names().prompt(), "prompt", listener);
            line.permit(plan.names().human());
            prompt.complete(line);
            if (over) {
                line.close();
            }
        } catch (Failure e) {
            prompt.completeExceptionally(e);
        }
    }

    /** Waits for it. */
    Line prompt() {
        try {
            return prompt.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof Failure f ? f : e;
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
        prompt().play(pieces, pieces.size() - 1, PROMPT_PAUSE_MILLIS);
    }

    // --- the two ends

    @Override
    public void bridge(Hands.Report to) {
        synchronized (ends) {
            if (over) {
                return;
            }
            silence();
            // A cut that is still to come would be the last word.
            held.cuts.end();
            connecting.connect(bringHuman());
            to.tell(Event.CONNECTS, null);
        }
    }

    /** The human is in the caller's room when this returns; how they are there. */
    abstract ObjectNode bringHuman();

    @Override
    public void release(Hands.Report to) {
        synchronized (ends) {
            over = true;
            Runnable told = agents.resume();
            connecting.release();
            told.run();
            to.tell(Event.RELEASED, null);
        }
    }

    @Override
    public void restore(Hands.Report to) {
        synchronized (ends) {
            over = true;
            held.cuts.end();
            silence();
            Runnable told = agents.resume();
            undo.hangUp(plan.room(), plan.names().id());
            boolean back = undo.run(plan.room(), plan.names().id(), Limits.RESTORE.minusSeconds(2), held.cuts.heard());
            told.run();
            to.tell(back ? Event.BACK : Event.LOST, null);
        }
    }

    private void silence() {
        music.silence();
        if (prompt.isDone() && !prompt.isCompletedExceptionally()) {
            prompt.join().silence();
        }
    }

    /** Leaves the room. */
    @Override
    public void close() {
        over = true;
        if (prompt.isDone() && !prompt.isCompletedExceptionally()) {
            prompt.join().close();
        }
        if (music != null) {
            music.close();
        }
    }

    // --- what happens meanwhile

    static void sleep(long millis) {
        Cuts.sleepUntil(System.nanoTime(), millis);
    }

    private final class Monitor implements LivePublisher.Listener {

        @Override
        public void event(LiveEvent event) {
            if (!over && held.begun()) {
                legNews(event);
                run(() -> happened(event));
            }
        }

        @Override
        public void left(String identity, boolean clean) {
            held.cuts.gone(identity);
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
            case LiveEvent.TrackPublished published -> {
                if (published.track().audio() && !plan.names().apart(published.track().participant())) {
                    held.published(published.track().participant(), published.track().sid());
                }
            }
            default -> { }
        }
    }

    /** Somebody is there who was not, or is there anew: with the permissions of their token. */
    private void arrived(LiveParticipant who) {
        if (!plan.names().apart(who.identity())) {
            control.member(plan.room(), who.identity())
                    .filter(m -> Cast.takesPart(m, plan.names()))
                    .ifPresent(this::holdAgain);
        }
    }

    private void holdAgain(Member member) {
        if (member.identity().equals(held.caller())) {
            held.callerAgain(member, music.track());
        } else {
            held.silence(member);
            agents.hold(List.of(member));
        }
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
        } else if (identity.equals(held.caller())) {
            // Nobody waits on hold meanwhile.
            sleep(COMEBACK_MILLIS);
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
