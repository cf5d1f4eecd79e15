package dev.agentassist.cli;

import dev.agentassist.live.segment.Role;
import dev.agentassist.problem.Failure;
import dev.agentassist.tail.CallSource;
import dev.agentassist.token.ListenLog;
import dev.agentassist.token.ListenRequest;
import dev.agentassist.token.ListenerClaims;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** What the commands that join one call share: finding it, with its line in the listen audit log, and options. */
final class ListenCalls {

    private static final Duration TTL = Duration.ofSeconds(60);

    private ListenCalls() {}

    /**
     * {@code event}: what the audit log says of each call before it is joined; {@code withRecord}: whether the call's record
     * is read too.
     */
    static CallSource source(Invocation in, String event, boolean withRecord) {
        String who = in.value("--as") == null ? in.io().user() : in.value("--as");
        return new CallSource(
                in.wiring().calls(true)::find,
                in.wiring().tokens(),
                new ListenRequest(TTL, who, in.value("--reason"), in.flag("--force")),
                in.wiring()::store,
                withRecord,
                call -> in.wiring().listenLog().append(new ListenLog.Entry(
                        in.io().clock().instant().truncatedTo(ChronoUnit.MILLIS),
                        event,
                        who,
                        in.value("--reason"),
                        call.conversationId(),
                        call.room(),
                        ListenerClaims.identity(call.token()),
                        null,
                        null)));
    }

    static Duration longest(Invocation in) {
        return in.value("--max-duration") == null ? null : in.duration("--max-duration");
    }

    /** One side, or null for everybody. */
    static Role speaker(Invocation in) {
        String speaker = in.value("--speaker");
        if (speaker == null) {
            return null;
        }
        return switch (speaker) {
            case "agent" -> Role.AGENT;
            case "caller" -> Role.CALLER;
            default -> throw Failure.badInput("“" + speaker + "” is no value of --speaker.", "Use agent or caller.");
        };
    }
}
