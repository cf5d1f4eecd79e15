package dev.agentassist.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * LiveKit's own client for Node.js (rtc-node) in a process, with any number of participants in it. Requests and events go
 * over its stdin and stdout, a JSON object a line ({@code src/test/node/participants.mjs}); the SDK's own log is on stdout, too.
 */
public final class Participants implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String url;
    private final Process process;
    private final Writer in;
    private final Path log;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final Map<Integer, Participant> joined = new ConcurrentHashMap<>();

    private Participants(String url) {
        this.url = url;
        Path modules = Parts.nodeModules();
        Path folder = Scratch.folder("participants-" + COUNT.incrementAndGet());
        this.log = folder.resolve("node.log");
        try {
            // Beside its modules, where Node looks for them.
            Files.createSymbolicLink(folder.resolve("node_modules"), modules.resolve("node_modules"));
            for (String file : new String[] {"participants.mjs", "wav.mjs", "package.json"}) {
                Files.copy(Path.of("src/test/node", file), folder.resolve(file));
            }
            var builder = new ProcessBuilder("node", folder.resolve("participants.mjs").toString())
                    .redirectError(log.toFile());
            builder.environment().put("LIVEKIT_API_KEY", LiveKitServerPart.KEY);
            builder.environment().put("LIVEKIT_API_SECRET", LiveKitServerPart.SECRET);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Children.add(process);
        in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name("participants").start(this::read);
    }

    /** A process for participants of one server. Kill it to see how the others take a crash. */
    public static Participants of(LiveKitServerPart server) {
        return new Participants(server.url());
    }

    /** With another URL than the server's own: through a proxy, say. */
    public static Participants of(String url) {
        return new Participants(url);
    }

    /** Somebody joins a room, with everything allowed. */
    public Participant join(String room, Join as) {
        var request = JSON.createObjectNode();
        request.put("room", room);
        request.set("as", JSON.valueToTree(as));
        return join(request);
    }

    /** Somebody joins with a token, as {@code assist token} mints it. Fails when the server refuses it. */
    public Participant joinWithToken(String token) {
        var request = JSON.createObjectNode();
        request.put("token", token);
        return join(request);
    }

    private Participant join(ObjectNode request) {
        int handle = ids.incrementAndGet();
        var participant = new Participant(this, handle);
        joined.put(handle, participant);
        request.put("url", url).put("handle", handle);
        participant.joined(ask("join", request));
        return participant;
    }

    /** Sends a request and waits for its answer; an error fails the test with what the client said. */
    JsonNode ask(String operation, ObjectNode request) {
        int id = ids.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        answers.put(id, answer);
        request.put("id", id).put("op", operation);
        try {
            synchronized (in) {
                in.write(JSON.writeValueAsString(request));
                in.write('\n');
                in.flush();
            }
            JsonNode node = answer.get(90, TimeUnit.SECONDS);
            if (node.has("error")) {
                throw new AssertionError("“" + operation + "” failed: " + node.get("error").asText());
            }
            return node;
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new AssertionError("The participants' process does not answer “" + operation + "”: see " + log + ".", e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } finally {
            answers.remove(id);
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("@")) {
                    JsonNode node = JSON.readTree(line.substring(1));
                    if (node.has("event")) {
                        joined.get(node.get("handle").asInt()).happened(node);
                    } else {
                        answers.get(node.get("id").asInt()).complete(node);
                    }
                }
            }
        } catch (IOException e) {
            // Killed.
        } finally {
            answers.values().forEach(a -> a.completeExceptionally(new IOException("The process ended.")));
        }
    }

    /** SIGKILL: all its participants vanish without a farewell. */
    public void kill() {
        process.destroyForcibly();
    }

    /** SIGSTOP: their connections stay, but nothing more comes. */
    public void freeze() {
        Signals.send(process.toHandle(), "STOP");
    }

    public void resume() {
        Signals.send(process.toHandle(), "CONT");
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                in.close();
                process.waitFor(5, TimeUnit.SECONDS);
            }
        } catch (IOException e) {
            // It ended by itself.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
