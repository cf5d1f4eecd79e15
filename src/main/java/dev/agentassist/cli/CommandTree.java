package dev.agentassist.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.Model.CommandSpec;

/** All commands, as picocli's model. */
final class CommandTree {

    /** Nothing is made by reflection; picocli's own factory looks for Groovy first, in every jar of the class path. */
    private static final IFactory FACTORY = new IFactory() {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type.getDeclaredConstructor().newInstance();
        }
    };

    private CommandTree() {}

    private static List<Command> commands() {
        return List.of(
                new TokenCommand(),
                new InspectCommand(),
                new ListenersCommand(),
                new TailCommand(),
                new ListenCommand(),
                new SnoopCommand(),
                new BriefCommand(),
                new TransferCommand(),
                new ConversationsCommand(),
                new AuditCommand(),
                new SmokeCommand(),
                new DoctorCommand(),
                new ConfigCommand(),
                new CompletionCommand());
    }

    /** The whole model: for completions, manual pages and tests. */
    static CommandLine whole() {
        return build(word -> true);
    }

    /**
     * The model that this command line needs: only the commands whose names occur in it. Declaring every option of every
     * command at every start costs more than running one; help and typos take the names from {@link Command}.
     */
    static CommandLine forArguments(String[] args) {
        Set<String> words = Arrays.stream(args).collect(Collectors.toSet());
        return build(words::contains);
    }

    private static CommandLine build(Predicate<String> wanted) {
        var line = new CommandLine(spec(new Root(commands()), wanted), FACTORY);
        line.setExpandAtFiles(false);
        line.setOverwrittenOptionsAllowed(false);
        line.setAbbreviatedOptionsAllowed(false);
        line.setAbbreviatedSubcommandsAllowed(false);
        return line;
    }

    private static CommandSpec spec(Command command, Predicate<String> wanted) {
        CommandSpec spec = CommandSpec.wrapWithoutInspection(command, FACTORY).name(command.name());
        command.define(spec);
        Globals.options().forEach(spec::addOption);
        for (Command sub : command.subcommands()) {
            if (wanted.test(sub.name())) {
                spec.addSubcommand(sub.name(), new CommandLine(spec(sub, wanted), FACTORY));
            }
        }
        return spec;
    }

    /** The program itself. */
    private static final class Root extends Command {
        private final List<Command> commands;

        Root(List<Command> commands) {
            this.commands = commands;
        }

        @Override
        String name() {
            return "assist";
        }

        @Override
        String summary() {
            return "Listen to, brief and take over AI voice calls on LiveKit";
        }

        @Override
        List<String> description() {
            return List.of(
                    "Listen to AI voice calls on LiveKit unheard, brief a human before they take one over, and keep the calls'"
                            + " transcripts at hand.",
                    "Options can stand before or behind the command. assist help COMMAND is assist COMMAND --help.");
        }

        @Override
        List<Example> examples() {
            return List.of(
                    new Example("assist brief --demo +14155550132", "The brief of a bundled sample call"),
                    new Example("assist conversations list --demo", "All sample calls"));
        }

        @Override
        List<Command> subcommands() {
            return commands;
        }
    }
}
