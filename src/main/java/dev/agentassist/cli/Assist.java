package dev.agentassist.cli;

import dev.agentassist.config.Places;
import dev.agentassist.config.Settings;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.terminal.Io;
import dev.agentassist.terminal.Terminal;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program: parses a command line, runs its command, tells what went wrong, and returns the exit code. */
public final class Assist {

    private final Io io;

    public Assist(Io io) {
        this.io = io;
    }

    /** Runs one command line. Writes only to the streams of its {@link Io}; never exits. */
    public int run(String... args) {
        int code = execute(args);
        io.out().flush();
        io.err().flush();
        return code;
    }

    private int execute(String[] args) {
        CommandLine root = CommandTree.forArguments(args);
        ParseResult parsed;
        try {
            parsed = root.parseArgs(args);
        } catch (ParameterException e) {
            return usage(e, args);
        }
        ParseResult leaf = parsed;
        while (leaf.hasSubcommand()) {
            leaf = leaf.subcommand();
        }
        var color = Globals.color(leaf.matchedOptionValue("--color", null));
        var terminal = new Terminal(io, color, leaf.hasMatchedOption("--quiet"));
        CommandLine line = leaf.commandSpec().commandLine();
        if (leaf.isUsageHelpRequested()) {
            line.setUsageHelpWidth(Math.clamp(terminal.width(), 60, 100));
            line.usage(io.out(), terminal.outColored() ? Ansi.ON : Ansi.OFF);
            return ExitCode.OK;
        }
        if (leaf.isVersionHelpRequested()) {
            io.out().println("assist " + Version.current());
            return ExitCode.OK;
        }
        var command = (Command) leaf.commandSpec().userObject();
        if (!command.subcommands().isEmpty()) {
            return group(leaf, terminal);
        }
        return run(command, leaf, terminal);
    }

    private int run(Command command, ParseResult leaf, Terminal terminal) {
        boolean json = wantsJson(command, leaf);
        try {
            var places = Places.of(io.environment(), io.home());
            var settings = new Settings(
                    Globals.flags(leaf),
                    io.environment(),
                    places,
                    leaf.matchedOptionValue("--profile", null),
                    (file, profile, key) -> file.get(profile, key.setting()));
            boolean demo = leaf.hasMatchedOption("--demo");
            var wiring = new Wiring(settings, io, terminal, demo);
            return command.run(new Invocation(leaf, settings, io, terminal, wiring));
        } catch (Failure e) {
            return tell(e.problem(), e, json, terminal, leaf.hasMatchedOption("--verbose"));
        } catch (Exception e) {
            var problem = new Problem.Unexpected(
                    "Something unexpected failed (" + e.getClass().getSimpleName() + ").",
                    "Run it again with --verbose and report what it prints.");
            return tell(problem, e, json, terminal, leaf.hasMatchedOption("--verbose"));
        }
    }

    private static boolean wantsJson(Command command, ParseResult leaf) {
        var format = leaf.commandSpec().findOption("--format");
        if (format == null) {
            return command.jsonByDefault();
        }
        String value = leaf.matchedOptionValue("--format", format.defaultValue());
        return value != null && value.startsWith("json");
    }

    private int tell(Problem problem, Exception e, boolean json, Terminal terminal, boolean verbose) {
        int code = ExitCode.of(problem);
        terminal.progress("");
        if (json) {
            ErrorJson.write(problem, code, io.err());
        } else {
            terminal.error(problem.detail(), problem.hint());
        }
        if (verbose) {
            e.printStackTrace(io.err());
        }
        return code;
    }

    private int group(ParseResult leaf, Terminal terminal) {
        terminal.error(
                "“" + leaf.commandSpec().qualifiedName() + "” needs to know what to do.",
                "Use one of " + String.join(", ", leaf.commandSpec().subcommands().keySet()) + "; see "
                        + leaf.commandSpec().qualifiedName() + " --help.");
        return ExitCode.USAGE;
    }

    private int usage(ParameterException e, String[] args) {
        var terminal = new Terminal(io, Terminal.Color.AUTO, false);
        String command = e.getCommandLine().getCommandSpec().qualifiedName();
        String hint = suggestion(e).map(s -> "Did you mean " + s + "? ").orElse("") + "See " + command + " --help.";
        var problem = Problem.badInput(UsageMessage.of(e), hint);
        List<String> words = List.of(args);
        int format = words.indexOf("--format");
        boolean json = words.stream().anyMatch(w -> w.startsWith("--format=json"))
                || format >= 0 && format + 1 < words.size() && words.get(format + 1).startsWith("json");
        return tell(problem, e, json, terminal, false);
    }

    private static Optional<String> suggestion(ParameterException e) {
        if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
            List<String> close = unmatched.getSuggestions();
            return close.isEmpty() ? Optional.empty() : Optional.of(close.getFirst());
        }
        return Optional.empty();
    }
}
