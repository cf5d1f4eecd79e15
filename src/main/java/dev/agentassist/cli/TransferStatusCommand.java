package dev.agentassist.cli;

import dev.agentassist.render.TransferWriter;
import dev.agentassist.transfer.room.Undo;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist transfer status}. */
final class TransferStatusCommand extends Command {

    @Override
    String name() {
        return "status";
    }

    @Override
    String summary() {
        return "Show the transfers under way, and those that were never ended";
    }

    @Override
    List<Example> examples() {
        return List.of(new Example("assist transfer status", "All of the deployment"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(target("0..1"));
        spec.addOption(choice("--format", List.of("table", "json"), "How to print it"));
    }

    /** The room that the target means, or null for all. */
    static String room(Invocation in) {
        return in.argument() == null ? null : in.wiring().calls(true).room(in.target());
    }

    @Override
    int run(Invocation in) {
        boolean json = in.choice("--format").equals("json");
        String room = room(in);
        List<Undo.Found> found = in.wiring().transfers().found(room);
        if (json) {
            in.io().out().print(TransferWriter.json(found));
        } else if (found.isEmpty()) {
            in.terminal().note(room == null ? "No call is being transferred." : "The call is not being transferred.");
        } else {
            in.io().out().print(TransferWriter.table(found));
        }
        return ExitCode.OK;
    }
}
