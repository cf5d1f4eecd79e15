package dev.agentassist.cli;

import dev.agentassist.call.LiveCall;
import dev.agentassist.config.Key;
import dev.agentassist.conversation.Target;
import dev.agentassist.live.LiveEngine;
import dev.agentassist.livekit.SipService;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.render.TransferWriter;
import dev.agentassist.transfer.Limits;
import dev.agentassist.transfer.Transfer;
import dev.agentassist.transfer.TransferredStatus;
import dev.agentassist.transfer.room.Names;
import dev.agentassist.transfer.room.Plan;
import dev.agentassist.transfer.room.Plan.Accept;
import dev.agentassist.transfer.room.WarmTransfer;
import dev.agentassist.transfer.sound.Sound;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist transfer}: a human takes over a call. */
final class TransferCommand extends Command {

    @Override
    String name() {
        return "transfer";
    }

    @Override
    String summary() {
        return "Put a human on the line: hold the caller, call, brief, connect";
    }

    @Override
    List<String> description() {
        return List.of(
                "Puts the caller on hold with music, calls a human by SIP, keeps them apart until they accept, and connects the"
                        + " two; then the agent leaves (or stays). On a failure, Ctrl-C or SIGTERM the caller hears the agent"
                        + " again, the reason is said, and the exit code is 8; 9 says that the caller could not be brought back,"
                        + " and what to do. Should this process be killed, a watchdog of its own brings the caller back;"
                        + " assist transfer sweep, from cron, does it when the whole machine was lost.",
                "",
                "Accepting: at a terminal Enter connects, d and Enter declines; the human's keys 1 and 2 do the same. Without a"
                        + " terminal it is the human's keys alone. With --accept answer, answering is enough: a mailbox answers,"
                        + " too.",
                "",
                "The human joins the caller's own room and is kept apart there by permissions and subscriptions, so this works"
                        + " on any LiveKit server (--bridge direct). What that costs: a recording of the room, and hidden listeners, hear the"
                        + " consultation; the keys that the human presses can be heard of by the caller's leg; and when"
                        + " somebody's connection breaks and returns meanwhile, up to 150 ms can get through (more than a second of the call was heard by a human"
                        + " whose own connection was made anew on an overloaded machine). A server that can move"
                        + " participants (LiveKit Cloud) has none of these costs: there the human is called into a room of their"
                        + " own (ROOM-human-agent) and moved; if that room exists already, somebody else is transferring: 5.",
                "",
                "An agent that deletes its room when it leaves ends the call with that: use --agent stay for it. A human whom an"
                        + " earlier transfer brought is held like an agent, and stays. Each transfer"
                        + " leaves its lines in the transfer audit log (agent-assist/transfer.jsonl in $XDG_STATE_HOME).");
    }

    @Override
    List<Example> examples() {
        return List.of();
    }

    @Override
    List<Command> subcommands() {
        return List.of(new TransferStatusCommand(), new TransferCancelCommand(), new TransferSweepCommand());
    }

    @Override
    boolean runs() {
        return true;
    }

    @Override
    void define(CommandSpec spec) {
        // Not required: a subcommand can stand in its place.
        spec.addPositional(target("0..1"));
        spec.addOption(option("--to", "NUMBER|USER", "Whom to call (default: transfer.number, $ASSIST_TRANSFER_NUMBER)"));
        spec.addOption(option("--trunk", "ID", "Outbound SIP trunk (default: transfer.trunk, $ASSIST_TRANSFER_TRUNK, else the only one)"));
        spec.addOption(option("--from", "NUMBER", "Number that the human sees (default: transfer.from, else what --displayed says)"));
        spec.addOption(choice("--displayed", List.of("agent", "caller"), "Whose number the human sees: the trunk's own, or the caller's, which the provider must allow"));
        spec.addOption(option("--ring", "DURATION", "30s", "How long it may ring, at most " + SipService.LONGEST_RING.toSeconds() + "s"));
        spec.addOption(option("--accept-within", "DURATION", "60s", "How long the human may think"));
        spec.addOption(option("--max-call", "DURATION", "2h", "Longest time that the human's leg lasts"));
        spec.addOption(option("--hold-music", "FILE|none", "Ogg/Opus file for the caller (default: transfer.hold_music, else a bundled one)"));
        spec.addOption(choice(
                "--brief",
                List.of("terminal", "speak", TransferWish.NONE),
                "Show the brief of the call here while it rings, or have it said to the human (transfer.speech)"));
        spec.addOption(option("--accept", "operator|dtmf|answer", "Whose yes counts (default: operator at a terminal, else dtmf)"));
        spec.addOption(choice(
                "--bridge",
                List.of("auto", "move", "direct"),
                "How the human comes to the caller: move is out of a room of their own, direct within the caller's; auto finds out"
                        + " once a day which of them the server can do"));
        spec.addOption(choice("--agent", List.of("leave", "stay"), "What the agent does once they are connected"));
        spec.addOption(choice("--format", List.of("text", "json"), "How to print the outcome"));
        spec.addOption(flag("--dry-run", "Say what would happen and whether it can; 7 when not"));
        spec.addOption(flag("--yes", "Do not ask; needed where there is no terminal"));
    }

    @Override
    int run(Invocation in) {
        if (in.argument() == null) {
            throw Failure.badInput("No call is named.", "Give a number, room:NAME or a conversation's id.");
        }
        Target target = in.target();
        TransferWish wish = TransferWish.of(in);
        boolean dry = in.flag("--dry-run");
        if (!dry && !in.flag("--yes") && !in.terminal().canAsk()) {
            throw Failure.badInput("A transfer wants to be confirmed, and there is no terminal to ask on.", "Add --yes.");
        }
        LiveCall call = in.wiring().calls(true).find(target);
        if (call.room() == null) {
            throw Failure.notFound("The hosted platform does not say in which room the call is.", "Name it: room:NAME.");
        }
        try (LiveEngine engine = in.wiring().live()) {
            var transfers = new WarmTransfer(in.wiring().transfers(engine, Version.current()));
            SipService.Trunk trunk = trunk(in, transfers, dry);
            String heard = transfers.look(call.room(), number(call, target), in.terminal()::note);
            String caller = number(call, target) == null ? heard : number(call, target);
            String from = wish.from(in, caller);
            var names = new Names(HexFormat.of().formatHex(random()));
            String what = "The caller in the room “" + call.room() + "” is put on hold, " + wish.to() + " is called by the trunk "
                    + trunk.id() + (from == null ? "" : " (showing " + from + ")") + ", and, once "
                    + (wish.whose() == Accept.ANSWER ? "answered" : "accepted") + ", the two are connected; the agent "
                    + (wish.agentLeaves() ? "leaves." : "stays.");
            if (dry) {
                in.io().out().println(what);
                in.io().out().println("The trunk exists. Whether the number can be reached is not known before it is called.");
                in.io().out().println(known(in, transfers));
                return ExitCode.OK;
            }
            boolean move = move(in, transfers, names);
            var limits = new Limits(wish.ring(), wish.accept());
            TransferBrief brief = TransferBrief.begin(in, wish, call);
            var plan = new Plan(
                    call.room(), names, in.io().user(), caller, wish.music(), brief::words, Sound.bundled("prompt.ogg"),
                    wish.whose(), wish.agentLeaves(), limits.longestHold());
            var leg = new SipService.Call(
                    call.room(), names.human(), "Transferred to", trunk.id(), wish.to(), from, null, wish.ring(), wish.longest());
            // Before it is asked: then the caller hears music as soon as it is confirmed.
            try (WarmTransfer.Ready ready = transfers.prepare(plan, leg, limits, move, call.conversationId())) {
                if (!in.flag("--yes") && !in.terminal().confirm(what + " Go on?")) {
                    in.terminal().note("Nothing was done.");
                    return ExitCode.OK;
                }
                if (wish.whose() == Accept.ANSWER) {
                    in.terminal().warn("Whoever answers is connected with the caller: a mailbox, too.");
                }
                try (var watching = new TransferWatching(in, wish, brief)) {
                    return end(in, call, names, ready.run(watching));
                }
            }
        }
    }

    private static SipService.Trunk trunk(Invocation in, WarmTransfer transfers, boolean dry) {
        String id = in.value("--trunk") != null ? in.value("--trunk") : in.settings().value(Key.TRANSFER_TRUNK).orElse(null);
        try {
            return transfers.trunk(id);
        } catch (Failure e) {
            boolean unable = e.problem() instanceof Problem.NotFound
                    || e.problem() instanceof Problem.Unavailable u && u.status() != null;
            if (dry && unable) {
                throw new Failure(new Problem.CheckFailed("Not possible: " + e.problem().detail(), e.problem().hint()), e);
            }
            throw e;
        }
    }

    private static boolean move(Invocation in, WarmTransfer transfers, Names names) {
        return switch (in.choice("--bridge")) {
            case "direct" -> false;
            case "move" -> {
                if (!transfers.canMove(names)) {
                    throw Failure.badInput("This LiveKit server cannot move participants.", "Use --bridge direct.");
                }
                yield true;
            }
            default -> transfers.canMove(names);
        };
    }

    private static String known(Invocation in, WarmTransfer transfers) {
        return switch (in.choice("--bridge")) {
            case "direct" -> "The human joins the caller's room, kept apart until accepted.";
            default -> transfers.knownToMove()
                    .map(can -> can
                            ? "The server can move participants: the human is called into a room of their own."
                            : "The server cannot move participants: the human joins the caller's room, kept apart until accepted.")
                    .orElse("Whether the server can move participants is not known yet: the first transfer finds out.");
        };
    }

    private static String number(LiveCall call, Target target) {
        if (target instanceof Target.Caller caller) {
            return caller.number().e164();
        }
        String user = call.conversation() == null ? null : call.conversation().userId();
        return user != null && user.startsWith("+") ? user : null;
    }

    private static byte[] random() {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        return random;
    }

    private static int end(Invocation in, LiveCall call, Names names, Transfer.Result result) {
        boolean json = in.choice("--format").equals("json");
        switch (result.end()) {
            case BRIDGED -> {
                in.io().out().print(json ? TransferWriter.json(names.id(), call.room(), result) : TransferWriter.text(result));
                if (result.because() != null) {
                    in.terminal().warn("Not everybody was let go: " + result.because() + " The watchdog goes on trying.");
                }
                if (call.conversation() != null) {
                    try {
                        TransferredStatus.write(in.wiring().store(), call.conversationId(), in.io().clock());
                    } catch (Failure e) {
                        in.terminal().warn("The conversation's status could not be set to transferred: " + e.problem().detail());
                    }
                }
                return ExitCode.OK;
            }
            case RESTORED -> throw new Failure(new Problem.NotTransferred(
                    TransferWriter.because(result) + " The caller is with the agent again.", "Try again, or somebody else: --to."));
            default -> throw new Failure(new Problem.NotRestored(
                    TransferWriter.because(result) + " The caller could not be brought back to the agent.",
                    "The watchdog goes on trying for 10 minutes; assist transfer cancel room:" + call.room()
                            + " tries at once, as soon as the LiveKit server answers."));
        }
    }
}
