package dev.agentassist.transfer.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.LivePublisher;
import dev.agentassist.livekit.Member;
import dev.agentassist.livekit.SipService;
import dev.agentassist.livekit.TwirpError;
import dev.agentassist.problem.Failure;
import dev.agentassist.transfer.Hands;
import dev.agentassist.transfer.TransferMachine.Event;
import java.util.List;
import java.util.Optional;

/**
 * A transfer on a server that can move participants (LiveKit Cloud): the human is called into a supervisor room, briefed
 * there, and moved into the caller's. Nobody in the caller's room can hear the consultation, a recorder included.
 */
public final class MovingRoom extends RoomHands {

    /** LiveKit Agents calls it so, too: whoever finds it knows that somebody is transferring. */
    private static final String SUFFIX = "-human-agent";

    private static final long MOVE_MILLIS = 5_000;

    private final String supervisor;
    private volatile boolean made;
    /** From then on the human leaves the supervisor room because they are moved. */
    private volatile boolean moving;

    public MovingRoom(Plan plan, WarmTransfer.Parts parts, SipService.Call call) {
        super(plan, parts, call);
        supervisor = supervisor(plan.room());
    }

    static String supervisor(String room) {
        return room + SUFFIX;
    }

    @Override
    public void enter() {
        if (control.rooms().contains(supervisor)) {
            throw Failure.wrongState(
                    "Somebody is transferring this call already: there is a room “" + supervisor + "”.",
                    "Wait until it is gone, some minutes after its last participant.");
        }
        super.enter();
    }

    @Override
    public void dial(Hands.Report to) {
        control.create(supervisor);
        made = true;
        openPrompt(supervisor, new Monitor());
        prompt();
        try {
            dialler.call(call.in(supervisor));
            answered();
        } catch (TwirpError e) {
            SipAnswers.Told told = SipAnswers.of(e);
            to.tell(told.event(), told.because());
        }
    }

    @Override
    void answered() {
        if (answered.compareAndSet(false, true)) {
            report.tell(Event.ANSWERS, null);
        }
    }

    @Override
    public void part(Hands.Report to) {
        control.subscribe(supervisor, plan.names().human(), List.of(prompt().track()), true);
        to.tell(Event.IS_APART, null);
    }

    @Override
    ObjectNode bringHuman() {
        moving = true;
        control.move(supervisor, plan.names().human(), plan.room());
        long began = System.nanoTime();
        while (!arrived()) {
            if (System.nanoTime() - began > MOVE_MILLIS * 1_000_000) {
                throw Failure.unavailable("The human hung up, or was moved and did not arrive in the caller's room.", null);
            }
            sleep(20);
        }
        return null;
    }

    private boolean arrived() {
        Optional<Member> there = control.member(plan.room(), plan.names().human());
        return there.isPresent() && !there.get().audio().isEmpty();
    }

    @Override
    void keepFromHuman(List<String> tracks) {
        // The human is in another room.
    }

    @Override
    void legNews(LiveEvent event) {
        // The leg's news come from the supervisor room.
    }

    @Override
    public void close() {
        super.close();
        if (made) {
            control.delete(supervisor);
        }
    }

    /** In the supervisor room. */
    private final class Monitor implements LivePublisher.Listener {

        @Override
        public void event(LiveEvent event) {
            if (event instanceof LiveEvent.Changed changed && changed.participant().identity().equals(plan.names().human())) {
                run(() -> status(changed.participant()));
            }
        }

        @Override
        public void left(String identity, boolean clean) {
            if (identity.equals(plan.names().human()) && !moving) {
                run(() -> humanLeft(supervisor, clean));
            }
        }

        @Override
        public void key(String identity, String digit) {
            pressed(identity, digit);
        }

        @Override
        public void lost(String why) {
            report.tell(Event.FAILS, why);
        }
    }
}
