package dev.agentassist.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.agentassist.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * An OpenAI-compatible server on loopback that answers what a test wants: falsehoods, errors, nonsense. A real one cannot
 * be made to lie on purpose.
 */
public final class ScriptedModelServer implements AutoCloseable {

    /** A request as it came. */
    public record Request(String path, Map<String, List<String>> headers, JsonNode body) {

        public String system() {
            return body.path("messages").path(0).path("content").asText();
        }

        public String user() {
            return body.path("messages").path(1).path("content").asText();
        }
    }

    /** @param stall send half of the body, and nothing more until the server is closed */
    public record Reply(int status, String type, Map<String, String> headers, String body, boolean stall) {

        public static Reply error(int status, String message) {
            return json(status, JsonNodeFactory.instance.objectNode().set("error",
                    JsonNodeFactory.instance.objectNode().put("message", message).put("type", "error")).toString());
        }

        public static Reply json(int status, String body) {
            return new Reply(status, "application/json", Map.of(), body, false);
        }

        public Reply with(String header, String value) {
            var all = new LinkedHashMap<>(headers);
            all.put(header, value);
            return new Reply(status, type, all, body, stall);
        }

        public Reply stalled() {
            return new Reply(status, type, headers, body, true);
        }

        /** A completion whose content is this text. */
        public static Reply content(String text) {
            return completion(text, null, "stop");
        }

        public static Reply completion(String content, String refusal, String finish) {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.put("id", "chatcmpl-1").put("object", "chat.completion").put("created", 1).put("model", "scripted");
            ObjectNode choice = body.putArray("choices").addObject();
            choice.put("index", 0).put("finish_reason", finish);
            choice.putObject("message").put("role", "assistant").put("content", content).put("refusal", refusal);
            body.putObject("usage").put("prompt_tokens", 100).put("completion_tokens", 10).put("total_tokens", 110);
            return json(200, body.toString());
        }
    }

    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Function<Request, Reply> script;

    public ScriptedModelServer(Function<Request, Reply> script) {
        this(script, null);
    }

    /** @param tls null for plain HTTP */
    public ScriptedModelServer(Function<Request, Reply> script, SSLContext tls) {
        this.script = script;
        this.scheme = tls == null ? "http" : "https";
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            if (tls == null) {
                server = HttpServer.create(address, 0);
            } else {
                HttpsServer secure = HttpsServer.create(address, 0);
                secure.setHttpsConfigurator(new HttpsConfigurator(tls));
                server = secure;
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Answers in the given order; the last one again and again. */
    public static ScriptedModelServer inOrder(Reply... replies) {
        var left = new ArrayList<>(List.of(replies));
        return new ScriptedModelServer(r -> {
            synchronized (left) {
                return left.size() > 1 ? left.removeFirst() : left.getFirst();
            }
        });
    }

    public String baseUrl() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            JsonNode body = sent.length == 0 ? JsonNodeFactory.instance.objectNode() : Json.MAPPER.readTree(sent);
            var request = new Request(exchange.getRequestURI().getPath(), Map.copyOf(exchange.getRequestHeaders()), body);
            requests.add(request);
            Reply reply = script.apply(request);
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            reply.headers().forEach((k, v) -> exchange.getResponseHeaders().set(k, v));
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            if (reply.stall()) {
                exchange.getResponseBody().write(bytes, 0, bytes.length / 2);
                exchange.getResponseBody().flush();
                closing.await(5, TimeUnit.MINUTES);
            } else if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
