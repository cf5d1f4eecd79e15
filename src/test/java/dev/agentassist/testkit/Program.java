package dev.agentassist.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The packaged program, run as a process with an own, at first empty, home. Nothing of the environment of whoever runs the
 * tests reaches it but PATH.
 */
public final class Program {

    /**
     * What a run left.
     *
     * @param exit the exit code; 128 plus the signal's number when a signal ended it
     */
    public record Result(int exit, String out, String err) {

        /** For messages of assertions. */
        @Override
        public String toString() {
            return "exit " + exit + "\n--- stdout\n" + out + "--- stderr\n" + err;
        }
    }

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path home;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private List<String> prefix = List.of();
    private Path folder;
    private byte[] stdin = {};
    private Duration limit = LIMIT;

    /** {@code home}: an empty folder, as of {@code @TempDir}. */
    public Program(Path home) {
        this.home = home.toAbsolutePath();
        this.folder = this.home;
        environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
        environment.put("HOME", this.home.toString());
        environment.put("LANG", "C.UTF-8");
        environment.put("XDG_CONFIG_HOME", this.home.resolve("config").toString());
        environment.put("XDG_DATA_HOME", this.home.resolve("data").toString());
        environment.put("XDG_STATE_HOME", this.home.resolve("state").toString());
        environment.put("XDG_CACHE_HOME", this.home.resolve("cache").toString());
    }

    private Program(Program other) {
        this.home = other.home;
        this.environment.putAll(other.environment);
        this.prefix = other.prefix;
        this.folder = other.folder;
        this.stdin = other.stdin;
        this.limit = other.limit;
    }

    /** The folder that the build assembled: {@code target/assist}, or the system property {@code assist.home}. */
    public static Path installation() {
        Path home = Path.of(System.getProperty("assist.home", "target/assist")).toAbsolutePath();
        if (!Files.isExecutable(home.resolve("bin/assist"))) {
            throw new AssertionError("There is no packaged program in " + home + ": run “mvn -DskipTests package” first.");
        }
        return home;
    }

    public Path home() {
        return home;
    }

    /** A copy with one more environment variable; null takes it away. */
    public Program with(String variable, String value) {
        var copy = new Program(this);
        if (value == null) {
            copy.environment.remove(variable);
        } else {
            copy.environment.put(variable, value);
        }
        return copy;
    }

    public Program with(Map<String, String> variables) {
        var copy = new Program(this);
        copy.environment.putAll(variables);
        return copy;
    }

    /** A copy that talks to a LiveKit server. */
    public Program with(LiveKitServerPart server) {
        return with(server.environment());
    }

    /** A copy that reads this from stdin. */
    public Program reading(String text) {
        return reading(text.getBytes(StandardCharsets.UTF_8));
    }

    public Program reading(byte[] bytes) {
        var copy = new Program(this);
        copy.stdin = bytes;
        return copy;
    }

    /** A copy that runs in a folder. */
    public Program in(Path folder) {
        var copy = new Program(this);
        copy.folder = folder;
        return copy;
    }

    /** A copy that is started through other programs, as {@code setpriv --reuid nobody}. */
    public Program through(String... words) {
        var copy = new Program(this);
        copy.prefix = List.of(words);
        return copy;
    }

    /** A copy that may take longer. */
    public Program within(Duration limit) {
        var copy = new Program(this);
        copy.limit = limit;
        return copy;
    }

    /** The environment that a run gets. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Runs it to its end. */
    public Result run(String... arguments) {
        try (Running running = start(arguments)) {
            running.closeInput(stdin);
            return running.await(limit);
        }
    }

    /** Starts it; its stdin stays open. */
    public Running start(String... arguments) {
        var command = new ArrayList<>(prefix);
        command.add(installation().resolve("bin/assist").toString());
        command.addAll(List.of(arguments));
        return launch(command);
    }

    /** Runs a shell line with the program on its PATH, in its environment. */
    public Result shell(String line) {
        var copy = with("PATH", installation().resolve("bin") + ":" + environment.get("PATH"));
        var command = new ArrayList<>(prefix);
        command.addAll(List.of("bash", "-c", line));
        try (Running running = copy.launch(command)) {
            running.closeInput(stdin);
            return running.await(limit);
        }
    }

    private Running launch(List<String> command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            Children.add(process);
            return new Running(process, String.join(" ", command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
