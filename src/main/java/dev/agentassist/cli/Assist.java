package dev.agentassist.cli;

import dev.agentassist.config.Places;
import dev.agentassist.config.ProfileSecrets;
import dev.agentassist.config.Settings;
import dev.agentassist.manual.HelpText;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.terminal.Io;
import dev.agentassist.terminal.ResultStream;
import dev.agentassist.terminal.Terminal;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The program: parses a command line, runs its command, tells what went wrong, and returns the exit code. */
public final class Assist {

    private final Io io;

    public Assist(Io io) {
        this.io = io;
    }

    /** Every command that there is, as its words from the program's name on. */
    public static List<List<String>> commands() {
        return Pages.all(CommandTree.whole().getCommandSpec()).stream()
                .map(page -> List.of(page.name().split(" ")))
                .toList();
    }

    /** Runs one command line. Writes only to the streams of its {@link Io}; never exits. */
    public int run(String... args) {
        int code = execute(args);
        if (io.out() instanceof ResultStream results && results.abandoned()) {
            io.err().flush();
            return code;
        }
        io.out().flush();
        if (code == ExitCode.OK && io.out() instanceof ResultStream results && results.lost() != null) {
            code = lost(results.lost(), args);
        }
        io.err().flush();
        return code;
    }

    /** Results that nobody got, on a full disk say, are no success. */
    private int lost(String why, String[] args) {
        Typed typed = Typed.of(CommandTree.forArguments(args).parseArgs(args));
        return tell(
                Problem.badInput("Standard output could not be written (" + why + ").", "What was printed is not whole."),
                null,
                ErrorJson.wanted(typed.command().commandSpec(), args),
                new Terminal(io, Globals.color(typed.value("--color")), false),
                false);
    }

    private int execute(String[] args) {
        if (args.length > 0 && args[0].equals(LiveNames.NAME)) {
            return new LiveNames(io).run(List.of(args).subList(1, args.length));
        }
        if (args.length > 0 && args[0].equals(WatchdogProcess.NAME)) {
            return WatchdogProcess.run(io);
        }
        if (args.length > 0 && args[0].equals("help")) {
            return execute(helpFor(args));
        }
        Ahead.of(args);
        CommandLine root = CommandTree.forArguments(args);
        Typed typed;
        try {
            typed = Typed.of(root.parseArgs(args));
        } catch (ParameterException e) {
            var terminal = new Terminal(io, Globals.colorIn(args), false);
            CommandSpec spec = e.getCommandLine().getCommandSpec();
            return tell(UsageMessage.problem(e), e, ErrorJson.wanted(spec, args), terminal, false);
        }
        var terminal = new Terminal(io, Globals.color(typed.value("--color")), typed.has("--quiet"));
        CommandSpec spec = typed.command().commandSpec();
        if (typed.helpRequested()) {
            return help(spec, terminal);
        }
        if (typed.versionRequested()) {
            io.out().println("assist " + Version.current());
            return ExitCode.OK;
        }
        boolean json = ErrorJson.wanted(spec, args);
        boolean verbose = typed.has("--verbose");
        try {
            typed.check();
            var command = (Command) spec.userObject();
            if (!command.runs()) {
                throw UsageMessage.commandMissing(spec);
            }
            return command.run(invocation(typed, terminal));
        } catch (Failure e) {
            return tell(e.problem(), e, json, terminal, verbose);
        } catch (OutOfMemoryError e) {
            var problem = new Problem.Unexpected(
                    "There is not enough memory for this (" + (Runtime.getRuntime().maxMemory() >> 20) + " MB).",
                    "Give it less at once: single records as long as that are not meant.");
            return tell(problem, null, json, terminal, false);
        } catch (Exception e) {
            var problem = new Problem.Unexpected(
                    "Something unexpected failed (" + e.getClass().getSimpleName() + ").",
                    "Run it again with --verbose and report what it prints.");
            return tell(problem, e, json, terminal, verbose);
        }
    }

    /** {@code help token} is {@code token --help}. */
    private static String[] helpFor(String[] args) {
        String[] asked = Arrays.copyOfRange(args, 1, args.length + 1);
        asked[args.length - 1] = "--help";
        return asked;
    }

    private Invocation invocation(Typed typed, Terminal terminal) {
        var places = Places.of(io.environment(), io.home());
        var settings = new Settings(
                Globals.flags(typed),
                io.environment(),
                places,
                typed.value("--profile"),
                new ProfileSecrets(places),
                terminal::warn);
        var wiring = new Wiring(settings, io, terminal, typed.has("--demo"));
        return new Invocation(typed, settings, io, terminal, wiring);
    }

    private int help(CommandSpec spec, Terminal terminal) {
        var text = new HelpText(
                terminal.width(),
                heading -> terminal.paint(Terminal.Style.HEADING, heading),
                term -> terminal.paint(Terminal.Style.GOOD, term));
        io.out().print(text.write(Pages.of(spec), Pages.exits()));
        return ExitCode.OK;
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
}
