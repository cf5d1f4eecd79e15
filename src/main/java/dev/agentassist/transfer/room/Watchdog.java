package dev.agentassist.transfer.room;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.livekit.LiveKitServer;
import dev.agentassist.livekit.RoomControl;
import dev.agentassist.net.Http;
import dev.agentassist.problem.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A small process that brings the caller back when this one dies, however it dies: it reads from a pipe that this process
 * holds open, and the pipe's end without a farewell is the sign. It also acts when the transfer takes longer than any may.
 *
 * <p>It knows the server's keys from the pipe's first line: nothing of them is in its arguments or its environment.
 */
public final class Watchdog {

    private static final String READY = "ready";
    private static final String BEGUN = "begun";
    private static final String FAREWELL = "done";
    /** A server that was restarted, or a network, is back by then, or nobody waits on hold any more. */
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    /** A busy machine starts a JVM in some seconds. */
    private static final Duration START = Duration.ofSeconds(20);

    /** Ctrl-C and a closed terminal reach every process of the terminal; they are not for this one. */
    private static final String DETACHED =
            "trap '' INT HUP TERM; if command -v setsid >/dev/null 2>&1; then exec setsid \"$@\"; else exec \"$@\"; fi";

    private final Process process;
    private final OutputStream pipe;

    private Watchdog(Process process) {
        this.process = process;
        this.pipe = process.getOutputStream();
    }

    /**
     * Starts it.
     *
     * @param program the command line of a program that hands its stdin to {@link #watch}
     */
    public static Watchdog start(
            List<String> program, LiveKitServer server, Http.Options http, String room, String id, Duration longest) {
        var command = new ArrayList<>(List.of("/bin/sh", "-c", DETACHED, "sh"));
        command.addAll(program);
        var builder = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.startsWith("LC_") && !name.equals("LANG"));
        ObjectNode task = Json.MAPPER.createObjectNode()
                .put("url", server.wsUrl())
                .put("key", server.apiKey())
                .put("secret", server.apiSecret())
                .put("ca_file", http.caFile() == null ? null : http.caFile().toAbsolutePath().toString())
                .put("proxy", http.proxy())
                .put("no_proxy", http.noProxy())
                .put("room", room)
                .put("id", id)
                .put("seconds", longest.toSeconds());
        try {
            var watchdog = new Watchdog(builder.start());
            watchdog.say(task.toString());
            return watchdog;
        } catch (IOException e) {
            throw unable();
        }
    }

    private static Failure unable() {
        return Failure.unavailable(
                "The watchdog, which brings the caller back should this process die, cannot be started.",
                "Without it no transfer is begun: look whether this machine can start another process.");
    }

    /** Waits until it watches: nothing may be taken from anybody before. Fails with {@code Unavailable} when it does not. */
    public void awaitReady() {
        var ready = new CompletableFuture<String>();
        Thread.ofPlatform().daemon().name("watchdog-ready").start(() -> {
            try {
                ready.complete(process.inputReader(StandardCharsets.UTF_8).readLine());
            } catch (IOException e) {
                ready.complete(null);
            }
        });
        if (!READY.equals(ready.completeOnTimeout(null, START.toMillis(), TimeUnit.MILLISECONDS).join())) {
            process.destroyForcibly();
            throw unable();
        }
    }

    private void say(String line) throws IOException {
        pipe.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        pipe.flush();
    }

    /** Of the process. */
    public long pid() {
        return process.pid();
    }

    /** From now on the transfer may take as long as was said, and no longer. */
    public void begin() {
        try {
            say(BEGUN);
        } catch (IOException e) {
            throw Failure.unavailable(
                    "The watchdog, which brings the caller back should this process die, has gone.",
                    "Without it no transfer is begun: try again.");
        }
    }

    /** {@code done}: it ends without doing anything; else it does what it is there for, and goes on trying for minutes. */
    public void end(boolean done) {
        try (pipe) {
            if (done) {
                say(FAREWELL);
            }
        } catch (IOException e) {
            // It is gone.
        }
    }

    /**
     * The other side: waits, and undoes. Returns when there is nothing left to watch.
     *
     * @param out where it says that it watches
     */
    public static void watch(InputStream pipe, PrintStream out, InstantSource clock) throws IOException, InterruptedException {
        var lines = new BufferedReader(new InputStreamReader(pipe, StandardCharsets.UTF_8));
        String first = lines.readLine();
        if (first == null) {
            return;
        }
        JsonNode task = Json.MAPPER.readTree(first);
        LiveKitServer server =
                LiveKitServer.of(task.get("url").asText(), "watchdog", task.get("key").asText(), task.get("secret").asText());
        String caFile = task.path("ca_file").textValue();
        var http = Http.client(new Http.Options(
                TIMEOUT, caFile == null ? null : Path.of(caFile), task.path("proxy").textValue(), task.path("no_proxy").textValue()));
        var control = new RoomControl(server, http, TIMEOUT, clock);
        var undo = new Undo(control, server.apiSecret(), clock);
        String room = task.get("room").asText();
        out.println(READY);
        out.flush();
        try {
            // There is nothing to undo yet: everything that will be needed is loaded by this, and a connection is open.
            undo.run(room, task.get("id").asText() + "-none", Duration.ZERO, true);
        } catch (Failure e) {
            // It may be reachable when it matters.
        }
        String next = lines.readLine();
        if (FAREWELL.equals(next)) {
            return;
        }
        if (BEGUN.equals(next) && FAREWELL.equals(farewell(lines, task.get("seconds").asLong()))) {
            return;
        }
        try {
            undo.run(room, task.get("id").asText(), LIMIT, false);
        } catch (Failure e) {
            // Nobody listens: assist transfer sweep says what is left.
        }
    }

    /** The farewell, or null when the pipe ended without one or the time is over. */
    private static String farewell(BufferedReader lines, long seconds) throws InterruptedException {
        var farewell = new CompletableFuture<String>();
        Thread.ofPlatform().daemon().start(() -> {
            try {
                farewell.complete(lines.readLine());
            } catch (IOException e) {
                farewell.complete(null);
            }
        });
        try {
            return farewell.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return null;
        }
    }
}
