package dev.agentassist.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A hosted platform's REST API as far as the program uses it, with its traps: a {@code user_id} filter that matches a part,
 * a cursor that leads past what was made in the same moment, a key with few rights that gets fewer fields, a detail that is a
 * list, a plus that means a space, an organization that a {@code pat_…} key needs. The real one cannot be had for tests.
 */
public final class PlatformFake implements AutoCloseable {

    /** Sees everything. */
    public static final String KEY = "ak_full_0123456789";
    /** Gets 200 and fewer fields. */
    public static final String LOW_KEY = "ak_low_0123456789";
    /** Needs {@link #ORGANIZATION}. */
    public static final String PERSONAL_KEY = "pat_0123456789";

    public static final String ORGANIZATION = "org_1";

    private static final int MOST = 100;
    private static final List<String> FEW_FIELDS =
            List.of("id", "direction", "channel", "status", "user_id", "room_name", "created_at", "updated_at");

    /** A request that came: {@code GET /core/conversations?limit=100}, as it was written. */
    public record Seen(String line, Map<String, String> headers) {}

    /** An answer in place of the next one. */
    public record Answer(int status, String body, Map<String, String> headers) {}

    private final HttpServer server;
    private final List<ObjectNode> conversations = new CopyOnWriteArrayList<>();
    private final Map<String, String> briefs = new HashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Queue<Answer> answers = new ArrayDeque<>();
    private String scopes = "{\"role\": \"member\", \"scopes\": [\"conversations:list\"]}";

    public PlatformFake() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public PlatformFake with(Conversation... more) {
        return with(List.of(more));
    }

    public PlatformFake with(List<Conversation> more) {
        more.forEach(c -> conversations.add(ConversationJson.write(c)));
        return this;
    }

    /** As it is, to the last field. */
    public PlatformFake with(ObjectNode conversation) {
        conversations.add(conversation);
        return this;
    }

    /** What the portal says about a number. */
    public PlatformFake brief(String number, String json) {
        briefs.put(number, json);
        return this;
    }

    /** What the key with few rights is told to have. */
    public PlatformFake lowScopes(String json) {
        scopes = json;
        return this;
    }

    /** Answers so instead, once. */
    public PlatformFake next(int status, String body) {
        return next(new Answer(status, body, Map.of()));
    }

    public synchronized PlatformFake next(Answer answer) {
        answers.add(answer);
        return this;
    }

    public List<Seen> seen() {
        return List.copyOf(seen);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String line = exchange.getRequestMethod() + " " + exchange.getRequestURI().toString();
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
        seen.add(new Seen(line, headers));
        Answer answer = prepared();
        if (answer == null) {
            try {
                answer = answer(exchange, headers);
            } catch (RuntimeException e) {
                answer = new Answer(500, "{\"detail\": \"" + e.getClass().getSimpleName() + "\"}", Map.of());
            }
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private synchronized Answer prepared() {
        return answers.poll();
    }

    private Answer answer(HttpExchange exchange, Map<String, String> headers) {
        String key = headers.getOrDefault("authorization", "").replaceFirst("^Bearer ", "");
        if (!List.of(KEY, LOW_KEY, PERSONAL_KEY).contains(key)) {
            return detail(401, "Invalid API key");
        }
        if (key.equals(PERSONAL_KEY) && !ORGANIZATION.equals(headers.get("x-anyreach-org"))) {
            return detail(401, "X-Anyreach-Org header required");
        }
        String[] path = exchange.getRequestURI().getRawPath().substring(1).split("/", -1);
        for (int i = 0; i < path.length; i++) {
            path[i] = URLDecoder.decode(path[i], StandardCharsets.UTF_8);
        }
        String method = exchange.getRequestMethod();
        String route = method + " " + path[0] + "/" + (path.length > 1 ? path[1] : "") + " " + path.length;
        return switch (route) {
            case "GET core/conversations 2" -> list(query(exchange), key.equals(LOW_KEY));
            case "GET core/conversations 3" -> one(path[2], key.equals(LOW_KEY));
            case "POST core/conversations 4" -> listen(path[2]);
            case "GET core/agent-assist 3" -> briefs.containsKey(path[2])
                    ? new Answer(200, briefs.get(path[2]), Map.of())
                    : detail(404, "No conversation found for this number");
            case "GET admin/members 4" -> new Answer(
                    200, key.equals(LOW_KEY) ? scopes : "{\"role\": \"owner\", \"scopes\": [\"*\"]}", Map.of());
            default -> detail(404, "Not Found");
        };
    }

    private static Map<String, String> query(HttpExchange exchange) {
        var query = new HashMap<String, String>();
        String raw = exchange.getRequestURI().getRawQuery();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            query.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8), URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return query;
    }

    private Answer list(Map<String, String> query, boolean low) {
        String limit = query.getOrDefault("limit", "20");
        if (!limit.matches("\\d{1,4}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MOST) {
            return new Answer(
                    422,
                    "{\"detail\": [{\"loc\": [\"query\", \"limit\"], \"msg\": \"Input should be less than or equal to 100\", \"type\": \"less_than_equal\"}]}",
                    Map.of());
        }
        Instant before = query.containsKey("cursor")
                ? Instant.parse(new String(Base64.getDecoder().decode(query.get("cursor")), StandardCharsets.UTF_8))
                : Instant.MAX;
        String part = query.getOrDefault("user_id", "");
        ArrayNode page = JsonNodeFactory.instance.arrayNode();
        conversations.stream()
                .filter(c -> at(c).isBefore(before))
                .filter(c -> c.path("user_id").asText("").contains(part))
                // Of the same moment in whatever order the database has them.
                .sorted(Comparator.comparing(PlatformFake::at).reversed())
                .limit(Integer.parseInt(limit))
                .forEach(c -> page.add(low ? few(c) : c));
        return new Answer(200, page.toString(), Map.of());
    }

    private static Instant at(ObjectNode conversation) {
        return Instant.parse(conversation.path("created_at").asText());
    }

    private static ObjectNode few(ObjectNode conversation) {
        return conversation.deepCopy().retain(FEW_FIELDS);
    }

    private Answer one(String id, boolean low) {
        return conversations.stream()
                .filter(c -> c.path("id").asText().equals(id))
                .findFirst()
                .map(c -> new Answer(200, (low ? few(c) : c).toString(), Map.of()))
                .orElseGet(() -> detail(404, "Conversation not found"));
    }

    private Answer listen(String id) {
        JsonNode call = conversations.stream().filter(c -> c.path("id").asText().equals(id)).findFirst().orElse(null);
        if (call == null) {
            return detail(404, "Conversation not found");
        }
        if (!List.of("token_created", "triggered", "ringing", "in_progress").contains(call.path("status").asText())) {
            return detail(409, "Conversation is not active");
        }
        if (!call.path("room_name").isTextual()) {
            return detail(404, "Conversation has no room");
        }
        String room = call.path("room_name").asText();
        Instant until = Instant.now().plusSeconds(60).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("iss", "platform").put("sub", "listener-of-the-platform").put("exp", until.getEpochSecond());
        claims.putObject("video").put("roomJoin", true).put("room", room).put("canSubscribe", true)
                .put("canPublish", false).put("canPublishData", false).put("hidden", true);
        String token = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "." + base64(claims.toString()) + "." + base64("signature");
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("url", "wss://livekit.example.com").put("token", token).put("room_name", room).put("expires_at", until.toString());
        return new Answer(200, answer.toString(), Map.of());
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Answer detail(int status, String text) {
        return new Answer(status, JsonNodeFactory.instance.objectNode().put("detail", text).toString(), Map.of());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
