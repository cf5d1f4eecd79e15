package dev.agentassist.cli;

import dev.agentassist.problem.Failure;
import dev.agentassist.transfer.room.Undo;
import dev.agentassist.transfer.room.WarmTransfer;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist transfer cancel}. */
final class TransferCancelCommand extends Command {

    @Override
    String name() {
        return "cancel";
    }

    @Override
    String summary() {
        return "End a transfer that is under way: the caller is brought back";
    }

    @Override
    List<String> description() {
        return List.of(
                "Has the process that transfers bring the caller back to the agent, wherever it runs, and does it itself when that"
                        + " does not happen within 5 seconds. Without a target it ends the only transfer that there is.");
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(target("0..1"));
    }

    @Override
    int run(Invocation in) {
        String room = TransferStatusCommand.room(in);
        WarmTransfer transfers = in.wiring().transfers();
        List<Undo.Found> found = transfers.found(room);
        if (found.isEmpty()) {
            throw Failure.wrongState("There is no transfer to end.", "assist transfer status shows those that there are.");
        }
        if (found.size() > 1 && room == null) {
            throw Failure.badInput(
                    "There are " + found.size() + " transfers.", "Name the call; assist transfer status shows them all.");
        }
        for (Undo.Found one : found) {
            TransferSweepCommand.tell(in, one, transfers.cancel(one));
        }
        return ExitCode.OK;
    }
}
