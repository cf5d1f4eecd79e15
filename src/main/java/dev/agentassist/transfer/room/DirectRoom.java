package dev.agentassist.transfer.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.LiveParticipant;
import dev.agentassist.live.LivePublisher;
import dev.agentassist.livekit.Member;
import dev.agentassist.livekit.SipService;
import dev.agentassist.livekit.TwirpError;
import dev.agentassist.transfer.Hands;
import dev.agentassist.transfer.TransferMachine.Event;
import java.util.List;
import java.util.Map;

/**
 * A transfer within the caller's own room, for servers that cannot move a participant: the human's leg joins it, and
 * permissions and subscriptions keep it apart until it is accepted.
 *
 * <ul>
 *   <li>The caller is denied altogether while the leg appears, until its track is cut and the caller's client can have asked
 *       for it.
 *   <li>The human is denied from joining on, until its client has asked for everything and everything but the prompt is cut.
 *   <li>Whoever answers before both are confirmed is hung up on.
 * </ul>
 */
public final class DirectRoom extends RoomHands {

    /** A leg that takes longer to appear is not waited for in silence: the music goes on, and the gate shuts when it comes. */
    private static final long LEG_MILLIS = 1_500;

    private volatile ObjectNode humanBefore;
    private volatile String humanSid = "";
    /** Both confirmed: the human hears nobody, and the human's track is cut at the caller. Then an answer may come. */
    private volatile boolean humanDenied;
    private volatile boolean humanCut;

    public DirectRoom(Plan plan, WarmTransfer.Parts parts, SipService.Call call) {
        super(plan, parts, call);
    }

    @Override
    public void dial(Hands.Report to) {
        held.callerHears(false);
        run(() -> {
            sleep(LEG_MILLIS);
            synchronized (held.gate) {
                if (humanSid.isEmpty()) {
                    held.callerHears(true);
                }
            }
        });
        run(() -> openPrompt(plan.room(), new LivePublisher.Listener() {
            @Override
            public void lost(String why) {
                report.tell(Event.FAILS, why);
            }
        }));
        try {
            dialler.call(call.in(plan.room()));
            answered();
        } catch (TwirpError e) {
            SipAnswers.Told told = SipAnswers.of(e);
            to.tell(told.event(), told.because());
        }
    }

    @Override
    void legNews(LiveEvent event) {
        switch (event) {
            case LiveEvent.Joined joined when human(joined.participant()) -> legJoined(joined.participant());
            case LiveEvent.Changed changed when human(changed.participant()) -> {
                if (changed.before().sid().equals(changed.participant().sid())) {
                    run(() -> status(changed.participant()));
                } else {
                    legJoined(changed.participant());
                }
            }
            case LiveEvent.TrackPublished published
                    when published.track().audio() && published.track().participant().equals(plan.names().human()) ->
                run(() -> legPublished(published.track().sid()));
            default -> { }
        }
    }

    private boolean human(LiveParticipant who) {
        return who.identity().equals(plan.names().human());
    }

    private void legJoined(LiveParticipant leg) {
        boolean again = !humanSid.isEmpty();
        humanSid = leg.sid();
        run(() -> keepApart(leg, again));
    }

    /** The leg is in the room: it hears nobody from now on. */
    private void keepApart(LiveParticipant leg, boolean again) {
        Member human = control.member(plan.room(), plan.names().human()).orElse(null);
        if (human == null) {
            return;
        }
        humanBefore = held.asItWas(human);
        humanDenied = humanHears(false);
        if (again && answered.get()) {
            letHearThePrompt();
        }
        status(leg);
    }

    private boolean humanHears(boolean hears) {
        ObjectNode permission = hears ? humanBefore : Holding.deaf(humanBefore);
        return held.cuts.unlessOver(() -> control.update(plan.room(), plan.names().human(), permission, Map.of()));
    }

    /** The leg has published: nobody is to hear it. */
    private void legPublished(String track) {
        // First, because it is the quickest: the caller may be hearing already, where this is a leg that is back.
        held.cuts.once(held.caller(), List.of(track));
        held.callerHears(false);
        held.cuts.once(held.caller(), List.of(track));
        humanCut = true;
        held.cuts.repeat(held.caller(), List.of(track));
        sleep(Holding.SETTLE_MILLIS);
        held.callerHears(true);
    }

    @Override
    void answered() {
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
        letHearThePrompt();
        String track = prompt().track();
        held.cuts.unlessOver(() -> control.subscribe(plan.room(), plan.names().human(), List.of(track), true));
        to.tell(Event.IS_APART, null);
    }

    /** Lets the human hear again once its client has asked for everything, and everything but the prompt is cut. */
    private void letHearThePrompt() {
        long began = System.nanoTime();
        for (long at = 0; at <= Holding.SETTLE_MILLIS; at += Holding.SETTLE_MILLIS / 5) {
            Cuts.sleepUntil(began, at);
            held.cuts.once(plan.names().human(), strangers());
        }
        humanHears(true);
        held.cuts.repeat(plan.names().human(), strangers());
    }

    /** What the human must not hear. */
    private List<String> strangers() {
        return control.members(plan.room()).stream()
                .filter(m -> !m.identity().equals(plan.names().human()) && !m.identity().equals(plan.names().prompt()))
                .flatMap(m -> m.audio().stream())
                .toList();
    }

    @Override
    void keepFromHuman(List<String> tracks) {
        if (!humanSid.isEmpty()) {
            held.cuts.repeat(plan.names().human(), tracks);
        }
    }

    @Override
    ObjectNode bringHuman() {
        return humanBefore;
    }
}
