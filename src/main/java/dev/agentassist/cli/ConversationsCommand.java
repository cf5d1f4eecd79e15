package dev.agentassist.cli;

import java.util.List;

/** {@code assist conversations}: what is in the store. */
final class ConversationsCommand extends Command {

    @Override
    String name() {
        return "conversations";
    }

    @Override
    String summary() {
        return "List, show, import, export and delete conversations";
    }

    @Override
    List<Command> subcommands() {
        return List.of(
                new ConversationsListCommand(),
                new ConversationsShowCommand(),
                new ConversationsImportCommand(),
                new ConversationsExportCommand(),
                new ConversationsDeleteCommand());
    }
}
