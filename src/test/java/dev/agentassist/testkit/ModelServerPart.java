package dev.agentassist.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A real, if very small, language model (SmolLM2, 135 million parameters) behind llama.cpp's OpenAI-compatible server. It
 * proves transport, schema and that nonsense is caught; it says little that is true. Ready after a second or two.
 */
public final class ModelServerPart implements AutoCloseable {

    /** The name to ask for. */
    public static final String MODEL = "smollm2-135m";

    private final int port = Ports.free();
    private final Process process;

    private ModelServerPart(int contextTokens) {
        Path python = Parts.python();
        Path weights = Parts.modelWeights();
        Path folder = Scratch.folder("model-" + port);
        Path log = folder.resolve("server.log");
        var builder = new ProcessBuilder(
                        python.toString(), Path.of("src/test/python/model_server.py").toAbsolutePath().toString(),
                        weights.toString(), Integer.toString(port), Integer.toString(contextTokens))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // Threads that wait must not burn the cores of a small machine.
        builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
        builder.environment().put("GOMP_SPINCOUNT", "0");
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Children.add(process);
        Await.until("the model server is ready (its log: " + log + ")", () -> {
            if (!process.isAlive()) {
                throw new AssertionError("The model server ended with " + process.exitValue() + ": see " + log + ".");
            }
            return ready();
        });
    }

    /** With a context of 8,192 tokens, which is all that the model was made for. */
    public static ModelServerPart start() {
        return start(8192);
    }

    public static ModelServerPart start(int contextTokens) {
        return new ModelServerPart(contextTokens);
    }

    /** For {@code OPENAI_BASE_URL}. */
    public String baseUrl() {
        return "http://127.0.0.1:" + port + "/v1";
    }

    private boolean ready() {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
