package dev.agentassist.transfer.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.livekit.Member;
import dev.agentassist.livekit.RoomControl;
import dev.agentassist.problem.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Connects caller and human, who are in one room, and then lets everybody else go. In such an order that whoever takes over
 * in the middle (the watchdog, a sweep) knows from the marks alone whether they are to be left with each other.
 */
final class Connecting {

    private final Plan plan;
    private final RoomControl control;
    private final Undo undo;
    private final Holding held;

    Connecting(Plan plan, RoomControl control, Undo undo, Holding held) {
        this.plan = plan;
        this.control = control;
        this.undo = undo;
        this.held = held;
    }

    /** Caller and human hear each other afterwards. {@code humanWas}: the permission to give the human, or null to leave it. */
    void connect(ObjectNode humanWas) {
        String human = plan.names().human();
        List<Member> members = control.members(plan.room());
        Member leg = find(members, human);
        Member from = find(members, held.caller());
        control.subscribe(plan.room(), held.caller(), leg.audio(), true);
        control.subscribe(plan.room(), human, from.audio(), true);
        // From here on, whoever finishes this for us connects them instead of hanging up.
        control.update(plan.room(), human, humanWas, Map.of(Mark.ATTRIBUTE, held.mark(human, leg.permission())));
    }

    /** The others: agents leave, or hear the two; the marks go, the human's last. */
    void release() {
        String human = plan.names().human();
        List<Member> members = control.members(plan.room());
        Member leg = find(members, human);
        List<Member> leaving = new ArrayList<>();
        for (Member other : members) {
            Optional<Mark> mark = mine(other);
            if (mark.isEmpty() || other.identity().equals(held.caller()) || other == leg) {
                continue;
            }
            if (plan.agentLeaves() && other.agent()) {
                leaving.add(other);
            } else {
                stays(other, mark.get(), members, leg);
            }
        }
        members.stream().filter(m -> m.identity().equals(held.caller())).forEach(caller -> mine(caller).ifPresent(
                mark -> control.update(plan.room(), caller.identity(), mark.permission(), Map.of(Mark.ATTRIBUTE, ""))));
        leaving.forEach(agent -> control.remove(plan.room(), agent.identity()));
        control.update(plan.room(), human, null, Map.of(Mark.ATTRIBUTE, ""));
    }

    /** Somebody of the call hears everybody again, the human too, and is heard. */
    private void stays(Member other, Mark mark, List<Member> members, Member leg) {
        control.update(plan.room(), other.identity(), mark.permission(), Map.of());
        List<String> all = new ArrayList<>(Undo.audioFor(other, members, plan.names()));
        all.addAll(leg.audio());
        control.subscribe(plan.room(), other.identity(), all, true);
        control.subscribe(plan.room(), leg.identity(), other.audio(), true);
        control.subscribe(plan.room(), held.caller(), other.audio(), true);
        control.update(plan.room(), other.identity(), null, Map.of(Mark.ATTRIBUTE, ""));
    }

    private Optional<Mark> mine(Member member) {
        return undo.mark(plan.room(), member).filter(m -> m.id().equals(plan.names().id()));
    }

    private Member find(List<Member> members, String identity) {
        return members.stream()
                .filter(m -> m.identity().equals(identity))
                .findFirst()
                .orElseThrow(() -> Failure.wrongState(
                        "The " + (identity.equals(held.caller()) ? "caller" : "human") + " hung up.", null));
    }
}
