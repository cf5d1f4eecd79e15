package dev.agentassist.livekit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import okhttp3.OkHttpClient;

/**
 * Makes and deletes rooms, and signs tokens for taking part in them. Fails with {@code Unavailable} when the server cannot be
 * reached in time or fails, {@code NotAllowed} when it refuses the keys.
 */
public final class RoomAdmin {

    private final Twirp twirp;
    private final ServerToken tokens;
    private final Duration timeout;

    public RoomAdmin(LiveKitServer server, OkHttpClient http, Duration timeout, InstantSource clock) {
        this.twirp = new Twirp(server, http, clock);
        this.tokens = new ServerToken(server, clock);
        this.timeout = timeout;
    }

    /**
     * Makes a room into which no agent is summoned: a room without a list of dispatches calls every agent worker that
     * registered without a name (livekit-server, {@code AgentClient.LaunchJob}), so this one has a dispatch of a name that
     * nobody has.
     *
     * @param unattended the server closes it by itself when nobody has joined for so long
     * @param deserted the server closes it by itself when everybody has been gone for so long
     * @param nobody an agent name that no worker has
     * @return when it was made, by the server's clock
     */
    public Instant create(String name, Duration unattended, Duration deserted, String metadata, String nobody) {
        ObjectNode request = Json.MAPPER.createObjectNode()
                .put("name", name)
                .put("empty_timeout", unattended.toSeconds())
                .put("departure_timeout", deserted.toSeconds())
                .put("metadata", metadata);
        request.putArray("agents").addObject().put("agent_name", nobody);
        try {
            JsonNode room = twirp.call("RoomService/CreateRoom", request, creating(), timeout);
            long millis = room.path("creation_time_ms").asLong(room.path("creationTimeMs").asLong());
            long seconds = room.path("creation_time").asLong(room.path("creationTime").asLong());
            return millis > 0 ? Instant.ofEpochMilli(millis) : Instant.ofEpochSecond(seconds);
        } catch (TwirpError e) {
            throw twirp.failed(e);
        }
    }

    /** Deletes a room, which throws everybody out. False when there was none. */
    public boolean delete(String name) {
        try {
            twirp.call("RoomService/DeleteRoom", Json.MAPPER.createObjectNode().put("room", name), creating(), timeout);
            return true;
        } catch (TwirpError e) {
            if (e.status() == 404 && !e.code().isEmpty()) {
                return false;
            }
            throw twirp.failed(e);
        }
    }

    /**
     * A token for taking part in a room with all that a caller or an agent may do.
     *
     * @param kind {@code standard} or {@code agent}
     */
    public String participantToken(String room, String identity, String name, String kind, Duration life) {
        ObjectNode claims = Json.MAPPER.createObjectNode().put("sub", identity).put("name", name).put("kind", kind);
        claims.putObject("video")
                .put("roomJoin", true)
                .put("room", room)
                .put("canPublish", true)
                .put("canPublishData", true)
                .put("canSubscribe", true);
        return tokens.sign(claims, life);
    }

    private static ObjectNode creating() {
        ObjectNode claims = Json.MAPPER.createObjectNode();
        claims.putObject("video").put("roomCreate", true);
        return claims;
    }
}
