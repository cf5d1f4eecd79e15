package dev.agentassist.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livekit.server.AccessToken;
import io.livekit.server.RoomAdmin;
import io.livekit.server.RoomName;
import io.livekit.server.SIPCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** LiveKit's server API by plain HTTP and JSON: what the SDK lacks, and its errors as they are. */
public final class Twirp {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGER_THAN_RINGING = Duration.ofSeconds(90);

    /** What the server answered: what was asked for, or {@code code, msg, meta}. */
    public record Answer(int status, JsonNode body) {}

    private final String httpUrl;

    private Twirp(String httpUrl) {
        this.httpUrl = httpUrl;
    }

    public static Twirp of(String httpUrl) {
        return new Twirp(httpUrl);
    }

    /** {@code CreateSIPParticipant} for the participant {@code human}; {@code more}: further fields of the request. */
    public Answer call(String trunk, String number, String room, boolean wait, ObjectNode more) {
        ObjectNode body = more.put("sip_trunk_id", trunk).put("sip_call_to", number).put("room_name", room)
                .put("participant_identity", "human").put("wait_until_answered", wait);
        var token = token();
        token.addSIPGrants(new SIPCall(true));
        return ask("livekit.SIP/CreateSIPParticipant", token, body);
    }

    /** {@code PerformRpc}: a method that a participant has registered. */
    public Answer rpc(String room, String identity, String method, String payload) {
        ObjectNode body = JSON.createObjectNode().put("room", room).put("destination_identity", identity).put("method", method)
                .put("payload", payload).put("response_timeout_ms", 10_000);
        var token = token();
        token.addGrants(new RoomAdmin(true), new RoomName(room));
        return ask("livekit.RoomService/PerformRpc", token, body);
    }

    private static AccessToken token() {
        return new AccessToken(LiveKitServerPart.KEY, LiveKitServerPart.SECRET);
    }

    private Answer ask(String method, AccessToken token, ObjectNode body) {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(httpUrl + "/twirp/" + method))
                    .header("Authorization", "Bearer " + token.toJwt())
                    .header("Content-Type", "application/json")
                    .timeout(LONGER_THAN_RINGING)
                    .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
