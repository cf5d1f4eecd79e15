package dev.agentassist.tail;

import dev.agentassist.problem.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Runs a command for an event, which it gets on its standard input. No shell is made: nothing that was said can become a
 * word of a command line. A slow command delays nobody: some run at once, some wait, further ones are left out and said.
 */
final class MatchCommand implements AutoCloseable {

    private static final int AT_ONCE = 4;
    private static final int MOST_WAITING = 256;
    private static final long LAST_ONES_MILLIS = 5_000;

    private final List<String> words;
    private final Consumer<String> warn;
    private final ThreadPoolExecutor pool;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private final AtomicLong leftOut = new AtomicLong();

    MatchCommand(String line, Consumer<String> warn) {
        this.words = split(line);
        this.warn = warn;
        this.pool = new ThreadPoolExecutor(
                AT_ONCE,
                AT_ONCE,
                1,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().daemon().name("tail-exec").factory());
        pool.allowCoreThreadTimeOut(true);
    }

    /** Words are separated by spaces; single or double quotes keep one together. Nothing else is special. */
    static List<String> split(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (char c : line.toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                begun = true;
            } else if (Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (quote != 0) {
            throw Failure.badInput("A quote in the command of --exec is not closed.", "Close it: --exec \"notify 'front desk'\".");
        }
        if (begun) {
            words.add(word.toString());
        }
        if (words.isEmpty()) {
            throw Failure.badInput("--exec names no command.", "Give a program and its arguments, as in --exec \"notify-send Match\".");
        }
        return words;
    }

    void run(String event) {
        try {
            pool.execute(() -> one(event));
        } catch (RejectedExecutionException e) {
            leftOut.incrementAndGet();
        }
    }

    private void one(String event) {
        Process process = null;
        try {
            process = new ProcessBuilder(words).redirectErrorStream(true).start();
            running.add(process);
            try (OutputStream in = process.getOutputStream()) {
                in.write(event.getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                // It does not read its input.
            }
            try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                // Results alone go to stdout: what the command prints is a note.
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    warn.accept(words.getFirst() + ": " + line);
                }
            }
            int code = process.waitFor();
            if (code != 0) {
                warn.accept("The command of --exec (" + words.getFirst() + ") ended with " + code + ".");
            }
        } catch (IOException e) {
            warn.accept("The command of --exec (" + words.getFirst() + ") cannot be run: " + e.getMessage() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (process != null) {
                running.remove(process);
                process.destroyForcibly();
            }
        }
    }

    /** Waits some seconds for those that run; ends the others. */
    @Override
    public void close() {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(LAST_ONES_MILLIS, TimeUnit.MILLISECONDS)) {
                leftOut.addAndGet(pool.getQueue().size());
                stop();
            }
        } catch (InterruptedException e) {
            stop();
            Thread.currentThread().interrupt();
        }
        if (leftOut.get() > 0) {
            warn.accept("The command of --exec was too slow: it was not run for " + leftOut.get() + " matches.");
        }
    }

    /** At once. */
    void stop() {
        pool.shutdownNow();
        running.forEach(Process::destroyForcibly);
    }
}
