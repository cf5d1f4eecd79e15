package dev.agentassist.transfer.sound;

import dev.agentassist.problem.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A synthesiser of this machine: it gets the text on its stdin and writes a WAV file to its stdout. No shell is made. */
public final class CommandSpeech implements Speech {

    private static final int LARGEST = 64 << 20;

    private final List<String> words;
    private final Duration limit;

    public CommandSpeech(List<String> words, Duration limit) {
        this.words = List.copyOf(words);
        this.limit = limit;
    }

    @Override
    public Sound say(String text) {
        String what = "The synthesiser " + words.getFirst();
        Process process = start(what);
        Thread killer = Thread.ofVirtual().start(() -> {
            try {
                if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                // It has ended.
            }
        });
        try {
            Thread.ofVirtual().start(() -> feed(process, text));
            byte[] wav = process.getInputStream().readNBytes(LARGEST);
            int code = process.waitFor();
            if (code != 0) {
                throw Failure.unavailable(what + " failed (" + code + ").", "Run it by hand: transfer.speech names it.");
            }
            return WavSound.encode(wav);
        } catch (IOException e) {
            throw Failure.unavailable(
                    what + " wrote no WAV file: " + e.getMessage() + ".", "It must write 16-bit PCM as WAV to its standard output.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable(what + " was interrupted.", null);
        } finally {
            killer.interrupt();
            process.destroyForcibly();
        }
    }

    private Process start(String what) {
        try {
            return new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            throw Failure.badInput(what + " cannot be run.", "Check that it is installed and on the PATH, and mend transfer.speech.");
        }
    }

    private static void feed(Process process, String text) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It did not want all of it.
        }
    }
}
