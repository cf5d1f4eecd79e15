package dev.agentassist.cli;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.terminal.Terminal;
import dev.agentassist.transfer.room.Undo;
import dev.agentassist.transfer.room.WarmTransfer;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist transfer sweep}. */
final class TransferSweepCommand extends Command {

    @Override
    String name() {
        return "sweep";
    }

    @Override
    String summary() {
        return "Bring back callers whom a process that died left on hold";
    }

    @Override
    List<String> description() {
        return List.of(
                "Looks in every room (or in one) for a transfer that nobody looks after any more: the process that plays its music"
                        + " is gone, or it has taken longer than any may. Permissions become what they were, agent and caller hear"
                        + " each other, the human is hung up on. Transfers that are under way are left alone.",
                "",
                "Made for cron, as the safety net behind each transfer's own watchdog: * * * * * assist transfer sweep --quiet",
                "",
                "A process that was killed stays in the room for up to 20 seconds, as the server does not know it to be dead"
                        + " before; assist transfer cancel does not wait for that.");
    }

    @Override
    List<Example> examples() {
        return List.of(new Example("assist transfer sweep", "In all rooms"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(target("0..1"));
    }

    @Override
    int run(Invocation in) {
        WarmTransfer transfers = in.wiring().transfers();
        int swept = 0;
        for (Undo.Found one : transfers.found(TransferStatusCommand.room(in))) {
            if (one.abandoned()) {
                swept++;
                tell(in, one, transfers.sweep(one));
            }
        }
        if (swept == 0) {
            in.terminal().note("Nobody was left on hold.");
        }
        return ExitCode.OK;
    }

    /** Fails with exit code 9 where the caller is not back. */
    static void tell(Invocation in, Undo.Found one, boolean back) {
        if (!back) {
            throw new Failure(new Problem.NotRestored(
                    "The caller in the room “" + one.room() + "” could not be brought back.",
                    "Try again, or end the call: its room can be deleted."));
        }
        in.io().out().print("Brought back: the caller in the room " + Terminal.printable(one.room()) + " (transfer " + one.mark().id()
                + " of " + Terminal.printable(one.mark().who()) + ")\n");
    }
}
