package dev.agentassist.livekit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * Any method of a LiveKit server's API, in Twirp's JSON, with a deadline of the caller's own: for what the server SDK has no
 * options for, or gives up after ten seconds (a telephone that rings).
 */
final class Twirp {

    private static final MediaType TYPE = MediaType.get("application/json");
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(10);

    private final LiveKitServer server;
    private final OkHttpClient http;
    private final ServerToken tokens;
    private final ServerFailures failures;

    Twirp(LiveKitServer server, OkHttpClient http, InstantSource clock) {
        this.server = server;
        this.http = http;
        this.tokens = new ServerToken(server, clock);
        this.failures = new ServerFailures(server, clock);
    }

    /**
     * Calls it.
     *
     * @param method service and method, as {@code RoomService/UpdateParticipant}
     * @param grants the token's claims
     * @throws TwirpError when the server says no, but for refused keys
     * @throws dev.agentassist.problem.Failure when it cannot be reached in time, or refuses the keys
     */
    JsonNode call(String method, ObjectNode request, ObjectNode grants, Duration limit) throws TwirpError {
        OkHttpClient client = http.newBuilder().readTimeout(limit).callTimeout(limit).build();
        Request post = new Request.Builder()
                .url(server.httpUrl() + "/twirp/livekit." + method)
                .header("Authorization", "Bearer " + tokens.sign(grants, TOKEN_LIFE))
                .post(RequestBody.create(request.toString(), TYPE))
                .build();
        try (Response response = client.newCall(post).execute()) {
            String body = response.body().string();
            if (response.isSuccessful()) {
                return tree(body);
            }
            if (response.code() == 401) {
                Date date = response.headers().getDate("Date");
                throw failures.refused(401, date == null ? null : date.toInstant());
            }
            throw error(response.code(), body);
        } catch (IOException e) {
            throw failures.unreachable(e);
        }
    }

    /** An error about which nothing better is known. */
    Failure failed(TwirpError e) {
        return new Failure(
                new Problem.Unavailable(
                        e.status(),
                        server.describe() + " answered with HTTP status " + e.status() + " (" + e.getMessage() + ").",
                        "Try again in a moment."),
                e);
    }

    private JsonNode tree(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw failures.noLiveKit(e);
        }
    }

    private static TwirpError error(int status, String body) {
        Map<String, String> meta = new HashMap<>();
        String code = "";
        String message = "HTTP status " + status;
        try {
            JsonNode json = Json.MAPPER.readTree(body);
            code = json.path("code").asText("");
            message = json.path("msg").asText(message);
            json.path("meta").properties().forEach(e -> meta.put(e.getKey(), e.getValue().asText()));
        } catch (JsonProcessingException e) {
            // Something between us and the server answered.
        }
        return new TwirpError(status, code, message, meta);
    }
}
