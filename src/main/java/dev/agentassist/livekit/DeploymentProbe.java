package dev.agentassist.livekit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** What a LiveKit server tells of itself without a room being made. Fails with {@code Unavailable} when it cannot be reached. */
public final class DeploymentProbe {

    private final LiveKitServer server;
    private final OkHttpClient http;
    private final InstantSource clock;
    private final ServerToken tokens;
    private final Twirp twirp;
    private final Duration timeout;

    public DeploymentProbe(LiveKitServer server, OkHttpClient http, Duration timeout, InstantSource clock) {
        this.server = server;
        this.http = http;
        this.clock = clock;
        this.timeout = timeout;
        this.tokens = new ServerToken(server, clock);
        this.twirp = new Twirp(server, http, clock);
    }

    /**
     * How far the server's clock is ahead of ours (negative: behind), by the {@code Date} of an answer, which counts whole
     * seconds; empty where it sends none.
     */
    public Optional<Duration> clockAhead() {
        Instant before = clock.instant();
        try (Response response = http.newCall(new Request.Builder().url(server.httpUrl() + "/").build()).execute()) {
            Instant after = clock.instant();
            Date date = response.headers().getDate("Date");
            if (date == null) {
                return Optional.empty();
            }
            // The answer was made about halfway, and somewhere within its second.
            Instant middle = before.plus(Duration.between(before, after).dividedBy(2));
            return Optional.of(Duration.between(middle, date.toInstant().plusMillis(500)));
        } catch (IOException e) {
            throw new ServerFailures(server, clock).unreachable(e);
        }
    }

    /**
     * Whether joining makes a room that is not there ({@code room.auto_create}): {@code /rtc/validate} says whether a token
     * could join, and makes nothing (livekit-server, {@code RTCService.validate}). Empty where the server does not say.
     */
    public Optional<Boolean> makesRooms() {
        String room = "assist-doctor-" + UUID.randomUUID();
        ObjectNode claims = Json.MAPPER.createObjectNode().put("sub", "assist-doctor");
        claims.putObject("video").put("roomJoin", true).put("room", room).put("hidden", true).put("canPublish", false)
                .put("canPublishData", false).put("canSubscribe", true);
        Request ask = new Request.Builder()
                .url(server.httpUrl() + "/rtc/validate")
                .header("Authorization", "Bearer " + tokens.sign(claims, Duration.ofMinutes(1)))
                .build();
        try (Response response = http.newCall(ask).execute()) {
            String said = response.peekBody(1000).string();
            return switch (response.code()) {
                case 200 -> Optional.of(true);
                case 404 -> said.contains("room") ? Optional.of(false) : Optional.empty();
                default -> Optional.empty();
            };
        } catch (IOException e) {
            throw new ServerFailures(server, clock).unreachable(e);
        }
    }

    /** How many SIP trunks there are; empty where the deployment has no SIP. */
    public Optional<Trunks> trunks() {
        try {
            return Optional.of(new Trunks(count("ListSIPInboundTrunk"), count("ListSIPOutboundTrunk")));
        } catch (TwirpError e) {
            return Optional.empty();
        }
    }

    /** @param inbound for calls that come in, {@code outbound} for those that go out */
    public record Trunks(int inbound, int outbound) {}

    private int count(String method) throws TwirpError {
        ObjectNode grants = Json.MAPPER.createObjectNode();
        grants.putObject("sip").put("admin", true);
        return twirp.call("SIP/" + method, Json.MAPPER.createObjectNode(), grants, timeout).path("items").size();
    }
}
