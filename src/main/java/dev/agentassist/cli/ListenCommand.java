package dev.agentassist.cli;

import dev.agentassist.conversation.Target;
import dev.agentassist.listen.Destination;
import dev.agentassist.listen.Listening;
import dev.agentassist.listen.SoundFormat;
import dev.agentassist.live.segment.Role;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.tail.TailCall;
import dev.agentassist.tail.TailOutcome;
import dev.agentassist.terminal.Interrupt;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist listen}: a call's sound, into a file or a player. */
final class ListenCommand extends Command {

    @Override
    String name() {
        return "listen";
    }

    @Override
    String summary() {
        return "Hear a call: record its sound, or pipe it into a player";
    }

    @Override
    List<String> description() {
        return List.of(
                "Joins a call unseen, listens only, and writes what it hears: Opus in Ogg, or WAV (48 kHz, mono). The sound is as"
                        + " long as the listening was: pauses, and times without a connection, are silent. Everybody is in one"
                        + " file, or, with --separate, in one each, beginning and ending together; in Ogg those hold the packets"
                        + " as they were received. --output - is for a player: assist listen TARGET --output - | ffplay -nodisp -",
                "",
                "It ends with the call or after --max-duration, with 0; with 4 when somebody removes the listener, with 6 when a"
                        + " lost connection is not regained within --timeout. Killed at any moment, the file plays up to the last"
                        + " second.",
                "",
                "Recording is announced to nobody: whether you may is for you to know. Each listen leaves its line in the listen"
                        + " audit log (agent-assist/listen.jsonl in $XDG_STATE_HOME), which says that it was recorded. Files are"
                        + " readable by their owner alone and never take another one's place.");
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist listen +14155550132", "Into a file named after the room and the time"),
                new Example("assist listen room:call-42 --output call.wav --max-duration 5m", "Five minutes, as WAV"),
                new Example("assist listen room:call-42 --separate --output call.ogg", "A file for each speaker"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(target());
        spec.addOption(option("--output", "FILE", "Where to: NAME.ogg, NAME.wav, or - for stdout (default: ROOM-TIME.ogg here)"));
        spec.addOption(option("--format", "ogg|wav", "What to write (default: what the name of --output says, else ogg)"));
        spec.addOption(flag("--mix", "Everybody in one file (the default)"));
        spec.addOption(flag("--separate", "A file for each speaker"));
        spec.addOption(option("--speaker", "agent|caller", "Hear one side only"));
        spec.addOption(option("--max-duration", "DURATION", "Leave after so long"));
        TokenCommand.listenOptions(spec);
    }

    @Override
    int run(Invocation in) throws Exception {
        Target target = in.target();
        Role speaker = ListenCalls.speaker(in);
        Duration longest = ListenCalls.longest(in);
        SoundFormat format = format(in);
        check(in);
        // A name that was given is tried before anything is asked for; one of ours needs the room's.
        Destination named = in.value("--output") == null ? null : destination(in, null, format);
        TailCall call = open(in, target, named);
        Destination destination = named == null ? destination(in, call, format) : named;
        destination.tag("TITLE", "Call in the room " + call.room());
        destination.tag("DATE", in.io().clock().instant().toString());
        var parts = new Listening.Parts(
                in.wiring().live(), in.settings().timeout(), Version.current(), in.wiring()::store, in.terminal()::note,
                in.terminal()::warn);
        TailOutcome outcome;
        Listening.Kept kept;
        try (var listening = new Listening(parts, call, speaker, destination)) {
            try (var interrupt = new Interrupt(() -> {
                listening.stop();
                tell(in, listening.finishAtOnce(), destination);
            })) {
                outcome = listening.run(longest);
            }
            kept = listening.finish();
        }
        if (outcome != null && outcome.problem() != null) {
            tell(in, kept, destination);
            throw new Failure(outcome.problem());
        }
        if (outcome != null) {
            in.terminal().note(outcome.ending().detail());
        }
        tell(in, kept, destination);
        if (kept.failure() != null && !toStdout(in)) {
            throw new Failure(
                    new Problem.Unexpected("Not all of the sound could be written.", "Name a file on a disk with room."), kept.failure());
        }
        return ExitCode.OK;
    }

    private static TailCall open(Invocation in, Target target, Destination named) throws InterruptedException {
        boolean opened = false;
        try {
            TailCall call = ListenCalls.source(in, "recording", false).open(target, Duration.ZERO);
            opened = true;
            return call;
        } finally {
            if (!opened && named != null) {
                named.discard();
            }
        }
    }

    private static boolean toStdout(Invocation in) {
        return "-".equals(in.value("--output"));
    }

    private static void check(Invocation in) {
        if (in.flag("--mix") && in.flag("--separate")) {
            throw Failure.badInput("--mix and --separate exclude each other.", "Give one of them.");
        }
        if (toStdout(in) && in.flag("--separate")) {
            throw Failure.badInput("--separate makes several files, and stdout is one stream.", "Name a file: --output call.ogg.");
        }
        if (toStdout(in) && in.io().outIsTerminal()) {
            throw Failure.badInput("A terminal cannot play sound.", "Pipe it into a player: assist listen … --output - | ffplay -nodisp -");
        }
    }

    private static SoundFormat format(Invocation in) {
        String output = in.value("--output");
        String word = in.value("--format");
        SoundFormat named = output == null || output.equals("-") ? null : SoundFormat.of(output);
        if (word == null) {
            if (named == null && output != null && !output.equals("-")) {
                throw Failure.badInput(
                        "The name " + output + " does not say what to write.", "Let it end in .ogg or .wav, or give --format.");
            }
            return named == null ? SoundFormat.OGG : named;
        }
        SoundFormat format = switch (word) {
            case "ogg" -> SoundFormat.OGG;
            case "wav" -> SoundFormat.WAV;
            default -> throw Failure.badInput("“" + word + "” is no value of --format.", "Use ogg or wav.");
        };
        if (named != null && named != format) {
            throw Failure.badInput(output + " is not the name of a file of --format " + word + ".", "Name it ….%s.".formatted(word));
        }
        return format;
    }

    private static Destination destination(Invocation in, TailCall call, SoundFormat format) {
        String output = in.value("--output");
        if (toStdout(in)) {
            return Destination.stream(new Pipe(in.io().out()), format);
        }
        Path path = path(output, call, in, format);
        return in.flag("--separate") ? Destination.separate(path, format) : Destination.file(path, format);
    }

    private static Path path(String output, TailCall call, Invocation in, SoundFormat format) {
        try {
            return output != null
                    ? Path.of(output)
                    : Path.of(Destination.nameOf(call.room(), in.io().clock().instant(), ZoneId.systemDefault()) + "."
                            + format.extension());
        } catch (InvalidPathException e) {
            throw Failure.badInput("“" + output + "” is no path.", "Name a file.");
        }
    }

    /** How long, and where. */
    private static void tell(Invocation in, Listening.Kept kept, Destination destination) {
        if (kept.length().isZero()) {
            return;
        }
        String length = length(kept.length());
        if (toStdout(in)) {
            in.terminal().note(length + " of sound went to stdout.");
        } else if (destination.files().isEmpty()) {
            in.terminal().warn("Nobody was heard in " + length + ": there is no file.");
        } else {
            in.terminal().note("Recorded " + length + " into "
                    + destination.files().stream().map(Path::toString).collect(Collectors.joining(", ")) + ".");
            if (kept.packets() == 0) {
                in.terminal().warn("Nobody was heard: it is silent.");
            }
        }
    }

    private static String length(Duration length) {
        double seconds = length.toMillis() / 1000.0;
        return seconds < 60
                ? String.format(Locale.ROOT, "%.1f s", seconds)
                : length.toMinutes() + " min " + length.toSecondsPart() + " s";
    }

    /** Stdout, with its closing noticed. */
    private static final class Pipe extends OutputStream {
        private final PrintStream out;

        Pipe(PrintStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            if (out.checkError()) {
                throw new IOException("stdout is closed");
            }
        }
    }
}
