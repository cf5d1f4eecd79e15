package dev.agentassist.listen;

import dev.agentassist.live.audio.MixedRecording;
import dev.agentassist.live.audio.Recording;
import dev.agentassist.live.audio.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A program of this machine that plays sound: it gets it on its standard input. */
public final class Player implements AutoCloseable {

    /** Those that are looked for, with what makes them play a pipe without a word. */
    private static final List<List<String>> KNOWN = List.of(
            List.of("ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet", "-fflags", "nobuffer", "-f", "wav", "-i", "-"),
            List.of("paplay", "--raw", "--rate=48000", "--channels=1", "--format=s16le"),
            List.of("aplay", "--quiet", "-"),
            List.of("play", "-q", "-t", "wav", "-"));

    private final List<String> command;
    private Process process;

    private Player(List<String> command) {
        this.command = command;
    }

    /** The names of those that are looked for. */
    public static List<String> names() {
        return KNOWN.stream().map(List::getFirst).toList();
    }

    /** {@code path}: the folders to look in, as in {@code PATH}. */
    public static Optional<Player> find(String path) {
        for (List<String> known : KNOWN) {
            for (String folder : path.split(":")) {
                Path program = Path.of(folder.isEmpty() ? "." : folder).resolve(known.getFirst());
                if (!folder.isEmpty() && Files.isExecutable(program) && !Files.isDirectory(program)) {
                    var words = new ArrayList<>(known);
                    words.set(0, program.toString());
                    return Optional.of(new Player(List.copyOf(words)));
                }
            }
        }
        return Optional.empty();
    }

    public String name() {
        return Path.of(command.getFirst()).getFileName().toString();
    }

    /** Starts it; what the recording is given is heard from now on. */
    public Recording play() throws IOException {
        process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var in = process.getOutputStream();
        return new MixedRecording(
                System.nanoTime(), command.contains("--raw") ? WavFile.samplesInto(in) : WavFile.into(in));
    }

    /** At once: what it still holds is not played. */
    @Override
    public void close() {
        if (process != null) {
            process.destroy();
        }
    }
}
