package dev.agentassist.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livekit.server.AccessToken;
import io.livekit.server.SIPCall;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** {@code livekit.SIP/CreateSIPParticipant} by plain HTTP, without the SDK's limits. */
final class SipApi {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LONGER_THAN_RINGING = Duration.ofSeconds(90);

    /** What the server answered: the participant, or {@code code, msg, meta}. */
    record Answer(int status, JsonNode body) {}

    private final String httpUrl;

    SipApi(String httpUrl) {
        this.httpUrl = httpUrl;
    }

    /** Calls a number for the participant {@code human}; {@code more}: further fields of the request. */
    Answer call(String trunk, String number, String room, boolean wait, ObjectNode more) {
        var token = new AccessToken(LiveKitServerPart.KEY, LiveKitServerPart.SECRET);
        token.addSIPGrants(new SIPCall(true));
        ObjectNode body = more.put("sip_trunk_id", trunk).put("sip_call_to", number).put("room_name", room)
                .put("participant_identity", "human").put("wait_until_answered", wait);
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(httpUrl + "/twirp/livekit.SIP/CreateSIPParticipant"))
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
