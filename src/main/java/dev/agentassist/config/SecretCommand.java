package dev.agentassist.config;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs the command that prints a secret, such as {@code pass show livekit/secret}. No shell; its standard input is empty,
 * so that it cannot eat ours; its standard error is the program's own, so that its prompts and errors are seen; its
 * standard output is never shown. The first line is the secret, as {@code pass} has it.
 */
final class SecretCommand {

    /** Long enough for a person to type a passphrase. */
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    private SecretCommand() {}

    static String run(List<String> words, String setting, Duration timeout) {
        String what = "The command for " + setting + " (" + words.getFirst() + ")";
        Process process;
        try {
            process = new ProcessBuilder(words).redirectError(Redirect.INHERIT).start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new Failure(
                    Problem.badInput(
                            what + " cannot be run.", "Check that it is installed and on the PATH, and mend " + setting + SecretPlace.COMMAND_SUFFIX + "."),
                    e);
        }
        var output = new Output(process.getInputStream());
        Thread reader = Thread.ofPlatform().daemon().start(output);
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Failure.unavailable(
                        what + " did not end within " + Durations.human(timeout) + ".", "Run it by hand to see what it waits for.");
            }
            // All it wrote is in the pipe now; a daemon that it left behind may hold the pipe open for ever.
            reader.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable(what + " was interrupted.", null);
        } finally {
            if (process.isAlive()) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        }
        if (process.exitValue() != 0) {
            throw Failure.unavailable(
                    what + " failed with exit code " + process.exitValue() + ".", "Run it by hand, mend it, and try again.");
        }
        String secret = output.firstLine();
        if (secret.isEmpty() || secret.chars().anyMatch(Character::isISOControl)) {
            throw Failure.badInput(
                    what + " printed no secret.", "It must print the secret as the first line of its standard output.");
        }
        return secret;
    }

    /** Collects what a stream gives, up to a limit. */
    private static final class Output implements Runnable {
        private final InputStream in;
        private final byte[] bytes = new byte[ProfileSecrets.LARGEST];
        private int length;

        Output(InputStream in) {
            this.in = in;
        }

        @Override
        public void run() {
            try {
                byte[] rest = new byte[8192];
                int n;
                while ((n = in.read(rest)) >= 0) {
                    keep(rest, n);
                }
            } catch (IOException e) {
                // The process ended and took its pipe along.
            }
        }

        private synchronized void keep(byte[] from, int n) {
            int kept = Math.min(n, bytes.length - length);
            System.arraycopy(from, 0, bytes, length, kept);
            length += kept;
        }

        synchronized String firstLine() {
            return new String(bytes, 0, length, StandardCharsets.UTF_8).lines().findFirst().orElse("").strip();
        }
    }
}
