package dev.agentassist.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that runs: its output so far, lines to wait for, signals. Closing it kills it. */
public final class Running implements AutoCloseable {

    private final Process process;
    private final String command;
    private final Capture out;
    private final Capture err;

    Running(Process process, String command) {
        this.process = process;
        this.command = command;
        this.out = new Capture(process.getInputStream());
        this.err = new Capture(process.getErrorStream());
    }

    /** Any other program, with its path, its home and this in its environment. */
    public static Running of(java.nio.file.Path folder, java.util.Map<String, String> environment, String... command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            Children.add(process);
            return new Running(process, String.join(" ", command));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String out() {
        return out.text();
    }

    public String err() {
        return err.text();
    }

    /** Whole lines of stdout so far. */
    public List<String> outLines() {
        String text = out.text();
        return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    }

    /** Waits until stdout has a line that holds the pattern. */
    public Matcher awaitOut(String regex) {
        return await(out, regex);
    }

    /** Waits until stderr has a line that holds the pattern. */
    public Matcher awaitErr(String regex) {
        return await(err, regex);
    }

    private Matcher await(Capture capture, String regex) {
        var pattern = Pattern.compile(regex, Pattern.MULTILINE);
        var found = new Matcher[1];
        Await.until(() -> "“" + command + "” prints “" + regex + "”; it printed\n" + out() + err(), Await.PATIENCE, () -> {
            boolean ended = !process.isAlive() && capture.ended();
            found[0] = pattern.matcher(capture.text());
            if (found[0].find()) {
                return true;
            }
            if (ended) {
                throw new AssertionError("“" + command + "” ended with " + process.exitValue() + " before it printed “" + regex
                        + "”; it printed\n" + out() + err());
            }
            return false;
        });
        return found[0];
    }

    /** Writes to its stdin, which stays open. */
    public void type(String text) {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends its stdin. */
    public void closeInput() {
        closeInput(new byte[0]);
    }

    /** Writes in a thread of its own, because who does not read must not stop the test. */
    void closeInput(byte[] bytes) {
        Thread.ofVirtual().start(() -> {
            try (OutputStream in = process.getOutputStream()) {
                in.write(bytes);
            } catch (IOException e) {
                // It ended without reading everything.
            }
        });
    }

    /** {@code INT}, {@code TERM}, {@code KILL}, {@code STOP}, {@code CONT}… */
    public void signal(String name) {
        Signals.send(process.toHandle(), name);
    }

    /** What it left; kills it and fails when it does not end in time. */
    public Program.Result await(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(
                        "“" + command + "” did not end within " + limit.toSeconds() + " s; it printed\n" + out() + err());
            }
            out.join();
            err.join();
            return new Program.Result(process.exitValue(), out(), err());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new AssertionError(e);
        }
    }

    public Program.Result await() {
        return await(Await.PATIENCE);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Reads a stream to its end. */
    private static final class Capture {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Thread thread;

        Capture(InputStream in) {
            thread = Thread.ofVirtual().start(() -> {
                byte[] buffer = new byte[8192];
                try {
                    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                        bytes.write(buffer, 0, n);
                    }
                } catch (IOException e) {
                    // Killed: what came until then is what there is.
                }
            });
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        boolean ended() {
            return !thread.isAlive();
        }

        void join() throws InterruptedException {
            thread.join(Duration.ofSeconds(20));
        }
    }
}
