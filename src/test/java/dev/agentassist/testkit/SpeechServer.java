package dev.agentassist.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.agentassist.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * OpenAI's speech endpoint on loopback: {@code POST /v1/audio/speech} with {@code model}, {@code voice}, {@code input} (4,096
 * characters at most) and {@code response_format}, answered with bytes of sound; errors in OpenAI's shape
 * (platform.openai.com/docs/api-reference/audio/createSpeech).
 */
public final class SpeechServer implements AutoCloseable {

    public static final String KEY = "sk-speech-of-the-tests";

    private static final int LONGEST_INPUT = 4_096;

    private final HttpServer server;
    private final byte[] sound;
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();

    /** @param sound what every text becomes */
    public SpeechServer(byte[] sound) {
        this.sound = sound;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    public List<JsonNode> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!exchange.getRequestURI().getPath().equals("/v1/audio/speech") || !exchange.getRequestMethod().equals("POST")) {
                refuse(exchange, 404, "Invalid URL");
                return;
            }
            if (!("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                refuse(exchange, 401, "Incorrect API key provided");
                return;
            }
            JsonNode request = Json.MAPPER.readTree(body);
            requests.add(request);
            for (String field : List.of("model", "voice", "input")) {
                if (!request.path(field).isTextual()) {
                    refuse(exchange, 400, "Missing required parameter: '" + field + "'.");
                    return;
                }
            }
            if (request.get("input").asText().length() > LONGEST_INPUT) {
                refuse(exchange, 400, "Invalid 'input': string too long.");
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", "audio/" + request.path("response_format").asText("mpeg"));
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(sound);
        }
    }

    private static void refuse(HttpExchange exchange, int status, String message) throws IOException {
        byte[] error = Json.MAPPER.createObjectNode()
                .set("error", Json.MAPPER.createObjectNode().put("message", message).put("type", "invalid_request_error"))
                .toString()
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, error.length);
        exchange.getResponseBody().write(error);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
