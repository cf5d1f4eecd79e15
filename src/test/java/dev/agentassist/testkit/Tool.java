package dev.agentassist.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A tool of the machine run to its end: a package manager, a compiler, a speech synthesizer. */
final class Tool {

    private static final int LAST_LINES = 12;
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    private final List<String> command;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path folder;
    private Duration limit = Duration.ofMinutes(2);
    private String announced;

    private Tool(List<String> command) {
        this.command = command;
    }

    static Tool of(String... command) {
        return new Tool(List.of(command));
    }

    Tool in(Path folder) {
        this.folder = folder;
        return this;
    }

    Tool with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    Tool within(Duration limit) {
        this.limit = limit;
        return this;
    }

    /** Says on stderr what is being done, at once and again while it lasts. */
    Tool announce(String doing) {
        this.announced = doing;
        return this;
    }

    /** Runs it; what it printed, both streams together. A failure names the tool and its last lines. */
    String run() {
        var outcome = outcome();
        if (outcome.exit != 0) {
            throw new AssertionError("“" + String.join(" ", command) + "” failed with " + outcome.exit + ": "
                    + String.join("\n", outcome.last));
        }
        return outcome.text;
    }

    /** Runs it; whether it ended with 0. */
    boolean succeeds() {
        return outcome().exit == 0;
    }

    private record Outcome(int exit, String text, Deque<String> last) {}

    private Outcome outcome() {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        if (folder != null) {
            builder.directory(folder.toFile());
        }
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new AssertionError("“" + command.getFirst() + "” cannot be started: " + e.getMessage(), e);
        }
        Children.add(process);
        var text = new StringBuilder();
        var last = new ArrayDeque<String>();
        var reader = Thread.ofVirtual().start(() -> read(process, text, last));
        try {
            return new Outcome(await(process, last), join(reader, text), last);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new AssertionError("Interrupted while “" + command.getFirst() + "” ran.", e);
        }
    }

    private int await(Process process, Deque<String> last) throws InterruptedException {
        long start = System.nanoTime();
        if (announced != null) {
            System.err.println("testkit: " + announced + " …");
        }
        while (!process.waitFor(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)) {
            var elapsed = Duration.ofNanos(System.nanoTime() - start);
            if (elapsed.compareTo(limit) > 0) {
                process.destroyForcibly();
                throw new AssertionError("“" + String.join(" ", command) + "” did not end within " + limit.toSeconds() + " s.");
            }
            if (announced != null) {
                System.err.println("testkit: " + announced + ", " + elapsed.toSeconds() + " s so far …");
            }
        }
        return process.exitValue();
    }

    private static String join(Thread reader, StringBuilder text) throws InterruptedException {
        reader.join(Duration.ofSeconds(10));
        synchronized (text) {
            return text.toString();
        }
    }

    private static void read(Process process, StringBuilder text, Deque<String> last) {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                synchronized (text) {
                    text.append(line).append('\n');
                    last.addLast(line);
                    if (last.size() > LAST_LINES) {
                        last.removeFirst();
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a tool is on this machine's PATH. */
    static Optional<Path> find(String name) {
        for (String folder : System.getenv().getOrDefault("PATH", "/usr/bin:/bin").split(":")) {
            Path file = Path.of(folder).resolve(name);
            if (!folder.isEmpty() && Files.isExecutable(file) && !Files.isDirectory(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
