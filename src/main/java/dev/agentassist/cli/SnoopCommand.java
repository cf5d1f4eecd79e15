package dev.agentassist.cli;

import dev.agentassist.brief.AgentAssistPortal;
import dev.agentassist.brief.BriefEngine;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.Target;
import dev.agentassist.problem.Failure;
import dev.agentassist.render.SnoopView;
import dev.agentassist.snoop.BriefClaims;
import dev.agentassist.snoop.Claim;
import dev.agentassist.snoop.Snoop;
import dev.agentassist.tail.TailCall;
import dev.agentassist.terminal.Interrupt;
import dev.agentassist.terminal.Screen;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist snoop}: one call on a full screen. */
final class SnoopCommand extends Command {

    private static final int INTERRUPTED = 130;

    @Override
    String name() {
        return "snoop";
    }

    @Override
    String summary() {
        return "Watch a call on a full screen: who, what is said, the brief beside it";
    }

    @Override
    List<String> description() {
        return List.of(
                "Joins a call unseen, listens only, and shows it: a badge that says whether it is live, who is in it and since"
                        + " when, and what is said as it is said. It begins muted; the transcript streams all the same.",
                "",
                "Keys: arrows, PgUp, PgDn, g and G scroll; / searches (n, N, Esc); a number and Enter shows that turn; b the"
                        + " brief of the call so far, where Tab marks a statement and Enter shows its turn; m sound, where one of"
                        + " ffplay, paplay, aplay or play is on the PATH; t how to put a human on the line; ? help; q or Ctrl-C"
                        + " leaves at once.",
                "",
                "It needs a terminal of 20 columns and 6 rows at least, works over ssh, and gives the terminal back as it was. An"
                        + " ended call stays on the screen until you leave; the exit code then is 0 where the call is over, 4"
                        + " when somebody removed the listener, 6 when a lost connection was not regained within --timeout."
                        + " Each listen leaves its line in the listen audit log (agent-assist/listen.jsonl in"
                        + " $XDG_STATE_HOME).");
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist snoop +14155550132", "The newest active call of a number"),
                new Example("assist snoop room:call-42 --max-duration 10m", "Leave after ten minutes"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(target());
        spec.addOption(option("--max-duration", "DURATION", "Leave after so long"));
        TokenCommand.listenOptions(spec);
    }

    @Override
    int run(Invocation in) throws Exception {
        Target target = in.target();
        Duration longest = ListenCalls.longest(in);
        Screen.check(in.io());
        TailCall call = ListenCalls.source(in, "listening", true).open(target, Duration.ZERO);
        var parts = new Snoop.Parts(
                in.wiring().live(),
                in.settings().timeout(),
                Version.current(),
                in.io().clock(),
                in.wiring()::store,
                new Briefs(in.wiring()),
                in.io().environment().getOrDefault("PATH", ""));
        Snoop.Left left;
        Screen screen = Screen.open(in.io(), in.terminal().outColored());
        try (screen;
                var snoop = new Snoop(parts, call, in.argument(), longest, screen, new SnoopView(ZoneId.systemDefault()));
                var interrupt = new Interrupt(() -> {
                    screen.close();
                    snoop.stop();
                    snoop.leave();
                })) {
            left = snoop.run();
            // The terminal is free before the farewell, which may take a moment.
            screen.close();
        }
        if (left.interrupted()) {
            return INTERRUPTED;
        }
        if (left.outcome() != null && left.outcome().problem() != null) {
            throw new Failure(left.outcome().problem());
        }
        if (left.outcome() != null) {
            in.terminal().note(left.outcome().ending().detail());
        }
        return ExitCode.OK;
    }

    /** As {@code assist brief} makes them, but silent: the screen is taken. Nothing of it is loaded before the first one. */
    private static final class Briefs implements Function<Conversation, List<Claim>> {
        private final Wiring wiring;
        private BriefEngine engine;

        Briefs(Wiring wiring) {
            this.wiring = wiring;
        }

        @Override
        public synchronized List<Claim> apply(Conversation soFar) {
            if (engine == null) {
                engine = wiring.quietBriefEngine();
            }
            return BriefClaims.of(wiring.portal().brief(new AgentAssistPortal.Found(soFar, null), engine));
        }
    }
}
