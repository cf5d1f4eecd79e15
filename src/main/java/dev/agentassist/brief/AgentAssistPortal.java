package dev.agentassist.brief;

import dev.agentassist.brief.injection.InstructionScreen;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Target;
import dev.agentassist.problem.Failure;
import dev.agentassist.store.ConversationStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The handoff portal: finds the call that a target means, has an engine say what it was about, checks each statement's
 * evidence and makes the brief. Nothing is stored.
 */
public final class AgentAssistPortal {

    private final BriefEngine filler;
    private final InstantSource clock;

    /** @param filler makes up for what another engine leaves out or what of it does not stand */
    public AgentAssistPortal(BriefEngine filler, InstantSource clock) {
        this.filler = filler;
        this.clock = clock;
    }

    /**
     * A call to brief about.
     *
     * @param remark why it came without a transcript, where there is more to it than that it has none; or null
     */
    public record Found(Conversation conversation, String remark) {}

    /** The newest call of a number, the newest one held in a room, or the one with an id; live or not. */
    public static Found find(ConversationStore store, Target target) {
        Conversation conversation = conversation(store, target).orElseThrow(() -> none(target, store));
        String remark = conversation.transcript() == null ? store.whyNoTranscript(conversation.info()).orElse(null) : null;
        return new Found(conversation, remark);
    }

    private static Optional<Conversation> conversation(ConversationStore store, Target target) {
        // No pattern switch on the way of a first brief: its bootstrap makes classes at every start.
        if (target instanceof Target.ConversationId id) {
            return store.get(id.id());
        }
        Optional<ConversationInfo> newest = target instanceof Target.Caller caller
                ? store.newest(caller.number(), false)
                : store.newestInRoom(((Target.Room) target).name(), false);
        return newest.map(ConversationInfo::id).flatMap(store::get);
    }

    private static Failure none(Target target, ConversationStore store) {
        String where = " in " + store.describe() + ".";
        return switch (target) {
            case Target.Caller caller -> Failure.notFound(
                    "No call with " + caller.number() + " is" + where,
                    "Check the number and --store; assist conversations list shows the calls.");
            case Target.Room room -> Failure.notFound(
                    "No call in the room “" + room.name() + "” is" + where,
                    "A brief needs a stored call: assist conversations import stores one.");
            case Target.ConversationId id -> Failure.notFound(
                    "There is no conversation “" + id.id() + "”" + where,
                    "A number begins with + or tel:, a room with room:; assist conversations list shows the ids.");
        };
    }

    /** The brief of a call by an engine, without what of it is secret. */
    public Brief brief(Found found, BriefEngine engine) {
        return brief(found, engine, CallMaterial.of(found.conversation()));
    }

    /** The brief of a call with what was said in it that is secret: cards' numbers, codes, passwords, national ids. */
    public Brief unredacted(Found found, BriefEngine engine) {
        return brief(found, engine, CallMaterial.asSaid(found.conversation()));
    }

    private Brief brief(Found found, BriefEngine engine, CallMaterial call) {
        // Whatever in the call is addressed to a machine is read by none; the transcript shows it all the same.
        InstructionScreen.Screened screened = InstructionScreen.of(call.transcript());
        CallMaterial read = screened.tried() ? call.with(screened.transcript()) : call;
        var check = new EvidenceCheck(read);
        Draft draft = check.check(engine.draft(read));
        // Flags are always looked for in the words themselves, whatever a model says of them.
        Draft own = engine == filler ? draft : check.check(filler.draft(read));
        if (screened.tried()) {
            own = own.withFlag(instructionAttempt(screened));
            draft = engine == filler ? own : draft;
        }
        var warnings = new ArrayList<String>();
        if (found.remark() != null) {
            warnings.add(found.remark());
        } else if (call.turns().isEmpty()) {
            warnings.add("The call has no transcript: the brief rests on its record alone.");
        }
        return new BriefAssembler(call, clock.instant()).assemble(draft, own, List.copyOf(warnings));
    }

    private static Draft.Concern instructionAttempt(InstructionScreen.Screened screened) {
        String where = screened.turns().isEmpty() ? "A tool’s words" : screened.tools() ? "Somebody in the call, and a tool’s words," : "Somebody in the call";
        return new Draft.Concern(
                "instruction_attempt",
                Brief.Severity.MEDIUM,
                new Claim(where + " tried to instruct the AI: left out of everything but the transcript.", screened.turns(), List.of()));
    }
}
