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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A program of {@code src/test/node} in a process. Requests, answers and events go over its stdin and stdout, a JSON object
 * a line; ours are marked with {@code @}, because LiveKit's SDK logs to stdout, too.
 */
final class NodeProcess implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final Process process;
    private final Writer in;
    private final Path log;
    private final Consumer<JsonNode> onEvent;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();

    /** {@code files}: of {@code src/test/node}, the program first. */
    NodeProcess(String name, List<String> files, Map<String, String> environment, Consumer<JsonNode> onEvent) {
        this.name = name;
        this.onEvent = onEvent;
        Path modules = Parts.nodeModules();
        Path folder = Scratch.folder(name);
        this.log = folder.resolve("node.log");
        try {
            // Beside its modules, where Node looks for them.
            Files.createSymbolicLink(folder.resolve("node_modules"), modules.resolve("node_modules"));
            for (String file : files) {
                Path copy = folder.resolve(file);
                Files.createDirectories(copy.getParent());
                Files.copy(Path.of("src/test/node", file), copy);
            }
            Files.copy(Path.of("src/test/node/package.json"), folder.resolve("package.json"));
            var builder = new ProcessBuilder("node", folder.resolve(files.getFirst()).toString()).redirectError(log.toFile());
            builder.environment().putAll(environment);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Children.add(process);
        in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name(name).start(this::read);
    }

    Path log() {
        return log;
    }

    /** A number that nobody else has. */
    int nextId() {
        return ids.incrementAndGet();
    }

    /** Sends a request and waits for its answer; an error fails the test with what the client said. */
    JsonNode ask(String operation, ObjectNode request) {
        int id = nextId();
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
            throw new AssertionError("The process “" + name + "” does not answer “" + operation + "”: see " + log + ".", e);
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
                    took(JSON.readTree(line.substring(1)));
                }
            }
        } catch (IOException e) {
            // Killed.
        } finally {
            answers.values().forEach(a -> a.completeExceptionally(new IOException("The process ended.")));
        }
    }

    private void took(JsonNode node) {
        if (node.has("event")) {
            onEvent.accept(node);
            return;
        }
        var answer = answers.get(node.get("id").asInt());
        // None waits any more for what came too late.
        if (answer != null) {
            answer.complete(node);
        }
    }

    /** SIGKILL: all its participants vanish without a farewell. */
    void kill() {
        process.destroyForcibly();
    }

    /** SIGSTOP: its connections stay, but nothing more comes. */
    void freeze() {
        Signals.send(process.toHandle(), "STOP");
    }

    void resume() {
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
